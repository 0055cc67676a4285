using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>The designer's old actions of dates, numbers and texts: each is a call of the like-named function, its <c>kind</c> says which.</summary>
internal sealed class ExpressionAction(ActionPlan plan) : IActionExecutor
{
    private static readonly Dictionary<string, (string Function, string[] Members)> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CurrentTime"] = ("utcNow", []),
        ["AddToTime"] = ("addToTime", ["baseTime", "interval", "timeUnit"]),
        ["SubtractFromTime"] = ("subtractFromTime", ["baseTime", "interval", "timeUnit"]),
        ["GetFutureTime"] = ("getFutureTime", ["interval", "timeUnit"]),
        ["GetPastTime"] = ("getPastTime", ["interval", "timeUnit"]),
        ["ConvertTimeZone"] = ("convertTimeZone", ["baseTime", "sourceTimeZone", "destinationTimeZone", "formatString"]),
        ["FormatNumber"] = ("formatNumber", ["number", "format", "locale"]),

        // Seen in exported flows; the names of their inputs are assumed, as the functions call them.
        ["IndexOf"] = ("indexOf", ["text", "searchText"]),
        ["Substring"] = ("substring", ["text", "startIndex", "length"]),
    };

    public static ActionSpec Spec { get; } = new(new ActionTypeInfo("Expression") { Kinds = [.. Kinds.Keys], NeedsKind = true }, plan => new ExpressionAction(plan));

    public bool IsPure => true;

    public Expression? Inputs { get; } = plan.BindInputs();

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        if (!Kinds.TryGetValue(scope.Action.Kind ?? string.Empty, out var kind) || !BuiltInFunctions.Table.TryGet(kind.Function, out var function))
        {
            return new(ActionOutcome.Failed(
                "InvalidExpressionActionKind",
                $"The kind '{scope.Action.Kind}' of the action '{scope.Action.Name}' is not supported. The kinds of 'Expression' actions are '{string.Join(", ", Kinds.Keys)}'."));
        }

        var arguments = new FlowValue[kind.Members.Length];
        var count = 0;
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = scope.Inputs[kind.Members[i]];
            if (!arguments[i].IsNull) count = i + 1;
        }

        // Optional members stand last; a missing one before them is the function's to complain about.
        var given = arguments.AsSpan(0, Math.Max(count, function.MinimumArguments));
        var result = function switch
        {
            { Contextual: { } contextual } => contextual(scope.Evaluation, given),
            { Binary: { } binary } => binary(given[0], given[1]),
            _ => function.Variadic!(given), // these functions are one of the three
        };
        return new(ActionOutcome.Succeeded(FlowValue.Object(("body", result))));
    }
}
