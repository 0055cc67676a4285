using System.Globalization;

namespace FlowEngine.Expressions;

/// <summary>What a call that can't be bound says when it is reached.</summary>
internal static class FunctionFaults
{
    /// <summary>No such function, or one that the dialect refuses.</summary>
    public static Failure NotDefined(string name, FunctionSpec? extension, FunctionTable functions, ExpressionDialect dialect) => new(
        $"The template function '{name}' is not defined or not valid.",
        extension is not null
            ? $"'{extension.Name}' exists as an extension of this engine; the strict dialect refuses it."
            : NearestName.Find(name, functions.Where(f => dialect == ExpressionDialect.Extended || f.Origin != FunctionOrigin.Extension).Select(f => f.Name)) is { } nearest
                ? $"Did you mean '{nearest}'?"
                : null);

    /// <summary>A function of the language that has no meaning here.</summary>
    public static Failure NotExpected(string name) => new($"The template function '{name}' is not expected at this location.");

    /// <summary>The sentence for a wrong argument count, or null where it is right.</summary>
    public static string? WrongCount(FunctionSpec function, int count)
    {
        if (count >= function.MinimumArguments && count <= function.MaximumArguments) return null;
        if (function.ArityMessage is { } message) return message(count);
        var expected = (function.MinimumArguments, function.MaximumArguments) switch
        {
            (var least, FunctionSpec.Any) => $"at least {Parameters(least)}",
            var (least, most) when least == most => Parameters(least),
            var (least, most) => string.Create(CultureInfo.InvariantCulture, $"{least} to {Parameters(most)}"),
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The template language function '{function.Name}' expects {expected}. The function was invoked with '{count}' parameter(s). Please see https://aka.ms/logicexpressions#{function.Name} for usage details.");
    }

    private static string Parameters(int count) => count switch
    {
        0 => "no parameters",
        1 => "one parameter",
        _ => string.Create(CultureInfo.InvariantCulture, $"{count} parameters"),
    };
}
