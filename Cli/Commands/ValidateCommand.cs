using System.CommandLine;
using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary><c>flow validate</c>: finds everything that is wrong with files, without running them.</summary>
internal static class ValidateCommand
{
    public static Command Create(CommandConsole console)
    {
        var paths = new Argument<string[]>("PATH") { Arity = ArgumentArity.OneOrMore, Description = "Definition files, mocks files, or folders of them." };
        var json = new Option<bool>("--json") { Description = "Prints one object with all diagnostics." };
        var strict = new Option<bool>("--strict") { Description = "What works here only is an error, so are the cloud's size limits." };
        var flow = new Option<string?>("--flow") { HelpName = "NAME", Description = "Only this workflow of a file that holds several." };
        var failOn = new Option<string>("--fail-on") { HelpName = "error|warning", Description = "From which severity on the exit code is 2.", DefaultValueFactory = _ => "error" };
        var lint = new Option<bool>("--lint") { Description = "Also what goes wrong sooner or later; .flowlint.json sets severities." };
        var sarif = new Option<string?>("--sarif") { HelpName = "FILE", Description = "Writes everything found as SARIF, for code scanning." };
        var fix = new Option<bool>("--fix") { Description = "Writes the tutorial's forms as the standard ones, into the files; then looks at those." };
        var placeholders = PlaceholderOption.Create();
        var host = HostOption.Create();
        failOn.AcceptOnlyFromAmong("error", "warning");
        var command = new Command("validate", "Shows everything that is wrong with files, without running them.") { paths, flow, json, strict, failOn, lint, sarif, fix, placeholders, host };
        command.SetAction(parsed =>
        {
            var options = new WorkflowOptions { Strict = parsed.GetValue(strict), Host = HostOption.Read(parsed.GetValue(host)), Flow = parsed.GetValue(flow), Placeholders = PlaceholderOption.Read(parsed.GetValue(placeholders)) };
            var rewritten = parsed.GetValue(fix) ? FixedFiles.Fix(parsed.GetRequiredValue(paths), options) : [];
            var files = ValidatedFiles.Find(parsed.GetRequiredValue(paths), options, parsed.GetValue(lint));
            if (rewritten.Count > 0) files = [.. files.Select(file => rewritten.Contains(file.File) ? WithLenientUses(file) : file)];
            if (parsed.GetValue(sarif) is { } report) WriteSarif(files, report);
            if (parsed.GetValue(json)) DiagnosticReport.WriteJson([.. files.Select(file => (file.File, file.Diagnostics))], console);
            else
            {
                foreach (var file in rewritten) console.Out.WriteLine($"fixed {TerminalText.Clean(file)}");
                WriteText(files, console);
            }

            var limit = parsed.GetValue(failOn) == "warning" ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error;
            return files.Any(file => file.Diagnostics.Any(diagnostic => diagnostic.Severity >= limit)) ? ExitCodes.Invalid : ExitCodes.Succeeded;
        });
        return command;
    }

    private static ValidatedFile WithLenientUses(ValidatedFile file) => file with
    {
        Diagnostics = [.. file.Diagnostics.Concat(file.Documents.SelectMany(DialectFix.LenientUsesOf)).OrderBy(found => found.Location.Line).ThenBy(found => found.Location.Column)],
    };

    private static void WriteSarif(IReadOnlyList<ValidatedFile> files, string report)
    {
        try
        {
            File.WriteAllText(report, FlowJson.WriteIndented(SarifLog.Of(files.SelectMany(file => file.Diagnostics))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the report '{report}' can't be written: {e.Message}");
        }
    }

    private static void WriteText(IReadOnlyList<ValidatedFile> files, CommandConsole console)
    {
        foreach (var file in files) DiagnosticReport.WriteLines(file.Text, file.Diagnostics, console.Out, console.ExcerptWidth);
        var errors = files.Sum(file => file.Count(DiagnosticSeverity.Error));
        var warnings = files.Sum(file => file.Count(DiagnosticSeverity.Warning));
        console.Out.WriteLine($"{ActionLine.Count(files.Count, "file", "files")}: {ActionLine.Count(errors, "error", "errors")}, {ActionLine.Count(warnings, "warning", "warnings")}");
    }
}
