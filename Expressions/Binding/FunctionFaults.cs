namespace FlowEngine.Expressions;

/// <summary>What a call that can't be bound says when it is reached.</summary>
internal static class FunctionFaults
{
    /// <summary>No such function, or one that the dialect refuses.</summary>
    public static Failure NotDefined(string name, FunctionSpec? extension, FunctionTable functions, ExpressionDialect dialect) => new(
        $"The template function '{name}' is not defined or not valid.",
        extension is not null
            ? $"'{extension.Name}' exists as an extension of this engine; the strict dialect refuses it."
            : NearestName.Find(name, functions.Where(f => dialect != ExpressionDialect.Strict || f.Origin != FunctionOrigin.Extension).Select(f => f.Name)) is { } nearest
                ? $"Did you mean '{nearest}'?"
                : null);

    /// <summary>A function of the language that has no meaning here.</summary>
    public static Failure NotExpected(string name) => new($"The template function '{name}' is not expected at this location.");

    /// <summary>A count of arguments that the function doesn't take, or null where it does.</summary>
    public static Failure? WrongCount(FunctionSpec function, string name, int count) =>
        count >= function.MinimumArguments && count <= function.MaximumArguments ? null : new Failure(ArityMessages.Of(function, name, count));
}
