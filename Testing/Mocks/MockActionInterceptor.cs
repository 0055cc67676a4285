using System.Diagnostics.CodeAnalysis;
using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>Answers for actions from the entries of a mocks file. One for a run and its child runs.</summary>
/// <param name="mocks">The entries; the first that fits answers.</param>
public sealed class MockActionInterceptor(MockSet mocks) : IActionInterceptor
{
    private readonly (ActionMock Mock, Turns<ActionOutcome> Turns, Turns<ScheduledCallback> Callbacks)[] _entries =
        [.. mocks.Actions.Select(mock => (mock, new Turns<ActionOutcome>(mock.Outcomes), new Turns<ScheduledCallback>(mock.Callbacks)))];

    /// <summary>For how many executions each entry answered, or called back, in the order of the entries.</summary>
    public IReadOnlyList<int> Answered => [.. _entries.Select(entry => entry.Turns.Count + entry.Callbacks.Count)];

    public bool TryIntercept(RunScope scope, out ActionOutcome outcome)
    {
        foreach (var (mock, turns, _) in _entries)
        {
            if (mock.Outcomes.Count == 0 || !mock.Fits(scope)) continue;
            outcome = turns.Next();
            return true;
        }

        outcome = default;
        return false;
    }

    public bool TryCallBack(RunScope scope, [NotNullWhen(true)] out ScheduledCallback? callback)
    {
        foreach (var (mock, _, callbacks) in _entries)
        {
            if (mock.Callbacks.Count == 0 || !mock.Fits(scope)) continue;
            callback = callbacks.Next();
            return true;
        }

        callback = null;
        return false;
    }
}
