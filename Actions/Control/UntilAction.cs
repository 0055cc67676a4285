using System.Globalization;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Repeats its branch until its condition is true, looking at it after each repetition (runtime reference, 3.8).</summary>
/// <remarks>
/// Limits are looked at between repetitions only: 60 times and PT1H unless given. Reaching one ends the loop with the status of its last
/// repetition, unless <c>operationOptions</c> says <c>FailWhenLimitsReached</c>.
/// </remarks>
internal sealed class UntilAction(Expression condition, string source, Expression count, Expression timeout, bool failWhenLimitsReached, bool takesText) : IActionExecutor
{
    private const long DefaultCount = 60;
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromHours(1);

    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("Until") { TakesInputs = false, OwnMembers = ["expression", "actions"], RequiredMembers = ["expression", "limit"] },
        Create);

    public bool IsPure => true;

    public Expression? Inputs => null;

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        FlowValue countValue;
        FlowValue timeoutValue;
        try
        {
            countValue = scope.Evaluate(count);
            timeoutValue = scope.Evaluate(timeout);
        }
        catch (ExpressionException)
        {
            scope.SkipBranch(0, ActionCodes.ActionDependencyFailed, DependencyFailed.Message(scope.Action.Name, ActionStatus.Failed, ActionCodes.BadRequest));
            throw;
        }

        var repetitions = countValue.IsInteger ? countValue.AsInteger
            : countValue.AsStringOrNull is { } text && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed) ? parsed
            : DefaultCount;
        var limit = timeoutValue.AsStringOrNull is { } duration && IsoDuration.TryParse(duration, out var span) ? span : DefaultTimeout;
        return new Loop(this, scope, Math.Max(repetitions, 1), scope.Time.GetTimestamp(), limit, cancellation).Run();
    }

    private static UntilAction Create(ActionPlan plan)
    {
        var expression = plan.Action.Raw["expression"];
        var limit = plan.Action.Raw["limit"];
        return new UntilAction(
            plan.BindConditionAfter(0, expression, "expression"),
            ConditionText.Of(expression),
            plan.Bind(limit["count"], "limit/count"),
            plan.Bind(limit["timeout"], "limit/timeout"),
            plan.Action.OperationOptions.Contains("FailWhenLimitsReached"),
            plan.IsDialect);
    }

    private sealed class Loop(UntilAction until, RunScope scope, long count, long started, TimeSpan limit, CancellationToken cancellation)
    {
        private int _index;

        public ValueTask<ActionOutcome> Run()
        {
            while (true)
            {
                var repetition = scope.RunRepetitionAsync(0, FlowValue.Null, _index, cancellation);
                if (!repetition.IsCompletedSuccessfully) return SuspendedAsync(repetition);
                if (Ended(repetition.Result) is { } outcome) return new(outcome);
            }
        }

        private async ValueTask<ActionOutcome> SuspendedAsync(ValueTask<ActionStatus> pending)
        {
            while (true)
            {
                if (Ended(await pending) is { } outcome) return outcome;
                pending = scope.RunRepetitionAsync(0, FlowValue.Null, _index, cancellation);
            }
        }

        private ActionOutcome? Ended(ActionStatus status)
        {
            _index++;
            if (status == ActionStatus.Cancelled) return ContainerOutcome.Of(status);
            var result = scope.EvaluateInLastRepetition(until.Condition);
            if (until.TakesText) result = ConditionText.AsBoolean(result);
            if (!result.IsBoolean)
            {
                return ActionOutcome.Failed(
                    ActionCodes.ExpressionEvaluationFailed,
                    $"The execution of template action '{scope.Action.Name}' failed: The result of the evaluation of 'until' action expression '{until.ConditionSource}' is not valid. " +
                    $"It is of type '{result.TypeName}' but is expected to be a value of type 'Boolean'.");
            }

            if (result.AsBoolean) return ContainerOutcome.Of(status);
            if (_index < count && scope.Time.GetElapsedTime(started) < limit) return null;
            scope.RecordLimitReached();
            return until.FailsAtLimit
                ? ActionOutcome.Failed(
                    "ActionUntilConditionFailed",
                    $"The execution of template action '{scope.Action.Name}' failed: its limits were reached before its condition '{until.ConditionSource}' was true.")
                : ContainerOutcome.Of(status);
        }
    }

    private Expression Condition => condition;

    private string ConditionSource => source;

    private bool TakesText => takesText;

    private bool FailsAtLimit => failWhenLimitsReached;
}
