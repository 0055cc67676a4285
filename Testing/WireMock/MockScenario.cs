namespace FlowEngine.Testing;

/// <summary>A step of a scenario: the mock answers only in one state, and moves on to another.</summary>
/// <param name="Name">The scenario; all mocks of that name share its state.</param>
/// <param name="RequiredState">The state in which it answers; null for any.</param>
/// <param name="NewState">The state after its answer; null keeps the state.</param>
/// <param name="Times">After so many answers in the same state it moves on.</param>
internal sealed record MockScenario(string Name, string? RequiredState, string? NewState, int Times = 1)
{
    /// <summary>The state in which every scenario of WireMock begins.</summary>
    public const string Started = "Started";
}

/// <summary>The states of the scenarios of one run.</summary>
internal sealed class ScenarioStates
{
    private readonly Dictionary<string, (string? State, int Answered)> _states = new(StringComparer.Ordinal);

    /// <summary>The state of a scenario in words.</summary>
    public string Of(string name)
    {
        lock (_states) return _states.TryGetValue(name, out var now) ? now.State ?? MockScenario.Started : MockScenario.Started;
    }

    /// <summary>Whether the step may be taken now; then it is.</summary>
    public bool Takes(MockScenario? step)
    {
        if (step is null) return true;
        lock (_states)
        {
            var (state, answered) = _states.TryGetValue(step.Name, out var now) ? now : (MockScenario.Started, 0);
            if (step.RequiredState is not null && step.RequiredState != state) return false;
            if (step.NewState is null) return true;
            _states[step.Name] = ++answered >= step.Times ? (step.NewState, 0) : (state, answered);
            return true;
        }
    }
}
