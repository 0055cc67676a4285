using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>An action that a mock in code answers for: see <see cref="ActionMockBuilder.Answers"/>.</summary>
public sealed class MockedAction
{
    internal MockedAction(RunScope scope)
    {
        Name = scope.Action.Name;
        Inputs = scope.Inputs;
        Repetition = [.. scope.RepetitionIndexes().Select(index => (int)index.AsInteger)];
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its inputs, evaluated.</summary>
    public FlowValue Inputs { get; }

    /// <summary>Loop indexes, outermost first; empty outside of loops.</summary>
    public IReadOnlyList<int> Repetition { get; }
}
