using Executor.Host;

return await CommandLine.RunAsync(args);
