namespace FlowEngine.Definitions;

/// <summary>Diagnostics as <c>--json</c> prints them: files with their diagnostics, and the numbers of errors and warnings.</summary>
internal static class DiagnosticJson
{
    /// <summary>The diagnostics of documents.</summary>
    public static FlowValue Of(IEnumerable<WorkflowDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        return Of(documents.Select(document => (document.File, document.Diagnostics)));
    }

    /// <summary>The diagnostics of any files.</summary>
    public static FlowValue Of(IEnumerable<(string File, IReadOnlyList<Diagnostic> Diagnostics)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var all = files.ToList();
        int Count(DiagnosticSeverity severity) => all.Sum(file => file.Diagnostics.Count(diagnostic => diagnostic.Severity == severity));
        return FlowValue.Object(
            ("files", FlowArray.Create(all.Select(file => FlowValue.Object(("file", FlowValue.String(file.File)), ("diagnostics", FlowArray.Create(file.Diagnostics.Select(diagnostic => FlowValue.Object(Of(diagnostic))))))))),
            ("errors", Count(DiagnosticSeverity.Error)),
            ("warnings", Count(DiagnosticSeverity.Warning)));
    }

    /// <summary>One diagnostic; absent means absent.</summary>
    public static FlowObject Of(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        return new FlowObjectBuilder(10)
            .Add("code", FlowValue.String(diagnostic.Code))
            .AddUnlessNull("serviceCode", FlowValue.String(diagnostic.ServiceCode))
            .Add("severity", FlowValue.String(diagnostic.Severity switch
            {
                DiagnosticSeverity.Error => "error",
                DiagnosticSeverity.Warning => "warning",
                _ => "information",
            }))
            .Add("message", FlowValue.String(diagnostic.Message))
            .Add("line", diagnostic.Location.Line)
            .Add("column", diagnostic.Location.Column)
            .Add("endColumn", diagnostic.Location.EndColumn)
            .Add("path", FlowValue.String(diagnostic.Location.Path))
            .AddUnlessNull("action", FlowValue.String(diagnostic.Action))
            .AddUnlessNull("suggestion", FlowValue.String(diagnostic.Suggestion))
            .ToObject();
    }
}
