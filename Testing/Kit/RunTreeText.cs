using System.Globalization;
using System.Text;
using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>A run as a tree for failure messages: one line an action, mismatches marked with <c>&gt;&gt;&gt;</c>.</summary>
internal static class RunTreeText
{
    private const int LongestMessage = 200;
    private const string Mark = ">>> ";

    // Of a long loop only these repetitions are shown, and those that failed or are marked.
    private const int ShownRepetitions = 3;

    public static string Of(RunResult run, IReadOnlyCollection<string> paths)
    {
        var marked = paths.ToHashSet(StringComparer.Ordinal);
        var text = new StringBuilder();
        text.Append("    ").Append(run.Workflow.Name).Append("  ").Append(run.Status.ToString());
        foreach (var action in run.Workflow.Document.Definition!.Root.Actions) Write(run.Action(action.Name), name => run.Action(name), 1, marked, text);
        return text.ToString();
    }

    private static void Write(ActionRecord action, Func<string, ActionRecord?> find, int depth, IReadOnlySet<string> marked, StringBuilder text)
    {
        Line(text, depth, marked.Contains(action.Path));
        text.Append(Sign(action.Status)).Append(' ').Append(action.Name).Append("  ").Append(action.Type).Append("  ").Append(action.Status.ToString());
        if (action.Outputs["statusCode"] is { IsInteger: true } answered) text.Append("  ").Append(answered.ToJson());
        if (action.RetryHistory.Count > 0) text.Append(CultureInfo.InvariantCulture, $"  {action.RetryHistory.Count} failed attempt{(action.RetryHistory.Count == 1 ? "" : "s")}");
        if (action.Error is { } error && action.Status != ActionStatus.Skipped && error.Code != ActionCodes.ActionFailed) text.Append("  ").Append(Short($"{error.Code}: {error.Message}"));
        if (!RunActions.IsLoop(action))
        {
            // What is below a skipped container is skipped too.
            if (action.Status != ActionStatus.Skipped || IsInside(action.Path, marked)) WriteChildren(action, find, depth + 1, marked, text);
            return;
        }

        var hidden = 0;
        foreach (var repetition in action.Repetitions)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{action.Path}[{repetition.Index}]");
            if (repetition.Index >= ShownRepetitions && repetition.Status == ActionStatus.Succeeded && !IsInside(path, marked))
            {
                hidden++;
                continue;
            }

            Line(text, depth + 1, false);
            text.Append(Sign(repetition.Status)).Append(CultureInfo.InvariantCulture, $" [{repetition.Index}]  ").Append(repetition.Status.ToString());
            WriteChildren(action, repetition.Action, depth + 2, marked, text);
        }

        if (hidden == 0) return;
        Line(text, depth + 1, false);
        text.Append(CultureInfo.InvariantCulture, $"… {hidden} more that succeeded");
    }

    private static void WriteChildren(ActionRecord container, Func<string, ActionRecord?> find, int depth, IReadOnlySet<string> marked, StringBuilder text)
    {
        foreach (var child in RunActions.Children(container))
        {
            if (find(child.Name) is { } record) Write(record, find, depth, marked, text);
        }
    }

    private static bool IsInside(string path, IReadOnlySet<string> marked) => marked.Any(place => place.StartsWith(path, StringComparison.Ordinal));

    private static void Line(StringBuilder text, int depth, bool isMarked) => text.Append(Environment.NewLine).Append(isMarked ? Mark : "    ").Append(' ', depth * 2);

    private static string Short(string message)
    {
        var line = message.ReplaceLineEndings(" ");
        return line.Length <= LongestMessage ? line : string.Concat(line.AsSpan(0, LongestMessage), "…");
    }

    private static char Sign(ActionStatus status) => status switch
    {
        ActionStatus.Succeeded => '✓',
        ActionStatus.Failed => '✗',
        ActionStatus.Skipped => '○',
        ActionStatus.Cancelled => '⊘',
        ActionStatus.TimedOut => '⧖',
        _ => '·',
    };
}
