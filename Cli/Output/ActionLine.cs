using FlowEngine.Actions;

namespace FlowEngine.Cli;

/// <summary>An action that ended, on one line: sign, path, type, time, what came of it.</summary>
internal static class ActionLine
{
    private const int LongestMessage = 160;

    public static string Of(ActionRecord action, Glyphs glyphs)
    {
        var line = $"{glyphs.For(action.Status)} {TerminalText.Clean(action.Path)}  {TerminalText.Clean(action.Type)}  {action.Status.ToString()}";
        if (action.Status == ActionStatus.Skipped) return line;
        line += "  " + Durations.Show(action.EndTime - action.StartTime);
        if (Notes(action) is { Length: > 0 } notes) line += "  " + notes;
        return line;
    }

    /// <summary>Answer of an HTTP request, number of retries, repetitions, error.</summary>
    public static string Notes(ActionRecord action)
    {
        var notes = new List<string>(4);
        if (action.Outputs["statusCode"] is { IsInteger: true } status) notes.Add(status.ToJson());
        if (action.RetryHistory.Count > 0) notes.Add(Count(action.RetryHistory.Count, "failed attempt", "failed attempts"));
        if (action.Error is { } error && !IsConsequence(error)) notes.Add(TerminalText.Shorten(TerminalText.Clean($"{error.Code}: {action.MaskSecrets(error.Message)}"), LongestMessage));
        return string.Join("  ", notes);
    }

    public static string Count(int count, string one, string many) => count == 1 ? "1 " + one : $"{count} {many}";

    // "An action failed." of every container around says nothing that its child has not said.
    private static bool IsConsequence(ActionError error) => error.Code == ActionCodes.ActionFailed;
}
