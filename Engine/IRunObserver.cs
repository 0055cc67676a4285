namespace FlowEngine;

/// <summary>Watches a run as it happens. Called on the run's loop, one call at a time (requests: on whatever thread they end): be quick, never block.</summary>
public interface IRunObserver
{
    void OnRunStarted(RunStart run)
    {
    }

    void OnActionStarted(ActionRecord action)
    {
    }

    /// <summary>An action ended; also one that was skipped, then without a start before.</summary>
    void OnActionCompleted(ActionRecord action)
    {
    }

    /// <summary>An attempt failed; the next follows after <paramref name="delay"/>.</summary>
    /// <param name="action">The action.</param>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="delay">The wait on the run's clock.</param>
    void OnRetry(ActionRecord action, int attempt, TimeSpan delay)
    {
    }

    void OnRepetitionStarted(ActionRecord loop, int index)
    {
    }

    void OnRepetitionCompleted(ActionRecord loop, RepetitionRecord repetition)
    {
    }

    void OnRequest(RequestRecord request)
    {
    }

    void OnResponse(RequestRecord request)
    {
    }

    void OnRunCompleted(RunResult run)
    {
    }
}

/// <summary>A run that begins.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="Trigger">The trigger's name.</param>
/// <param name="UtcTicks">When.</param>
public readonly record struct RunStart(string RunId, string Workflow, string Trigger, long UtcTicks)
{
    /// <summary>The client tracking id: the caller's, or the run's own id.</summary>
    public string CorrelationId { get; init; } = RunId;
}
