namespace FlowEngine.Expressions;

/// <summary>What all evaluations of one run have cost together: many cheap ones can do what one dear one may not.</summary>
/// <remarks>Owned by a run's loop, so it needs no lock.</remarks>
internal sealed class RunBudget
{
    private long _steps;
    private long _bytes;

    /// <summary>What was charged so far: reading arguments whose size counts, by the step.</summary>
    internal long Steps => _steps;

    internal void Add(long steps, long bytes)
    {
        _steps += steps;
        _bytes += bytes;
    }

    /// <summary>Refuses a further template once the budget is used up.</summary>
    /// <exception cref="ExpressionException">The run has used up its budget; no further template is evaluated in it.</exception>
    internal void Check(ExpressionLimits limits)
    {
        if (_steps > limits.MaxRunSteps) throw EvaluationBudget.Exceeded(limits.MaxRunSteps, "steps in one run");
        if (_bytes > limits.MaxRunBytes) throw EvaluationBudget.Exceeded(limits.MaxRunBytes, "bytes of results in one run");
    }
}
