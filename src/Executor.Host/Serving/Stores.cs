using Executor.Core;

namespace Executor.Host.Serving;

/// <summary>Everything that a server keeps, whatever keeps it.</summary>
internal sealed record Stores(
    IDispatchGuard Guard, IExecutionStore Executions, IWorkflowCatalog Catalog, IDueTimes DueTimes,
    IJournalReader Journal, IWorkflowLibrary Library, IApiKeys Keys, IAudit Audit, IInquiryStore Inquiries,
    IResultStore Results);
