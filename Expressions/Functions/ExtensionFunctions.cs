namespace FlowEngine.Expressions;

/// <summary>Functions that the service has not, without a lambda. Rows of the name of a service's function stand in for it in the extended dialect.</summary>
internal static class ExtensionFunctions
{
    public static readonly FunctionTable Table = new()
    {
        new FunctionSpec("unique", Unique)
        {
            Origin = FunctionOrigin.Extension,
            Summary = "The distinct elements of an array, first occurrences first.",
            Parameters = ["array: Array"],
            Examples = ["unique(createArray(1, 2, 1, 1.0)) -> [1,2]"],
            Source = "extension",
        },
        new FunctionSpec("regexMatch", 2, 2, PatternFunctions.Match)
        {
            IsDeterministic = true,
            Origin = FunctionOrigin.Extension,
            Summary = "Whether a text has a match of a .NET regular expression.",
            Parameters = ["text: String", "pattern: String"],
            Examples = ["regexMatch('INV-2024-001', '^INV-\\d{4}-\\d+$') -> true", "regexMatch('abc', '\\d') -> false"],
            Source = "extension",
        },
        new FunctionSpec("regexReplace", 3, 3, PatternFunctions.Replace)
        {
            IsDeterministic = true,
            Origin = FunctionOrigin.Extension,
            Summary = "The text with every match of a .NET regular expression replaced; $1 and ${name} stand for groups.",
            Parameters = ["text: String", "pattern: String", "replacement: String"],
            Examples = ["regexReplace('2024-01-31', '(\\d+)-(\\d+)-(\\d+)', '$3.$2.$1') -> \"31.01.2024\""],
            Source = "extension",
        },
        NumberExtensions.Table,
        CryptographyFunctions.Table,
    };

    private static FlowValue Unique(FlowValue value) =>
        SetFunctions.Distinct(value.AsArrayOrNull ?? throw ArgumentFailure.Parameter("unique", 1, "to be of type array", value));
}
