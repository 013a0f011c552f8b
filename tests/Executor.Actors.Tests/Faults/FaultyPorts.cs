namespace Executor.Actors.Tests.Faults;

public static class FaultyPorts
{
    /// <summary>All ports of an executor under one plan.</summary>
    public static ActorsPorts Around(ActorsPorts ports, FaultPlan plan) => ports with
    {
        Guard = new FaultyGuard(ports.Guard, plan),
        Executions = new FaultyExecutions(ports.Executions, plan),
        Catalog = new FaultyCatalog(ports.Catalog, plan),
        DueTimes = new FaultyDueTimes(ports.DueTimes, plan),
        Tasks = new FaultyTaskQueue(ports.Tasks, plan),
        Results = new FaultyResultQueue(ports.Results, plan),
        Claims = new FaultyClaimQueue(ports.Claims, plan),
        Inquiries = ports.Inquiries is { } inquiries ? new FaultyInquiries(inquiries, plan) : null,
        LargeResults = ports.LargeResults is { } results ? new FaultyResultStore(results, plan) : null,
        Workflows = ports.Workflows is { } workflows ? new FaultyFinder(workflows, plan) : null,
    };
}
