using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine;

/// <summary>How an action went: a view on the run's own record. Values are the real ones; what is written out is masked (<see cref="RunResult.ToRecord"/>).</summary>
public readonly struct ActionRecord : IEquatable<ActionRecord>
{
    internal ActionRecord(ActionExecution execution) => Execution = execution;

    internal ActionExecution Execution { get; }

    /// <summary>The action's name.</summary>
    public string Name => Execution.Plan.Name;

    /// <summary>The action's type.</summary>
    public string Type => Execution.Plan.Definition.Type;

    /// <summary>The definition.</summary>
    public ActionDefinition Definition => Execution.Plan.Definition;

    /// <summary>Path of names through containers, with indexes: <c>Try/For_each[11]/Post</c>.</summary>
    public string Path => Execution.PathWithIndexes();

    /// <summary>How it ended; Running in <see cref="IRunObserver.OnActionStarted"/>.</summary>
    public ActionStatus Status => Execution.Status;

    /// <summary>The code beside the status; empty while it runs.</summary>
    public string Code => Execution.Code;

    /// <summary>Why it failed or was skipped; null where the record has no error.</summary>
    public ActionError? Error => Execution.Error;

    /// <summary>The inputs as recorded; null where it has none.</summary>
    public FlowValue Inputs => Execution.RecordedInputs;

    /// <summary>The outputs; null where it has none.</summary>
    public FlowValue Outputs => Execution.Outputs;

    /// <summary>Whether there are inputs (they may be null).</summary>
    public bool HasInputs => Execution.HasInputs;

    /// <summary>Whether there are outputs (they may be null).</summary>
    public bool HasOutputs => Execution.HasOutputs;

    /// <summary>The tracked properties as evaluated; null where it has none.</summary>
    public FlowValue TrackedProperties => Execution.TrackedProperties;

    /// <summary>When it began, on the run's clock.</summary>
    public DateTimeOffset StartTime => new(Execution.StartTicks, TimeSpan.Zero);

    /// <summary>When it ended; the start while it runs.</summary>
    public DateTimeOffset EndTime => new(Execution.EndTicks == 0 ? Execution.StartTicks : Execution.EndTicks, TimeSpan.Zero);

    /// <summary>Failed attempts in order.</summary>
    public IReadOnlyList<FlowValue> RetryHistory => Execution.RetryHistory ?? [];

    /// <summary>Where a lenient rule of the tutorial's dialect (V1 to V6) changed what the action did, each once; empty in every standard file.</summary>
    public IReadOnlyList<string> Notes => Execution.Notes;

    /// <summary>How many repetitions of a loop there were; 0 for anything else.</summary>
    public int RepetitionCount => Execution.RepetitionCount;

    /// <summary>Repetitions of a loop by index, those that are kept (<see cref="RunOptions.History"/>); empty for anything else.</summary>
    public IReadOnlyList<RepetitionRecord> Repetitions
    {
        get
        {
            var execution = Execution;
            return [.. execution.Repetitions.Select(frame => new RepetitionRecord(execution, frame))];
        }
    }

    /// <summary>Whether a limit ended an Until, not its condition.</summary>
    public bool LimitReached => Execution.LimitReached;

    /// <summary>The skipped action of that name inside a loop that had no repetition; null where there is none.</summary>
    internal ActionRecord? SkippedChild(string name)
    {
        foreach (var execution in Execution.Unrun?.Slots ?? [])
        {
            if (execution is not null && string.Equals(execution.Plan.Name, name, StringComparison.OrdinalIgnoreCase)) return new ActionRecord(execution);
        }

        return null;
    }

    /// <summary>Where its definition stands in the file; of an expression that failed, where the failing piece of it stands.</summary>
    public SourceLocation Location => Error?.Cause is { Template: { } template } cause
        ? Execution.Run.Workflow.Document.Locate(template.Path, cause.Span)
        : Execution.Run.Workflow.Document.Locate(Definition.Path);

    /// <summary>The run's id.</summary>
    public string RunId => Execution.Run.Id;

    /// <summary>A text about the run with its secrets masked, as far as they are known by now. What an observer shows goes through here.</summary>
    public string MaskSecrets(string text) => Execution.Run.MaskSecrets(text);

    /// <summary>Whether both are the same execution.</summary>
    public bool Equals(ActionRecord other) => ReferenceEquals(Execution, other.Execution);

    /// <summary>Whether both are the same execution.</summary>
    public override bool Equals(object? obj) => obj is ActionRecord other && Equals(other);

    /// <summary>Of the execution.</summary>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Execution);

    /// <summary>Whether both are the same execution.</summary>
    public static bool operator ==(ActionRecord left, ActionRecord right) => left.Equals(right);

    /// <summary>Whether they are different executions.</summary>
    public static bool operator !=(ActionRecord left, ActionRecord right) => !left.Equals(right);
}
