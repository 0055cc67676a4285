namespace FlowEngine.Definitions;

/// <summary>Diagnostics as plain text: the line that editors and CI recognise, then the excerpt with carets and the suggestion.</summary>
public static class DiagnosticText
{
    /// <summary>How many columns are printed where nothing else is known.</summary>
    public const int DefaultWidth = 110;

    /// <summary>A diagnostic of a document.</summary>
    /// <param name="document">The document, for the excerpt.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="width">How many columns the excerpt may have.</param>
    public static string Render(WorkflowDocument document, Diagnostic diagnostic, int width = DefaultWidth)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(diagnostic);
        return Render(document.Excerpt(diagnostic.Location, diagnostic.Suggestion, width), diagnostic);
    }

    /// <summary>A diagnostic of any text.</summary>
    /// <param name="text">The file's text, for the excerpt.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="width">How many columns the excerpt may have.</param>
    public static string Render(string text, Diagnostic diagnostic, int width = DefaultWidth)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        return Render(SourceExcerpt.Of(text, diagnostic.Location, diagnostic.Suggestion, width), diagnostic);
    }

    /// <summary>The first line alone: <c>flow.json(7,69): error FE2003: message</c>.</summary>
    public static string Headline(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        var location = diagnostic.Location;
        var severity = diagnostic.Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "information",
        };
        return $"{location.File}({location.Line},{location.Column}): {severity} {diagnostic.Code}: {OneLine(diagnostic.Message)}";
    }

    private static string Render(SourceExcerpt? excerpt, Diagnostic diagnostic) =>
        excerpt is null ? Headline(diagnostic with { Message = Message(diagnostic) }) : $"{Headline(diagnostic)}\n{excerpt}";

    private static string Message(Diagnostic diagnostic) => diagnostic.Suggestion is null ? diagnostic.Message : $"{diagnostic.Message} {diagnostic.Suggestion}";

    // Expressions may have line breaks of their own; the tools that read this line take one line.
    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
