namespace FlowEngine.Definitions;

/// <summary>How the service takes a fault at save.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Accepted by the service; works here only, or worth knowing.</summary>
    Information,

    /// <summary>The service accepts it and it will or may fail when reached.</summary>
    Warning,

    /// <summary>The file can't be read, or the service refuses it at save. Keeps a flow from running.</summary>
    Error,
}

/// <summary>A fault of a definition, with its place.</summary>
/// <param name="Code">Our stable code, <c>FE</c> and four digits; see <see cref="DiagnosticCodes"/>.</param>
/// <param name="Severity">How the service takes it.</param>
/// <param name="Message">The service's words where they are known, else ours.</param>
/// <param name="Location">Where it is.</param>
public sealed record Diagnostic(string Code, DiagnosticSeverity Severity, string Message, SourceLocation Location)
{
    /// <summary>The service's code where it has one, such as <c>InvalidTemplate</c>.</summary>
    public string? ServiceCode { get; init; }

    /// <summary>The action concerned.</summary>
    public string? Action { get; init; }

    /// <summary>What would do: the nearest name, or a sentence.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The form that editors and CI recognise: <c>flow.json(7,69): error FE2003: message</c>.</summary>
    public override string ToString() =>
        $"{Location.File}({Location.Line},{Location.Column}): {Severity.ToString().ToLowerInvariant()} {Code}: {Message}{(Suggestion is null ? "" : " " + Suggestion)}";
}
