using System.Reflection;

namespace Executor.Actors.Tests.Contracts;

/// <summary>Tests that share a server share nothing else: neither names nor counts.</summary>
public sealed class TwiceTests
{
    public static TheoryData<string> Suites => new(new[]
    {
        typeof(PostgresStaleTests), typeof(PostgresInquiryStoreTests), typeof(PostgresDueTimesTests),
    }.Select(suite => suite.FullName!));

    [Theory]
    [MemberData(nameof(Suites))]
    [Trait("lesson", "12.6")]
    public async Task A_suite_that_runs_twice_at_the_same_time_on_one_server_is_green_twice(string suite)
    {
        var type = typeof(TwiceTests).Assembly.GetType(suite, throwOnError: true)!;
        var facts = type.GetMethods()
            .Where(method => method.GetCustomAttribute<FactAttribute>()?.GetType() == typeof(FactAttribute))
            .ToList();
        Assert.NotEmpty(facts);

        foreach (var fact in facts)
        {
            await Task.WhenAll(RunAsync(type, fact), RunAsync(type, fact));
        }
    }

    private static async Task RunAsync(Type suite, MethodInfo fact)
    {
        // Both begin at once, whatever they do before they first wait.
        await Task.Yield();
        await (Task)fact.Invoke(Activator.CreateInstance(suite), [])!;
    }
}
