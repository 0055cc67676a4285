using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>
/// An entry that answers in place of running an action, or calls back one that runs and waits for it: by the action's name, or by the operation that it calls.
/// </summary>
/// <param name="Outcomes">How the action ends, used in turn; the last one repeats. None where the action runs.</param>
internal sealed record ActionMock(IReadOnlyList<MockOutcome> Outcomes)
{
    /// <summary>What calls the action back, used in turn; the last one repeats. None where <see cref="Outcomes"/> stand for the action.</summary>
    public IReadOnlyList<ScheduledCallback> Callbacks { get; init; } = [];

    /// <summary>The action's name, compared ignoring case; null where the operation decides.</summary>
    public string? Action { get; init; }

    /// <summary>The connection that the action uses (a reference name, a connection name, or the last segment of an id); null for any.</summary>
    public string? Connection { get; init; }

    /// <summary>The operation that the action calls; null where the name decides.</summary>
    public string? OperationId { get; init; }

    /// <summary>Loop indexes, outermost first, or only the innermost; empty for all repetitions.</summary>
    public IReadOnlyList<int> Repetition { get; init; } = [];

    /// <summary>The numbers, from 1, of those executions for which it answers, counted over all that it fits; empty for all.</summary>
    public IReadOnlyList<int> Calls { get; init; } = [];

    /// <summary>Gives the outcome of each execution in place of <see cref="Outcomes"/>; null where those do.</summary>
    internal Func<MockedAction, MockOutcome>? Answer { get; init; }

    /// <summary>Whether it answers for this execution, <see cref="Calls"/> aside.</summary>
    public bool Fits(RunScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (Action is not null && !Action.Equals(scope.Action.Name, StringComparison.OrdinalIgnoreCase)) return false;
        return (OperationId is null || FitsOperation(scope.Inputs)) && FitsRepetition(scope.RepetitionIndexes());
    }

    private bool FitsOperation(FlowValue inputs)
    {
        var host = inputs["host"];
        var provider = inputs["serviceProviderConfiguration"];
        if (!Same(host["operationId"], OperationId!) && !Same(provider["operationId"], OperationId!)) return false;
        return Connection is null
            || Same(host["connectionReferenceName"], Connection)
            || Same(host["connectionName"], Connection)
            || Same(host["connection"]["referenceName"], Connection)
            || Same(host["connection"]["name"], Connection)
            || Same(host["apiId"], Connection)
            || Same(provider["connectionName"], Connection);
    }

    private bool FitsRepetition(FlowArray indexes)
    {
        if (Repetition.Count == 0) return true;
        if (Repetition.Count != 1 && Repetition.Count != indexes.Count) return false;
        var skipped = indexes.Count - Repetition.Count;
        if (skipped < 0) return false;
        for (var i = 0; i < Repetition.Count; i++)
        {
            if (indexes[skipped + i].AsInteger != Repetition[i]) return false;
        }

        return true;
    }

    // Ids are paths such as /providers/Microsoft.PowerApps/apis/shared_office365: the last segment is the name that people know.
    private static bool Same(FlowValue value, string name) =>
        value.AsStringOrNull is { } text
        && (text.Equals(name, StringComparison.OrdinalIgnoreCase) || text.AsSpan(text.LastIndexOf('/') + 1).Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>How a mocked action ends.</summary>
/// <param name="Outcome">Its status, code, outputs and error.</param>
/// <param name="Delay">How long it takes, on the run's clock; the action's time limit counts meanwhile.</param>
public sealed record MockOutcome(ActionOutcome Outcome, TimeSpan Delay = default)
{
    /// <summary>Succeeds with outputs.</summary>
    public static MockOutcome Succeeds(FlowValue outputs) => new(ActionOutcome.Succeeded(outputs));

    /// <summary>Succeeds with outputs whose <c>body</c> is this JSON text.</summary>
    public static MockOutcome SucceedsWithBodyJson(string body) => Succeeds(FlowValue.Object(("body", FlowValue.Parse(body))));

    /// <summary>Fails with a code and a message.</summary>
    public static MockOutcome Fails(string code, string message = "") => new(ActionOutcome.Failed(code, message));
}
