namespace FlowEngine;

/// <summary>The observers of one run as one: null where nobody watches, so that watching costs nothing then.</summary>
internal static class RunObservers
{
    public static IRunObserver? Of(IReadOnlyList<IRunObserver> engine, RunTelemetry? telemetry, IRunObserver? own)
    {
        if (own is null && telemetry is null && !AnyListens(engine)) return null;
        var all = new List<IRunObserver>(engine.Where(Listens));
        if (telemetry is not null) all.Add(telemetry);
        if (own is not null) all.Add(own);
        return new SecretLearner(all.Count == 1 ? all[0] : new Several([.. all]));
    }

    /// <summary>Two as one; the first may be missing.</summary>
    public static IRunObserver Both(IRunObserver? first, IRunObserver second) => first is null ? second : new Several([first, second]);

    private static bool AnyListens(IReadOnlyList<IRunObserver> observers)
    {
        for (var i = 0; i < observers.Count; i++)
        {
            if (Listens(observers[i])) return true;
        }

        return false;
    }

    // A log without anybody who hears even the worst is as good as none.
    private static bool Listens(IRunObserver observer) => observer is not LogObserver { IsSilent: true };

    private sealed class Several(IRunObserver[] observers) : IRunObserver
    {
        public void OnRunStarted(RunStart run)
        {
            foreach (var observer in observers) observer.OnRunStarted(run);
        }

        public void OnActionStarted(ActionRecord action)
        {
            foreach (var observer in observers) observer.OnActionStarted(action);
        }

        public void OnActionCompleted(ActionRecord action)
        {
            foreach (var observer in observers) observer.OnActionCompleted(action);
        }

        public void OnRetry(ActionRecord action, int attempt, TimeSpan delay)
        {
            foreach (var observer in observers) observer.OnRetry(action, attempt, delay);
        }

        public void OnRepetitionStarted(ActionRecord loop, int index)
        {
            foreach (var observer in observers) observer.OnRepetitionStarted(loop, index);
        }

        public void OnRepetitionCompleted(ActionRecord loop, RepetitionRecord repetition)
        {
            foreach (var observer in observers) observer.OnRepetitionCompleted(loop, repetition);
        }

        public void OnRequest(RequestRecord request)
        {
            foreach (var observer in observers) observer.OnRequest(request);
        }

        public void OnResponse(RequestRecord request)
        {
            foreach (var observer in observers) observer.OnResponse(request);
        }

        public void OnRunCompleted(RunResult run)
        {
            foreach (var observer in observers) observer.OnRunCompleted(run);
        }
    }
}
