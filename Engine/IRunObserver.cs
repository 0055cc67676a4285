namespace FlowEngine;

/// <summary>Watches a run as it happens. Called on the run's loop, one call at a time (requests: on whatever thread they end): be quick, never block.</summary>
public interface IRunObserver
{
    /// <summary>A run begins. The first call of that run.</summary>
    void OnRunStarted(RunStart run)
    {
    }

    /// <summary>An action begins. Its status is Running, its inputs are not evaluated yet.</summary>
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

    /// <summary>A repetition of a loop begins; <paramref name="index"/> counts from 0.</summary>
    void OnRepetitionStarted(ActionRecord loop, int index)
    {
    }

    /// <summary>A repetition of a loop has ended.</summary>
    void OnRepetitionCompleted(ActionRecord loop, RepetitionRecord repetition)
    {
    }

    /// <summary>A request is about to go out: no status yet.</summary>
    void OnRequest(RequestRecord request)
    {
    }

    /// <summary>A request was answered, or failed.</summary>
    void OnResponse(RequestRecord request)
    {
    }

    /// <summary>The run has ended. The last call of that run.</summary>
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
