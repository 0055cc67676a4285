using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>Which actions of a flow were reached with made-up data.</summary>
public sealed record FlowWalkResult
{
    /// <summary>How the first run ended; null where none started.</summary>
    public required ActionStatus? Status { get; init; }

    /// <summary>Why no run started; null where one did.</summary>
    public required string? NotStarted { get; init; }

    /// <summary>How many runs there were.</summary>
    public required int Runs { get; init; }

    /// <summary>How many actions the first run reached.</summary>
    public required int ReachedAtFirst { get; init; }

    /// <summary>Every action, in document order.</summary>
    public required IReadOnlyList<FlowWalkAction> Actions { get; init; }

    /// <summary>How many actions all runs together reached.</summary>
    public int Reached => Count(FlowWalkState.Reached);

    /// <summary>How many actions are in a state.</summary>
    public int Count(FlowWalkState state) => Actions.Count(action => action.State == state);
}

/// <summary>What became of an action.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Pointer">Its JSON Pointer in the file.</param>
/// <param name="State">Whether it was reached.</param>
/// <param name="Failure">Why it failed in the first run; null where it didn't.</param>
public sealed record FlowWalkAction(string Name, string Type, string Pointer, FlowWalkState State, FlowWalkFailure? Failure);

/// <summary>Why an action failed with made-up data.</summary>
/// <param name="Code">The service's code.</param>
/// <param name="Message">The service's words.</param>
public sealed record FlowWalkFailure(string Code, string Message);

/// <summary>Whether an action was reached.</summary>
public enum FlowWalkState
{
    /// <summary>It started in one of the runs.</summary>
    Reached,

    /// <summary>No run took its way: the side of a condition, a case, a loop without items, what runs after a failure that never was.</summary>
    NotTaken,

    /// <summary>Something before it failed with the data that was made up.</summary>
    BehindFailure,
}
