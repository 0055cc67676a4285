namespace FlowEngine.Definitions;

/// <summary>Diagnostics as SARIF 2.1.0, which code scanning services read.</summary>
public static class SarifLog
{
    /// <summary>One run with all findings.</summary>
    public static FlowValue Of(IEnumerable<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        var all = diagnostics.ToList();
        var rules = all.Select(diagnostic => diagnostic.Code).Distinct().Order(StringComparer.Ordinal).Select(code => FlowValue.Object(
            ("id", FlowValue.String(code)), ("shortDescription", Message(SummaryOf(code)))));
        return FlowValue.Object(
            ("$schema", FlowValue.String("https://json.schemastore.org/sarif-2.1.0.json")),
            ("version", FlowValue.String("2.1.0")),
            ("runs", FlowValue.Array(FlowValue.Object(
                ("tool", FlowValue.Object(("driver", FlowValue.Object(("name", FlowValue.String("FlowEngine")), ("rules", FlowArray.Create(rules)))))),
                ("columnKind", FlowValue.String("utf16CodeUnits")),
                ("results", FlowArray.Create(all.Select(Result)))))));
    }

    private static string SummaryOf(string code) =>
        DiagnosticExplanations.All.FirstOrDefault(entry => entry.Code == code)?.Summary ?? LintRules.All.FirstOrDefault(rule => rule.Code == code)?.Summary ?? code;

    private static FlowValue Result(Diagnostic diagnostic)
    {
        var location = diagnostic.Location;
        return FlowValue.Object(
            ("ruleId", FlowValue.String(diagnostic.Code)),
            ("level", FlowValue.String(diagnostic.Severity switch { DiagnosticSeverity.Error => "error", DiagnosticSeverity.Warning => "warning", _ => "note" })),
            ("message", Message(diagnostic.Suggestion is null ? diagnostic.Message : $"{diagnostic.Message} {diagnostic.Suggestion}")),
            ("locations", FlowValue.Array(FlowValue.Object(("physicalLocation", FlowValue.Object(
                ("artifactLocation", FlowValue.Object(("uri", FlowValue.String(Address(location.File))))),
                ("region", FlowValue.Object(("startLine", location.Line), ("startColumn", location.Column), ("endColumn", location.EndColumn)))))))));
    }

    // A path as a relative reference: the parts encoded, the slashes not.
    private static string Address(string file) => string.Join('/', file.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));

    private static FlowValue Message(string text) => FlowValue.Object(("text", FlowValue.String(text)));
}
