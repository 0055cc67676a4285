using System.Collections.Immutable;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>A flow as the rules see it, and what they found.</summary>
internal sealed class LintContext
{
    private readonly WorkflowDocument _document;
    private readonly LintSettings _settings;
    private readonly List<Diagnostic> _found = [];

    public LintContext(WorkflowDocument document, WorkflowDefinition definition, LintSettings settings)
    {
        _document = document;
        _settings = settings;
        Definition = definition;
        Index = new FlowIndex(definition);
        Templates = TemplateCollector.Collect(definition, Index, document.Templates);
    }

    public WorkflowDefinition Definition { get; }

    public FlowIndex Index { get; }

    public ImmutableArray<TemplateUse> Templates { get; }

    /// <summary>The connections that the flow's file lists.</summary>
    public FlowValue ConnectionReferences => _document.ConnectionReferences;

    public HostProfile Host => _document.Host;

    public IReadOnlyList<Diagnostic> Found => [.. _found.DistinctBy(found => (found.Code, found.Message, found.Location)).OrderBy(found => found.Location.Line).ThenBy(found => found.Location.Column)];

    /// <summary>Adds a finding, unless the rule is off, silent at the place, or named in the action's description; <paramref name="informs"/> makes it information.</summary>
    public void Report(string code, string message, string pointer, ActionDefinition? action = null, TextSpan? piece = null, bool inName = false, bool informs = false)
    {
        var rule = LintRules.Of(code);
        if (_settings.SeverityOf(rule) is not { } severity || _settings.IsIgnored(code, pointer)) return;
        if (action?.Raw["description"].AsStringOrNull?.Contains("flowlint-disable " + code, StringComparison.OrdinalIgnoreCase) == true) return;
        if (informs && severity > DiagnosticSeverity.Information) severity = DiagnosticSeverity.Information;
        var location = inName ? _document.LocateName(pointer) : piece is { } span ? _document.Locate(pointer, span) : _document.Locate(pointer);
        _found.Add(new Diagnostic(code, severity, message, location) { Action = action?.Name, Suggestion = rule.Advice });
    }
}
