using FlowEngine.Definitions;

namespace FlowEngine;

/// <summary>A definition that can't run. The message lists every error; all diagnostics are in <see cref="Diagnostics"/>.</summary>
public sealed class DefinitionException : Exception
{
    /// <summary>A document that has errors.</summary>
    public DefinitionException(WorkflowDocument document)
        : base(string.Join(Environment.NewLine, document.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))) => Document = document;

    /// <summary>The document, for excerpts of its text.</summary>
    public WorkflowDocument Document { get; }

    /// <summary>All diagnostics, warnings too.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => Document.Diagnostics;
}
