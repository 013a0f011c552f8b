namespace Executor.Actors.Tests.Faults;

/// <summary>Counts all calls of the ports it is put around, and lets chosen ones go wrong.</summary>
/// <remarks>
/// A message that arrives and each settling of one are calls, too. A test that loops over every call of a scenario goes
/// on with the next number until nothing has been struck.
/// </remarks>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<string> _calls = [];
    private string? _away;
    private readonly Dictionary<int, Fault> _byNumber = [];
    private readonly Dictionary<(string Call, int Number), Fault> _byName = [];
    private readonly TaskCompletionSource _struck = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The names of all calls so far, such as <c>guard.claim</c>.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Completes when the first fault happens.</summary>
    public Task Struck => _struck.Task;

    public bool HasStruck => Struck.IsCompleted;

    /// <summary>From then on every call fails.</summary>
    public bool HasCrashed { get; private set; }

    /// <summary>Calls that were made while their port was away.</summary>
    public int InVain { get; private set; }

    /// <summary>Until further notice calls whose names begin so fail before they are made.</summary>
    public void TakeAway(string calls)
    {
        lock (_gate)
        {
            _away = calls;
        }
    }

    public void BringBack()
    {
        lock (_gate)
        {
            _away = null;
        }
    }

    /// <param name="number">Of all calls of all ports, from 1.</param>
    public FaultPlan At(int number, Fault fault)
    {
        _byNumber.Add(number, fault);
        return this;
    }

    /// <param name="call">The name of the call, such as <c>guard.claim</c>.</param>
    /// <param name="number">Of the calls of this name, from 1.</param>
    public FaultPlan At(string call, int number, Fault fault)
    {
        _byName.Add((call, number), fault);
        return this;
    }

    /// <param name="failure">Makes the exception by which this port tells a failure.</param>
    public async Task<T> CallAsync<T>(string call, Func<Task<T>> inner, Func<string, Exception> failure)
    {
        switch (Next(call, failure))
        {
            case Fault.FailBefore or Fault.CrashBefore:
                throw failure($"{call} has failed before it was made.");
            case Fault.FailAfter or Fault.CrashAfter:
                await inner();
                throw failure($"{call} has failed after it was made.");
            case Fault.Duplicate:
                await inner();
                return await inner();
            case Fault.Delay delay:
                await delay.Wait();
                return await inner();
            case Fault.DelayAnswer delay:
                var answer = await inner();
                await delay.Wait();
                return answer;
            default:
                return await inner();
        }
    }

    public Task CallAsync(string call, Func<Task> inner, Func<string, Exception> failure) => CallAsync(
        call,
        async () =>
        {
            await inner();
            return true;
        },
        failure);

    /// <summary>The fault of the next call of this name, or null; throws when the process is dead.</summary>
    internal Fault? Next(string call, Func<string, Exception> failure)
    {
        lock (_gate)
        {
            if (HasCrashed)
            {
                throw failure($"{call} comes after the crash.");
            }

            if (_away is { } away && call.StartsWith(away, StringComparison.Ordinal))
            {
                InVain++;
                throw failure($"{call} is away.");
            }

            _calls.Add(call);
            var ofThisName = _calls.Count(one => one == call);
            var fault = _byNumber.GetValueOrDefault(_calls.Count) ?? _byName.GetValueOrDefault((call, ofThisName));
            HasCrashed |= fault is Fault.CrashBefore or Fault.CrashAfter;
            if (fault is not null)
            {
                _struck.TrySetResult();
            }

            return fault;
        }
    }
}
