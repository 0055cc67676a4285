using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>The plan as the factory of one action's executor sees it.</summary>
/// <param name="action">The action.</param>
/// <param name="binder">The binder of the plan.</param>
/// <param name="scope">What names mean in the action's frame.</param>
internal sealed class BoundActionPlan(PlannedAction action, Binder binder, PlanScope scope) : ActionPlan
{
    public override ActionDefinition Action => action.Definition;

    public override HostProfile Host => scope.Plan.Host;

    public override bool IsStrict => scope.Settings.Strict;

    internal override bool IsDialect => scope.Plan.Dialect == ExpressionDialect.Tutorial;

    internal override bool IsInForeach => action.Frame.IsInForeach;

    internal override int ForeachConcurrency => scope.Settings.ForeachConcurrency ?? base.ForeachConcurrency;

    internal override bool SwitchComparesText => scope.Settings.SwitchComparesText;

    public override Expression Bind(FlowValue template, string member) => binder.BindTemplate(template, At(member), scope);

    public override Expression BindForSelf(FlowValue template, string member) =>
        binder.BindTemplate(template, At(member), new PlanScope(scope.Plan, action.Frame, scope.Settings) { Self = action, CalledBack = scope.CalledBack });

    internal override Expression BindForItem(FlowValue template, string member) => binder.BindTemplate(template, At(member), scope, itemIsLocal: true);

    public override Expression BindCondition(FlowValue condition, string member) => binder.BindCondition(condition, At(member), scope, asks: true);

    internal override Expression BindConditionAfter(int branch, FlowValue condition, string member) =>
        binder.BindCondition(condition, At(member), new PlanScope(scope.Plan, action.Repetition ?? action.Frame, scope.Settings), asks: true);

    internal override int VariableSlot(string name) => scope.Plan.VariableSlot(name);

    private TemplatePlace At(string member) => TemplatePlace.Below(action.Definition.At, member);
}
