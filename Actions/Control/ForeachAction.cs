using System.Globalization;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Runs one repetition of its branch per element of <c>foreach</c> (runtime reference, 3.7).</summary>
/// <remarks>
/// Repetitions start in index order, as many side by side as <c>runtimeConfiguration.concurrency.repetitions</c> says (1..50), one at a time under
/// <c>operationOptions: Sequential</c>; without either 20, or 1 for Power Automate files. A Foreach in a Foreach always runs them one at a time. A failed repetition
/// never stops the others.
/// </remarks>
internal sealed class ForeachAction(Expression items, string source, int concurrency) : IActionExecutor
{
    private const int MaxItems = 100_000;

    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("Foreach") { TakesInputs = false, OwnMembers = ["foreach", "actions"], RequiredMembers = ["foreach"] },
        plan => new ForeachAction(plan.Bind(plan.Action.Raw["foreach"], "foreach"), ConditionText.Of(plan.Action.Raw["foreach"]), Concurrency(plan)));

    public bool IsPure => true;

    public Expression? Inputs => null;

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        FlowValue value;
        try
        {
            value = scope.Evaluate(items);
        }
        catch (ExpressionException)
        {
            Skip(scope, ActionCodes.BadRequest);
            throw;
        }

        if (value.AsArrayOrNull is not { } array)
        {
            Skip(scope, ActionCodes.ExpressionEvaluationFailed);
            return new(ActionOutcome.Failed(
                ActionCodes.ExpressionEvaluationFailed,
                $"The execution of template action '{scope.Action.Name}' failed: the result of the evaluation of 'foreach' expression '{source}' is of type '{value.TypeName}'. " +
                "The result must be a valid array."));
        }

        if (array.Count > MaxItems)
        {
            Skip(scope, "ForeachItemsLimitExceeded");
            return new(ActionOutcome.Failed(
                "ForeachItemsLimitExceeded",
                string.Create(CultureInfo.InvariantCulture, $"The execution of template action '{scope.Action.Name}' failed: the 'foreach' array has {array.Count} items, more than the {MaxItems} allowed.")));
        }

        scope.RecordInputs(value);
        if (array.Count == 0)
        {
            // Children of a loop over nothing are Skipped (assumed, runtime reference section 7 point 8).
            scope.SkipBranch(0, ActionCodes.ActionBranchingConditionNotSatisfied, BranchNotTaken.Message);
            return new(ActionOutcome.SucceededQuietly);
        }

        return new Repetitions(scope, array, cancellation).RunAsync(concurrency);
    }

    private static int Concurrency(ActionPlan plan)
    {
        if (plan.IsInForeach || plan.Action.OperationOptions.Contains("Sequential")) return 1;
        var configured = plan.Action.RuntimeConfiguration["concurrency"]["repetitions"];
        return (int)Math.Clamp(configured.IsInteger ? configured.AsInteger : plan.ForeachConcurrency, 1, 50);
    }

    private static void Skip(RunScope scope, string code) =>
        scope.SkipBranch(0, ActionCodes.ActionDependencyFailed, DependencyFailed.Message(scope.Action.Name, ActionStatus.Failed, code));

    /// <summary>The lanes of one execution; all on the run's loop, so the shared index needs no lock.</summary>
    private sealed class Repetitions(RunScope scope, FlowArray array, CancellationToken cancellation)
    {
        private int _next;
        private ActionStatus _status = ActionStatus.Succeeded;

        public ValueTask<ActionOutcome> RunAsync(int lanes)
        {
            while (_next < array.Count)
            {
                var index = _next++;
                var repetition = scope.RunRepetitionAsync(0, array[index], index, cancellation);
                if (!repetition.IsCompletedSuccessfully) return SuspendedAsync(repetition, Math.Min(lanes, array.Count));
                Note(repetition.Result);
            }

            return new(ContainerOutcome.Of(_status));
        }

        private async ValueTask<ActionOutcome> SuspendedAsync(ValueTask<ActionStatus> first, int lanes)
        {
            var running = new Task[lanes];
            running[0] = LaneAsync(first);
            for (var lane = 1; lane < lanes; lane++) running[lane] = LaneAsync(new ValueTask<ActionStatus>(ActionStatus.Succeeded));
            await Task.WhenAll(running);
            return ContainerOutcome.Of(_status);
        }

        private async Task LaneAsync(ValueTask<ActionStatus> pending)
        {
            Note(await pending);
            while (_next < array.Count)
            {
                var index = _next++;
                Note(await scope.RunRepetitionAsync(0, array[index], index, cancellation));
            }
        }

        // Apart from the await: what stands left of one is read before it, and other lanes end meanwhile.
        private void Note(ActionStatus status) => _status = ContainerOutcome.Worse(_status, status);
    }
}
