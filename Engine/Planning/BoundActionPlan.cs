using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>The plan as the factory of one action's executor sees it.</summary>
internal sealed class BoundActionPlan(WorkflowPlan plan, PlannedAction action, Binder binder, PlanSettings settings, bool isCalledBack) : ActionPlan
{
    private readonly PlanScope _scope = new(plan, action.Frame, settings) { CalledBack = isCalledBack ? action : null };

    public override ActionDefinition Action => action.Definition;

    public override HostProfile Host => plan.Host;

    public override bool IsStrict => settings.Strict;

    internal override bool IsDialect => plan.Dialect == ExpressionDialect.Tutorial;

    public override Expression Bind(FlowValue template, string member) => binder.BindTemplate(template, PathOf(member), _scope);

    public override Expression BindForSelf(FlowValue template, string member) =>
        binder.BindTemplate(template, PathOf(member), new PlanScope(plan, action.Frame, settings) { Self = action, CalledBack = _scope.CalledBack });

    internal override Expression BindForItem(FlowValue template, string member) => binder.BindTemplate(template, PathOf(member), _scope, itemIsLocal: true);

    public override Expression BindCondition(FlowValue condition, string member) => binder.BindCondition(condition, PathOf(member), _scope, asks: true);

    internal override Expression BindConditionAfter(int branch, FlowValue condition, string member) =>
        binder.BindCondition(condition, PathOf(member), new PlanScope(plan, action.Repetition ?? action.Frame, settings), asks: true);

    internal override int VariableSlot(string name) => plan.VariableSlot(name);

    private string PathOf(string member) => action.Definition.Path + "/" + member;
}
