using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace FlowEngine.Expressions;

/// <summary>Functions by name, ignoring case. Filled once, then only read: it is consulted while binding, never while evaluating.</summary>
public sealed class FunctionTable : IEnumerable<FunctionSpec>
{
    private readonly Dictionary<string, FunctionSpec> _byName = new(StringComparer.OrdinalIgnoreCase);

    // Extensions of functions that exist: they take their place in the extended dialect.
    private readonly Dictionary<string, FunctionSpec> _extended = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a function. A <see cref="FunctionOrigin.Extension"/> of a function that exists takes its place in the extended dialect.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(FunctionSpec function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (_byName.TryAdd(function.Name, function)) return;
        if (function.Origin == FunctionOrigin.Extension && _byName[function.Name].Origin != FunctionOrigin.Extension && _extended.TryAdd(function.Name, function)) return;
        throw new ArgumentException($"A function named '{function.Name}' exists already.", nameof(function));
    }

    /// <summary>Adds all functions of a theme.</summary>
    public void Add(FunctionTable theme)
    {
        ArgumentNullException.ThrowIfNull(theme);
        foreach (var function in theme) Add(function);
    }

    /// <summary>Looks up what a name means in a dialect. In the strict one, too, an extension of its own name is found: the caller refuses it.</summary>
    public bool TryGet(string name, ExpressionDialect dialect, [NotNullWhen(true)] out FunctionSpec? function) =>
        (dialect == ExpressionDialect.Extended && _extended.TryGetValue(name, out function)) || _byName.TryGetValue(name, out function);

    /// <summary>Looks a function up as the service has it, or an extension of its own name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out FunctionSpec? function) => _byName.TryGetValue(name, out function);

    /// <summary>All functions, the extensions of existing ones last.</summary>
    public IEnumerator<FunctionSpec> GetEnumerator() => _byName.Values.Concat(_extended.Values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
