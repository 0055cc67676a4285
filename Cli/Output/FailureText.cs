using System.Globalization;
using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary>A failed run's error in full: which action, where in the file, the expression with carets under what failed.</summary>
internal static class FailureText
{
    public static void Write(RunResult run, TextWriter output, Ink ink, Glyphs glyphs, int? width)
    {
        if (run.FirstFailure is not { } action || IsOwn(run))
        {
            if (run.Error is { } error) output.WriteLine(ink.Error($"error {TerminalText.Clean(error.Code)}") + ": " + TerminalText.CleanLines(run.MaskSecrets(error.Message)));
            if (run.FirstFailure is null) return;
        }

        Write(run, run.FirstFailure.Value, output, ink, glyphs, width);
    }

    private static void Write(RunResult run, ActionRecord action, TextWriter output, Ink ink, Glyphs glyphs, int? width)
    {
        var error = action.Error;
        var document = run.Workflow.Document;
        var place = action.Location;
        var code = error?.Code ?? action.Code;
        var what = TerminalText.Clean($"action '{action.Path}' ({action.Type}) {Ended(action.Status)}");
        var where = TerminalText.Clean(place.File);
        output.WriteLine(ink.IsColoured
            ? $"{ink.Error($"error {TerminalText.Clean(code)}")}: {what}"
            : string.Create(CultureInfo.InvariantCulture, $"{where}({place.Line},{place.Column}): error {TerminalText.Clean(code)}: {what}"));
        if (error is not null) output.WriteLine(TerminalText.CleanLines("  " + action.MaskSecrets(error.Message)));
        else if (action.Outputs["statusCode"] is { IsInteger: true } status) output.WriteLine($"  The answer was HTTP {status.ToJson()}.");
        if (error?.Detail is { } detail) output.WriteLine(TerminalText.CleanLines("  " + action.MaskSecrets(detail)));
        if (ink.IsColoured) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $" --> {where}:{place.Line}:{place.Column}"));
        if (document.Excerpt(place, null, width ?? DiagnosticText.DefaultWidth) is { } excerpt) output.WriteLine(glyphs.Draw(excerpt.ToString()));
    }

    // The run says more than that some action failed: a Terminate, a time limit, a cancellation.
    private static bool IsOwn(RunResult run) => run.Error is { } error && error.Code != ActionCodes.ActionFailed;

    private static string Ended(ActionStatus status) => status == ActionStatus.TimedOut ? "timed out" : "failed";
}
