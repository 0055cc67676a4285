using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary>Shows what is wrong with files: as the object that programs read, or as lines with excerpts.</summary>
internal static class DiagnosticReport
{
    /// <summary>One document: its object with <c>--json</c>; else its errors and warnings on standard error.</summary>
    public static void Write(WorkflowDocument document, bool json, CommandConsole console)
    {
        if (json) WriteJson([(document.File, document.Diagnostics)], console);
        else WriteLines(document.Text, document.Diagnostics, console.Error, console.ExcerptWidth);
    }

    /// <summary>A file that is no definition.</summary>
    public static void Write(IReadOnlyList<Diagnostic> diagnostics, string file, bool json, CommandConsole console)
    {
        if (json)
        {
            WriteJson([(file, diagnostics)], console);
            return;
        }

        foreach (var diagnostic in diagnostics) console.Error.WriteLine(TerminalText.Clean(diagnostic.ToString()));
    }

    /// <summary>Files beside the flow: each diagnostic names its own.</summary>
    public static void Write(IReadOnlyList<Diagnostic> diagnostics, bool json, CommandConsole console)
    {
        if (!json)
        {
            foreach (var diagnostic in diagnostics) console.Error.WriteLine(TerminalText.Clean(diagnostic.ToString()));
            return;
        }

        WriteJson([.. diagnostics.GroupBy(diagnostic => diagnostic.Location.File).Select(file => (file.Key, (IReadOnlyList<Diagnostic>)[.. file]))], console);
    }

    /// <summary>What does not keep a flow from running but may fail in it.</summary>
    public static void WriteWarnings(WorkflowDocument document, CommandConsole console) =>
        WriteLines(document.Text, document.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning), console.Error, console.ExcerptWidth);

    /// <summary>Diagnostics with an excerpt of the text each.</summary>
    public static void WriteLines(string text, IEnumerable<Diagnostic> diagnostics, TextWriter output, int? width)
    {
        foreach (var diagnostic in diagnostics)
        {
            output.WriteLine(TerminalText.CleanLines(DiagnosticText.Render(text, diagnostic, width ?? DiagnosticText.DefaultWidth)));
        }
    }

    /// <summary>The object <c>{"files", "errors", "warnings"}</c>.</summary>
    public static void WriteJson(IReadOnlyList<(string File, IReadOnlyList<Diagnostic> Diagnostics)> files, CommandConsole console) =>
        JsonOutput.WriteLine(DiagnosticJson.Of(files), console);
}
