using System.Diagnostics.CodeAnalysis;

namespace FlowEngine.Actions;

/// <summary>Answers in place of running an action: mocks, replay. One instance serves a whole run, its child runs included.</summary>
public interface IActionInterceptor
{
    /// <summary>Called once the action's inputs are evaluated, before its executor would run; also for types that nothing here runs.</summary>
    /// <param name="scope">The execution; its inputs are evaluated.</param>
    /// <param name="outcome">How the action ends, where the result is true.</param>
    /// <returns>Whether <paramref name="outcome"/> stands for the action.</returns>
    bool TryIntercept(RunScope scope, out ActionOutcome outcome);

    /// <summary>The same, for answers that take their time. The engine asks this one.</summary>
    /// <param name="scope">The execution; its inputs are evaluated.</param>
    /// <param name="outcome">How the action ends, where the result is true.</param>
    /// <param name="delay">How long it takes on the run's clock before it ends so or, where the result is false, before it runs. The action's time limit counts meanwhile.</param>
    /// <returns>Whether <paramref name="outcome"/> stands for the action.</returns>
    bool TryIntercept(RunScope scope, out ActionOutcome outcome, out TimeSpan delay)
    {
        delay = TimeSpan.Zero;
        return TryIntercept(scope, out outcome);
    }

    /// <summary>Called when an action that was not intercepted begins to wait to be called back.</summary>
    /// <param name="scope">The execution.</param>
    /// <param name="callback">What calls it back, and when; where the result is true.</param>
    /// <returns>Whether <paramref name="callback"/> will come.</returns>
    bool TryCallBack(RunScope scope, [NotNullWhen(true)] out ScheduledCallback? callback)
    {
        callback = null;
        return false;
    }
}
