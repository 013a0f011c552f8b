using Executor.Core.Tests.Simulation.Campaigns;

namespace Executor.Core.Tests;

/// <summary>Runs the simulator by itself; the tests are run by <c>dotnet test</c>.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is ["simulate", ..])
        {
            return SimulateCommand.Run(arguments, Console.Out);
        }

        Console.Error.WriteLine("simulate [--runs N] [--seed S] [--variant seed|layer1|layer2|full] ...");
        return 2;
    }
}
