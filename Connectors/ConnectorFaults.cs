using FlowEngine.Definitions;

namespace FlowEngine.Connectors;

/// <summary>Collects what is wrong with a document, by JSON Pointers; gives it in file order.</summary>
internal sealed class ConnectorFaults
{
    private readonly List<(string Code, DiagnosticSeverity Severity, string Message, string Pointer, string? Suggestion)> _faults = [];

    public bool HasErrors => _faults.Exists(fault => fault.Severity == DiagnosticSeverity.Error);

    public void Error(string code, string message, string pointer, string? suggestion = null) => _faults.Add((code, DiagnosticSeverity.Error, message, pointer, suggestion));

    public void Warning(string code, string message, string pointer, string? suggestion = null) => _faults.Add((code, DiagnosticSeverity.Warning, message, pointer, suggestion));

    public IReadOnlyList<Diagnostic> ToDiagnostics(Func<string, SourceLocation> locate) =>
    [
        .. _faults
            .Select(fault => new Diagnostic(fault.Code, fault.Severity, fault.Message, locate(fault.Pointer)) { Suggestion = fault.Suggestion })
            .DistinctBy(diagnostic => (diagnostic.Code, diagnostic.Message, diagnostic.Location.Line, diagnostic.Location.Column))
            .OrderBy(diagnostic => diagnostic.Location.Line)
            .ThenBy(diagnostic => diagnostic.Location.Column),
    ];
}

/// <summary>A connector's document, its policies or its connections can't be used.</summary>
/// <param name="diagnostics">All faults, in file order.</param>
public sealed class ConnectorFormatException(IReadOnlyList<Diagnostic> diagnostics) : Exception(string.Join('\n', diagnostics))
{
    /// <summary>All faults, in file order.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;
}
