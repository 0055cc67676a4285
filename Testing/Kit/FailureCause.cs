using System.Globalization;
using System.Text;
using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>Why an action did not end as it should, in words that tell what to mend: its error whole, its place, and what is known to be wrong there.</summary>
internal static class FailureCause
{
    private const int LongestMessage = 1000;
    private const int ShownErrors = 3;

    /// <summary>The error of an action, and of the container that it was skipped with; empty where it has none.</summary>
    public static string ErrorOf(ActionRecord action, RunResult run)
    {
        if (action.Error is not { } error) return string.Empty;
        if (error.Code == ActionCodes.ActionDependencyFailed && ContainerOf(action, run) is { } container) return $": skipped with '{container.Name}'{ErrorOf(container, run)}";
        var text = new StringBuilder($": {error.Code}: {Short(error.Message)}");
        // What a schema refuses stands in the outputs, not in the message.
        var refused = action.Outputs["errors"].AsArrayOrNull ?? FlowArray.Empty;
        for (var i = 0; i < Math.Min(refused.Count, ShownErrors); i++)
        {
            if (refused[i]["message"].AsStringOrNull is { } message) text.Append(CultureInfo.InvariantCulture, $"{Environment.NewLine}    {message} at '{refused[i]["path"].AsStringOrNull}'");
        }

        if (refused.Count > ShownErrors) text.Append(CultureInfo.InvariantCulture, $"{Environment.NewLine}    and {refused.Count - ShownErrors} more");
        return text.ToString();
    }

    /// <summary>The action that decided a run's status, with its place in the file and the warnings about it; empty where none did.</summary>
    public static string Of(RunResult run)
    {
        if (run.FirstFailure is not { } action) return string.Empty;
        var document = run.Workflow.Document;
        var place = document.Locate(action.Definition.Path);
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{Environment.NewLine}    {action.Path}{ErrorOf(action, run)}{Environment.NewLine}    at {place.File}({place.Line},{place.Column})"));
        foreach (var warning in document.Diagnostics.Where(diagnostic => diagnostic.Action?.Equals(action.Name, StringComparison.OrdinalIgnoreCase) is true))
            text.Append(Environment.NewLine).Append("    ").Append(warning);
        return text.ToString();
    }

    private static ActionRecord? ContainerOf(ActionRecord action, RunResult run)
    {
        var end = action.Path.LastIndexOf('/');
        if (end < 0) return null;
        var path = action.Path[..end];
        if (path.EndsWith(']')) path = path[..path.LastIndexOf('[')];
        foreach (var other in RunActions.Of(run))
        {
            if (other.Path == path) return other;
        }

        return null;
    }

    private static string Short(string message)
    {
        var line = message.ReplaceLineEndings(" ");
        return line.Length <= LongestMessage ? line : string.Concat(line.AsSpan(0, LongestMessage), "…");
    }
}
