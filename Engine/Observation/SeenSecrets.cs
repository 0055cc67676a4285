using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>The secrets of a run as far as they are known while it goes on: for what observers show. Any thread may ask.</summary>
internal sealed class SeenSecrets
{
    private readonly Lock _gate = new();
    private readonly Run _run;
    private readonly HashSet<string> _secrets;
    private SecretMask? _mask;
    private int _learned;

    public SeenSecrets(Run run)
    {
        _run = run;
        _secrets = SecretMask.KnownAtStart(run);
    }

    /// <summary>An action has ended; what it hides is a secret from now on.</summary>
    public void Add(ActionExecution execution)
    {
        var secured = execution.Plan.Secured;
        if (secured == SecuredParts.None) return;
        lock (_gate)
        {
            if (secured.HasFlag(SecuredParts.Inputs)) SecretMask.Collect(execution.RecordedInputs, _secrets);
            if (secured.HasFlag(SecuredParts.Outputs)) SecretMask.Collect(execution.Outputs, _secrets);
            _mask = null;
        }
    }

    /// <summary>Tells the runs that this one starts.</summary>
    public void Share()
    {
        lock (_gate) _run.Learned.Add(_secrets);
    }

    public string Mask(string text) => Current().Apply(text);

    public FlowValue Mask(FlowValue value) => Current().Apply(value);

    // A mask never changes: it is applied outside of the lock.
    private SecretMask Current()
    {
        lock (_gate)
        {
            if (_run.Learned.Count is var learned && learned != _learned)
            {
                _run.Learned.CopyTo(_secrets);
                _learned = learned;
                _mask = null;
            }

            return _mask ??= new SecretMask(_secrets);
        }
    }
}

/// <summary>Stands in front of a run's observer and learns the secrets before it.</summary>
internal sealed class SecretLearner(IRunObserver observer) : IRunObserver
{
    public void OnRunStarted(RunStart run) => observer.OnRunStarted(run);

    public void OnActionStarted(ActionRecord action) => observer.OnActionStarted(action);

    public void OnActionCompleted(ActionRecord action)
    {
        action.Execution.Run.Secrets?.Add(action.Execution);
        observer.OnActionCompleted(action);
    }

    public void OnRetry(ActionRecord action, int attempt, TimeSpan delay) => observer.OnRetry(action, attempt, delay);

    public void OnRepetitionStarted(ActionRecord loop, int index) => observer.OnRepetitionStarted(loop, index);

    public void OnRepetitionCompleted(ActionRecord loop, RepetitionRecord repetition) => observer.OnRepetitionCompleted(loop, repetition);

    public void OnRequest(RequestRecord request) => observer.OnRequest(request);

    public void OnResponse(RequestRecord request) => observer.OnResponse(request);

    public void OnRunCompleted(RunResult run) => observer.OnRunCompleted(run);
}
