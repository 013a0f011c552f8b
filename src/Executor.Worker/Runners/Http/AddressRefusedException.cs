namespace Executor.Worker.Runners.Http;

internal sealed class AddressRefusedException(string message) : Exception(message);
