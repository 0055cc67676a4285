using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>What a run knows of the expressions that it evaluates, where a limit or the tutorial's dialect asks.</summary>
internal sealed class RunEvaluations(ExpressionLimits limits)
{
    /// <summary>What all of them have cost; null where no limit asks.</summary>
    public RunBudget? Budget { get; } = limits is { MaxRunSteps: < long.MaxValue } or { MaxRunBytes: < long.MaxValue } ? new RunBudget() : null;

    /// <summary>The action whose expressions are evaluated, or were last: evaluation is never interrupted.</summary>
    public ActionExecution? Action { get; set; }
}
