using System.Diagnostics.CodeAnalysis;
using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>Answers for actions from the entries of a mocks file. One for a run and its child runs.</summary>
/// <param name="mocks">The entries; the first that fits answers.</param>
public sealed class MockActionInterceptor(MockSet mocks) : IActionInterceptor
{
    private readonly Entry[] _entries = [.. mocks.Actions.Select(mock => new Entry(mock))];

    /// <summary>For how many executions each entry answered, or called back, in the order of the entries.</summary>
    internal IReadOnlyList<int> Answered => [.. _entries.Select(entry => entry.Outcomes.Count + entry.Callbacks.Count)];

    /// <inheritdoc/>
    public bool TryIntercept(RunScope scope, out ActionOutcome outcome) => TryIntercept(scope, out outcome, out _);

    /// <inheritdoc/>
    public bool TryIntercept(RunScope scope, out ActionOutcome outcome, out TimeSpan delay)
    {
        foreach (var entry in _entries)
        {
            if (entry.Mock.Outcomes.Count == 0 || !entry.Mock.Fits(scope) || !entry.Calls.Takes()) continue;
            (outcome, delay) = entry.Next(scope);
            return true;
        }

        outcome = default;
        delay = TimeSpan.Zero;
        return false;
    }

    /// <inheritdoc/>
    public bool TryCallBack(RunScope scope, [NotNullWhen(true)] out ScheduledCallback? callback)
    {
        foreach (var entry in _entries)
        {
            if (entry.Mock.Callbacks.Count == 0 || !entry.Mock.Fits(scope) || !entry.Calls.Takes()) continue;
            callback = entry.Callbacks.Next();
            return true;
        }

        callback = null;
        return false;
    }

    private sealed class Entry(ActionMock mock)
    {
        public ActionMock Mock { get; } = mock;

        public CallCounter Calls { get; } = new(mock.Calls);

        public Turns<MockOutcome> Outcomes { get; } = new(mock.Outcomes);

        public MockOutcome Next(RunScope scope)
        {
            var outcome = Outcomes.Next();
            if (Mock.Answer is not { } answer) return outcome;
            try
            {
                return answer(new MockedAction(scope));
            }
            catch (Exception e)
            {
                // Code of the test: what it throws belongs to the test's message, not to the engine.
                return new MockOutcome(ActionOutcome.Failed(MockAnswers.MockFailed, $"The mock of action '{scope.Action.Name}' threw {e.GetType().Name}: {e.Message}"));
            }
        }

        public Turns<ScheduledCallback> Callbacks { get; } = new(mock.Callbacks);
    }
}
