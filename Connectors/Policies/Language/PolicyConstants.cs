namespace FlowEngine.Connectors;

/// <summary>Enumerations, as the names of their values.</summary>
internal static class PolicyConstants
{
    public static IEnumerable<PolicyType> Table { get; } =
    [
        Enumeration("StringComparison", "Ordinal", "OrdinalIgnoreCase", "InvariantCulture", "InvariantCultureIgnoreCase", "CurrentCulture", "CurrentCultureIgnoreCase"),
        Enumeration("RegexOptions", "None", "IgnoreCase", "Multiline", "Singleline", "IgnorePatternWhitespace", "ExplicitCapture", "CultureInvariant"),
        Enumeration("StringSplitOptions", "None", "RemoveEmptyEntries", "TrimEntries"),
        Enumeration("Formatting", "None", "Indented"),
        Enumeration("DateTimeKind", "Utc", "Local", "Unspecified"),
        Enumeration("CultureInfo", "InvariantCulture", "CurrentCulture"),
    ];

    private static PolicyType Enumeration(string name, params string[] values) =>
        new(name) { Statics = values.ToDictionary(value => value, value => (Func<PolicyCall, object?>)(_ => new PolicyConstant(value)), StringComparer.Ordinal) };
}

/// <summary>A value of an enumeration.</summary>
/// <param name="Value">Its name.</param>
internal sealed record PolicyConstant(string Value)
{
    public override string ToString() => Value;
}
