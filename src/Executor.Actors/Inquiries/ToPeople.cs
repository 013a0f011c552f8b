using Executor.Core;

namespace Executor.Actors.Inquiries;

/// <summary>From a run: people are asked this. Answered by <see cref="Dispatching.Known"/> when they can see it.</summary>
public sealed record ToPeople(IReadOnlyList<InquiryRow> Rows);
