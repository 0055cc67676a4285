using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace FlowEngine.Expressions;

/// <summary>Functions by name, ignoring case. Filled once, then only read: it is consulted while binding, never while evaluating.</summary>
public sealed class FunctionTable : IEnumerable<FunctionSpec>
{
    private readonly Dictionary<string, FunctionSpec> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a function.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(FunctionSpec function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (!_byName.TryAdd(function.Name, function)) throw new ArgumentException($"A function named '{function.Name}' exists already.", nameof(function));
    }

    /// <summary>Adds all functions of a theme.</summary>
    public void Add(FunctionTable theme)
    {
        ArgumentNullException.ThrowIfNull(theme);
        foreach (var function in theme) Add(function);
    }

    /// <summary>Looks a function up.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out FunctionSpec? function) => _byName.TryGetValue(name, out function);

    public IEnumerator<FunctionSpec> GetEnumerator() => _byName.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
