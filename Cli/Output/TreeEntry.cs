using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary>An action of the definition as the live tree shows it. Inside a loop it stands for all its executions.</summary>
internal sealed class TreeEntry
{
    public TreeEntry(ActionDefinition action, bool isRepeated)
    {
        Name = action.Name;
        Type = action.Type;
        IsLoop = action.Type is "Foreach" or "Until";
        IsRepeated = isRepeated;
        Children = [.. action.Branches.SelectMany(branch => branch.Actions).Select(child => new TreeEntry(child, isRepeated || IsLoop))];
    }

    public string Name { get; }

    public string Type { get; }

    public bool IsLoop { get; }

    /// <summary>Whether it may run more than once: it stands in a loop.</summary>
    public bool IsRepeated { get; }

    public IReadOnlyList<TreeEntry> Children { get; }

    /// <summary>How it ended last; Waiting before.</summary>
    public ActionStatus Status { get; set; }

    /// <summary>Executions under way.</summary>
    public int Running { get; set; }

    /// <summary>Executions that failed or timed out.</summary>
    public int Failures { get; set; }

    /// <summary>When the first of the executions under way began, on the run's clock.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>How long the last execution took.</summary>
    public TimeSpan Duration { get; set; }

    /// <summary>Failed attempts of the execution under way.</summary>
    public int FailedAttempts { get; set; }

    /// <summary>What came of it, for the end of the row.</summary>
    public string Notes { get; set; } = string.Empty;

    /// <summary>Repetitions of a loop that ended, all its executions together.</summary>
    public int Repetitions { get; set; }

    /// <summary>Of these, those that failed.</summary>
    public int FailedRepetitions { get; set; }

    /// <summary>How many repetitions there will be; 0 where nobody knows.</summary>
    public int ExpectedRepetitions { get; set; }

    /// <summary>What deserves a row before all else.</summary>
    public bool IsInteresting => Running > 0 || Failures > 0 || FailedRepetitions > 0 || Children.Any(child => child.IsInteresting);
}
