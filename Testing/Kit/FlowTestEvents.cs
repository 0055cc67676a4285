using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>What happens to a run from outside at one time.</summary>
public sealed class FlowTestEvents
{
    private readonly TimeSpan _after;
    private readonly List<RunCallback> _callbacks;
    private readonly RunFaults _faults;

    internal FlowTestEvents(TimeSpan after, List<RunCallback> callbacks, RunFaults faults)
    {
        _after = after;
        _callbacks = callbacks;
        _faults = faults;
    }

    /// <summary>Cancels the run. One that has ended by then fails the test.</summary>
    public FlowTestEvents Cancel()
    {
        _faults.CancelAfter.Add(_after);
        return this;
    }

    /// <summary>Calls an action back that waits for it, with this JSON text as the body.</summary>
    /// <param name="action">Its name, ignoring case.</param>
    /// <param name="json">The body.</param>
    /// <param name="repetition">Loop indexes, outermost first, or only the innermost; none for the first that waits.</param>
    public FlowTestEvents Callback(string action, string json, params int[] repetition) => Callback(action, CallbackMessage.WithBody(FlowValue.Parse(json)), repetition);

    /// <summary>Calls an action back that waits for it.</summary>
    /// <param name="action">Its name, ignoring case.</param>
    /// <param name="message">What the callback brings.</param>
    /// <param name="repetition">Loop indexes, outermost first, or only the innermost; none for the first that waits.</param>
    public FlowTestEvents Callback(string action, CallbackMessage message, params int[] repetition)
    {
        _callbacks.Add(new RunCallback(_after, action, message) { Repetition = repetition });
        return this;
    }
}
