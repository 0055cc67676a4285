using FlowEngine.Actions;

namespace FlowEngine.Cli;

/// <summary>The end of what people see: the response, the outputs, the failure in full, and one line of numbers.</summary>
internal sealed class RunSummary(TextWriter output, Glyphs glyphs, Ink ink, int? width)
{
    public void Write(FireResult result, RunCounts counts, int exit)
    {
        if (result.NotStarted is { } reason)
        {
            output.WriteLine(ink.Error(TerminalText.Clean(NotStartedText(reason))));
            return;
        }

        foreach (var run in result.Runs)
        {
            if (run.Response is not null) WriteResponse(run);
            if (!run.Outputs.IsNull) WriteOutputs(run);
            if (run.Status != ActionStatus.Succeeded) FailureText.Write(run, output, ink, glyphs, width);
        }

        output.WriteLine(Line(result, counts, exit));
    }

    private static string NotStartedText(NotStarted reason) =>
        $"No run started ({reason.StatusCode}{(reason.Code is null ? "" : " " + reason.Code)}): {reason.Message ?? "the trigger found nothing to do."}";

    private void WriteResponse(RunResult run)
    {
        var response = run.ToRecord()["response"];
        output.WriteLine(ink.Heading($"Response {response["statusCode"].ToJson()}"));
        if (response.TryGetMember("body", out var body)) output.WriteLine(TextOf(body));
    }

    private void WriteOutputs(RunResult run)
    {
        output.WriteLine(ink.Heading("Outputs"));
        if (run.ToRecord()["outputs"].AsObjectOrNull is not { } outputs) return;
        foreach (var (name, value) in outputs) output.WriteLine($"  {ink.Dim(TerminalText.Clean(name) + ":")} {TextOf(value["value"])}");
    }

    private static string TextOf(FlowValue value) => TerminalText.CleanLines(value.AsStringOrNull ?? FlowJson.WriteIndented(value));

    private string Line(FireResult result, RunCounts counts, int exit)
    {
        var runs = result.Runs;
        var status = runs.FirstOrDefault(run => run.Status != ActionStatus.Succeeded)?.Status ?? ActionStatus.Succeeded;
        var parts = new List<string>();
        void Add(int count, string one, string? many = null)
        {
            if (count > 0) parts.Add(ActionLine.Count(count, one, many ?? one));
        }

        if (result.IsSplit) Add(runs.Count, "run", "runs");
        Add(counts[ActionStatus.Succeeded], "succeeded");
        Add(counts[ActionStatus.Failed], "failed");
        Add(counts[ActionStatus.TimedOut], "timed out");
        Add(counts[ActionStatus.Cancelled], "cancelled");
        Add(counts[ActionStatus.Skipped], "skipped");
        Add(counts.Retries, "retry", "retries");
        Add(runs.Sum(run => run.Requests.Count), "request", "requests");
        if (exit != ExitCodes.Succeeded) parts.Add("exit " + exit);
        var duration = runs.Count == 0 ? TimeSpan.Zero : runs.Max(run => run.EndTime) - runs.Min(run => run.StartTime);
        return $"{ink.For(status, status.ToString())} in {Durations.Show(duration)}{(parts.Count == 0 ? "" : ": ")}{string.Join($" {glyphs.Separator} ", parts)}";
    }
}
