namespace FlowEngine.Definitions;

/// <summary>What <c>.flowlint.json</c> says: <c>{"rules": {"FL0001": "off"}, "ignore": [{"rule": "FL0002", "path": "/actions/Old"}]}</c>.</summary>
public sealed record LintSettings
{
    /// <summary>Every rule with its own severity.</summary>
    public static LintSettings Default { get; } = new();

    /// <summary>Severities by code; null turns a rule off.</summary>
    public IReadOnlyDictionary<string, DiagnosticSeverity?> Severities { get; init; } = new Dictionary<string, DiagnosticSeverity?>();

    /// <summary>Places where a rule is silent: the code and the JSON Pointer at or above the place.</summary>
    public IReadOnlyList<(string Rule, string Path)> Ignored { get; init; } = [];

    /// <summary>Reads the settings.</summary>
    /// <exception cref="FormatException">They make no sense; the message says where.</exception>
    public static LintSettings Parse(string json)
    {
        FlowValue root;
        try
        {
            root = FlowJson.Parse(json);
        }
        catch (FlowJsonException e)
        {
            throw new FormatException(JsonFault.Explain(json, e), e);
        }

        if (!root.IsObject) throw new FormatException("An object was expected.");
        var severities = new Dictionary<string, DiagnosticSeverity?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (code, value) in root["rules"].AsObjectOrNull ?? FlowObject.Empty)
        {
            if (!LintRules.All.Any(rule => rule.Code.Equals(code, StringComparison.OrdinalIgnoreCase))) throw new FormatException($"There is no rule '{code}'.");
            severities[code] = value.AsStringOrNull?.ToUpperInvariant() switch
            {
                "OFF" => null,
                "INFORMATION" => DiagnosticSeverity.Information,
                "WARNING" => DiagnosticSeverity.Warning,
                "ERROR" => DiagnosticSeverity.Error,
                _ => throw new FormatException($"The severity of '{code}' is none of off, information, warning, error."),
            };
        }

        var ignored = (root["ignore"].AsArrayOrNull ?? FlowArray.Empty).Select(entry => (
            entry["rule"].AsStringOrNull ?? throw new FormatException("An entry of 'ignore' has no 'rule'."),
            entry["path"].AsStringOrNull ?? throw new FormatException("An entry of 'ignore' has no 'path'."))).ToList();
        return new LintSettings { Severities = severities, Ignored = ignored };
    }

    /// <summary>The severity of a rule; null where it is off.</summary>
    internal DiagnosticSeverity? SeverityOf(LintRule rule) => Severities.TryGetValue(rule.Code, out var severity) ? severity : rule.Severity;

    /// <summary>Whether a rule is silent at a place.</summary>
    public bool IsIgnored(string code, string path) => Ignored.Any(entry =>
        entry.Rule.Equals(code, StringComparison.OrdinalIgnoreCase) && (path == entry.Path || path.StartsWith(entry.Path + "/", StringComparison.Ordinal)));
}
