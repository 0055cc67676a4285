using System.Globalization;
using FlowEngine.Definitions;
using FlowEngine.Testing;

namespace FlowEngine.Cli;

/// <summary>A flow that was walked through.</summary>
internal sealed record WalkedFlow(WorkflowDocument Document, FlowWalkResult Result)
{
    public string Name => Document.FlowName ?? Path.GetFileNameWithoutExtension(Document.File);
}

/// <summary>What <c>flow walk</c> prints.</summary>
internal static class WalkOutput
{
    /// <summary>A line for a flow, and one for each failure in its first run.</summary>
    public static void Write(WalkedFlow walked, CommandConsole console)
    {
        var result = walked.Result;
        var start = result.NotStarted is { } reason ? $"no run started: {reason}" : result.Status?.ToString() ?? "no run";
        console.Out.WriteLine(TerminalText.Clean($"{walked.Name}  [{start}; {Share(result.Reached, result.Actions.Count)}{Rest(result.Count(FlowWalkState.NotTaken), result.Count(FlowWalkState.BehindFailure))}]  {walked.Document.File}"));
        foreach (var action in result.Actions.Where(action => action.Failure is not null)) console.Out.WriteLine(TerminalText.Clean($"  '{action.Name}' failed with the data made up: {action.Failure!.Code}: {action.Failure.Message}"));
    }

    /// <summary>The share of all flows together.</summary>
    public static string Line(IReadOnlyList<WalkedFlow> walked, int total, int reached) =>
        $"{ActionLine.Count(walked.Count, "flow", "flows")}: {Share(reached, total)}{Rest(Sum(walked, FlowWalkState.NotTaken), Sum(walked, FlowWalkState.BehindFailure))}; {Percent(walked.Sum(one => one.Result.ReachedAtFirst), total)} in the first run of each";

    /// <summary>All of it as one object.</summary>
    public static FlowValue Json(IReadOnlyList<WalkedFlow> walked, int total, int reached) => FlowValue.Object(
        ("flows", FlowValue.Array([.. walked.Select(Json)])),
        ("actions", total),
        ("reached", reached),
        ("reachedAtFirst", walked.Sum(one => one.Result.ReachedAtFirst)),
        ("notTaken", Sum(walked, FlowWalkState.NotTaken)),
        ("behindFailure", Sum(walked, FlowWalkState.BehindFailure)));

    private static FlowValue Json(WalkedFlow walked)
    {
        var result = walked.Result;
        return new FlowObjectBuilder()
            .Add("name", FlowValue.String(walked.Name))
            .Add("file", FlowValue.String(walked.Document.File))
            .AddUnlessNull("status", FlowValue.String(result.Status?.ToString()))
            .AddUnlessNull("notStarted", FlowValue.String(result.NotStarted))
            .Add("runs", result.Runs)
            .Add("actions", result.Actions.Count)
            .Add("reached", result.Reached)
            .Add("reachedAtFirst", result.ReachedAtFirst)
            .Add("notReached", FlowValue.Array([.. result.Actions.Where(action => action.State != FlowWalkState.Reached).Select(action => FlowValue.Object(
                ("name", FlowValue.String(action.Name)), ("reason", FlowValue.String(action.State == FlowWalkState.NotTaken ? "notTaken" : "behindFailure"))))]))
            .Add("failures", FlowValue.Array([.. result.Actions.Where(action => action.Failure is not null).Select(action => FlowValue.Object(
                ("name", FlowValue.String(action.Name)), ("code", FlowValue.String(action.Failure!.Code)), ("message", FlowValue.String(action.Failure.Message))))]))
            .ToValue();
    }

    private static int Sum(IReadOnlyList<WalkedFlow> walked, FlowWalkState state) => walked.Sum(one => one.Result.Count(state));

    private static string Share(int reached, int total) => $"{reached} of {ActionLine.Count(total, "action", "actions")} reached ({Percent(reached, total)})";

    private static string Rest(int notTaken, int behind) => (notTaken > 0 ? $", {notTaken} not taken" : "") + (behind > 0 ? $", {behind} behind a failure" : "");

    private static string Percent(int part, int total) => (total == 0 ? 100 : part * 100.0 / total).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
