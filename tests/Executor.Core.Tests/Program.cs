using Executor.Core.Tests.Reference;
using Executor.Core.Tests.Simulation.Campaigns;

namespace Executor.Core.Tests;

/// <summary>Runs the simulator, or the comparison with the reference, by itself; the tests are run by <c>dotnet test</c>.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is ["simulate", ..])
        {
            return SimulateCommand.Run(arguments, Console.Out);
        }

        if (arguments is ["differential", ..])
        {
            return DifferentialCommand.Run(arguments, Console.Out);
        }

        Console.Error.WriteLine(SimulateOptions.Usage);
        Console.Error.WriteLine("differential [--runs N] [--seed S] [--keep-going]");
        return 2;
    }
}
