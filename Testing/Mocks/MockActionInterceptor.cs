using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>Answers for actions from the entries of a mocks file. One for a run and its child runs.</summary>
/// <param name="mocks">The entries; the first that fits answers.</param>
public sealed class MockActionInterceptor(MockSet mocks) : IActionInterceptor
{
    private readonly (ActionMock Mock, Turns<ActionOutcome> Turns)[] _entries =
        [.. mocks.Actions.Select(mock => (mock, new Turns<ActionOutcome>(mock.Outcomes)))];

    /// <summary>For how many executions each entry answered, in the order of the entries.</summary>
    public IReadOnlyList<int> Answered => [.. _entries.Select(entry => entry.Turns.Count)];

    public bool TryIntercept(RunScope scope, out ActionOutcome outcome)
    {
        foreach (var (mock, turns) in _entries)
        {
            if (!mock.Fits(scope)) continue;
            outcome = turns.Next();
            return true;
        }

        outcome = default;
        return false;
    }
}
