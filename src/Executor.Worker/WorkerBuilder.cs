using Executor.Worker.Actions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Executor.Worker;

/// <summary>Collects the actions of a worker.</summary>
public sealed class WorkerBuilder
{
    private readonly IServiceCollection _services;
    private readonly Dictionary<string, Func<IServiceProvider, IActionRunner>> _actions =
        new(StringComparer.OrdinalIgnoreCase);

    internal WorkerBuilder(IServiceCollection services) => _services = services;

    /// <summary>One instance serves all attempts; it may ask for an <see cref="IServiceScopeFactory"/>.</summary>
    /// <param name="name">As in <c>app.name</c>.</param>
    /// <exception cref="ArgumentException">There is an action of that name already.</exception>
    public WorkerBuilder AddAction<T>(string name)
        where T : class, IActionRunner
    {
        _services.TryAddSingleton<T>();
        return Add(name, services => services.GetRequiredService<T>());
    }

    /// <inheritdoc cref="AddAction{T}(string)"/>
    public WorkerBuilder AddAction(string name, IActionRunner runner) => Add(name, _ => runner);

    internal ActionCatalog Build(IServiceProvider services) =>
        new(_actions.Select(action => KeyValuePair.Create(action.Key, action.Value(services))));

    private WorkerBuilder Add(string name, Func<IServiceProvider, IActionRunner> make)
    {
        if (name.Split('.') is not [{ Length: > 0 }, { Length: > 0 }, ..])
        {
            throw new ArgumentException($"An action is named 'pack.name', not '{name}'.", nameof(name));
        }

        return _actions.TryAdd(name, make)
            ? this
            : throw new ArgumentException($"There is an action '{name}' already.", nameof(name));
    }
}
