using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace FlowEngine.Expressions;

/// <summary>Functions by name, ignoring case. Filled once, then only read: it is consulted while binding, never while evaluating.</summary>
public sealed class FunctionTable : IEnumerable<FunctionSpec>
{
    private readonly Dictionary<string, Meaning> _byName = new(StringComparer.OrdinalIgnoreCase);

    // One entry a name, so that a call is one look-up: an extension of a function that exists takes its place in the extended dialect.
    internal sealed record Meaning(FunctionTable Table, FunctionSpec Function, FunctionSpec? Extension);

    /// <summary>Adds a function. A <see cref="FunctionOrigin.Extension"/> of a function that exists takes its place in the extended dialect.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(FunctionSpec function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (_byName.TryAdd(function.Name, new Meaning(this, function, null))) return;
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
        function = InDialect(_byName.GetValueOrDefault(name), dialect);
        return function is not null;
    }

    /// <summary>What a call's name means in a dialect. The call remembers it for whoever asks next: when eight passes over a definition looked each call up, that took 0.6 of 7 ms (<c>load.actions-1000</c>).</summary>
    internal bool TryGet(CallSyntax call, ExpressionDialect dialect, [NotNullWhen(true)] out FunctionSpec? function)
    {
        var meaning = call.Meaning;
        if (meaning?.Table != this && _byName.TryGetValue(call.Name, out meaning)) call.Meaning = meaning;
        function = InDialect(meaning, dialect);
        return function is not null;
    }

    private static FunctionSpec? InDialect(Meaning? meaning, ExpressionDialect dialect) => dialect == ExpressionDialect.Strict ? meaning?.Function : meaning?.Extension ?? meaning?.Function;

    /// <summary>Looks a function up as the service has it, or an extension of its own name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out FunctionSpec? function) => TryGet(name, ExpressionDialect.Strict, out function);

    /// <summary>All functions, the extensions of existing ones last.</summary>
    public IEnumerator<FunctionSpec> GetEnumerator() =>
        _byName.Values.Select(meaning => meaning.Function).Concat(_byName.Values.Where(meaning => meaning.Extension is not null).Select(meaning => meaning.Extension!)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
