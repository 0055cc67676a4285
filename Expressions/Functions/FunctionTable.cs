using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace FlowEngine.Expressions;

/// <summary>Functions by name, ignoring case. Filled once, then only read: it is consulted while binding, never while evaluating.</summary>
public sealed class FunctionTable : IEnumerable<FunctionSpec>
{
    private readonly Dictionary<string, Meaning> _byName = new(StringComparer.OrdinalIgnoreCase);

    // One entry a name, so that a call is one look-up: an extension of a function that exists takes its place in the extended dialect.
    private sealed record Meaning(FunctionSpec Function, FunctionSpec? Extension);

    /// <summary>Adds a function. A <see cref="FunctionOrigin.Extension"/> of a function that exists takes its place in the extended dialect.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(FunctionSpec function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (_byName.TryAdd(function.Name, new Meaning(function, null))) return;
        var taken = _byName[function.Name];
        if (function.Origin == FunctionOrigin.Extension && taken is { Function.Origin: not FunctionOrigin.Extension, Extension: null })
        {
            _byName[function.Name] = taken with { Extension = function };
            return;
        }

        throw new ArgumentException($"A function named '{function.Name}' exists already.", nameof(function));
    }

    /// <summary>Adds all functions of a theme.</summary>
    public void Add(FunctionTable theme)
    {
        ArgumentNullException.ThrowIfNull(theme);
        foreach (var function in theme) Add(function);
    }

    /// <summary>Looks up what a name means in a dialect. In the strict one, too, an extension of its own name is found: the caller refuses it.</summary>
    public bool TryGet(string name, ExpressionDialect dialect, [NotNullWhen(true)] out FunctionSpec? function)
    {
        function = _byName.TryGetValue(name, out var meaning) ? (dialect == ExpressionDialect.Strict ? null : meaning.Extension) ?? meaning.Function : null;
        return function is not null;
    }

    /// <summary>Looks a function up as the service has it, or an extension of its own name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out FunctionSpec? function) => TryGet(name, ExpressionDialect.Strict, out function);

    /// <summary>All functions, the extensions of existing ones last.</summary>
    public IEnumerator<FunctionSpec> GetEnumerator() =>
        _byName.Values.Select(meaning => meaning.Function).Concat(_byName.Values.Where(meaning => meaning.Extension is not null).Select(meaning => meaning.Extension!)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
