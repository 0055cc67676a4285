using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>What an action type needs to make its executor: its definition, and the binder of the plan.</summary>
public abstract class ActionPlan
{
    /// <summary>The action.</summary>
    public abstract ActionDefinition Action { get; }

    /// <summary>Which product's defaults hold.</summary>
    public abstract HostProfile Host { get; }

    /// <summary>Whether extensions are refused.</summary>
    public abstract bool IsStrict { get; }

    /// <summary>Whether the definition has forms of the tutorial's dialect, so that its lenient rules hold (<c>docs/dialect.md</c>).</summary>
    internal virtual bool IsDialect => false;

    /// <summary>Whether a Foreach is around the action, however far out.</summary>
    internal virtual bool IsInForeach => false;

    /// <summary>How many repetitions of a Foreach run side by side where it doesn't say.</summary>
    internal virtual int ForeachConcurrency => Host == HostProfile.PowerAutomate ? 1 : 20;

    /// <summary>Whether a Switch compares texts (the host's option; the service doesn't).</summary>
    internal virtual bool SwitchComparesText => false;

    /// <summary>Compiles a template; <paramref name="member"/> is its place below the action, such as <c>inputs/from</c>.</summary>
    public abstract Expression Bind(FlowValue template, string member);

    /// <summary>Compiles a template that is evaluated while the action runs; <c>action()</c> in it is the action itself.</summary>
    public abstract Expression BindForSelf(FlowValue template, string member);

    /// <summary>Compiles a template in which <c>item()</c> is local 0 of the evaluation context (Select, Query, Table).</summary>
    internal abstract Expression BindForItem(FlowValue template, string member);

    /// <summary>Compiles a condition: an expression string or objects such as <c>{"and": […]}</c> (runtime reference, 3.5).</summary>
    public abstract Expression BindCondition(FlowValue condition, string member);

    /// <summary>Compiles a condition that stands behind the branch (Until): it may read the branch's own actions.</summary>
    internal abstract Expression BindConditionAfter(int branch, FlowValue condition, string member);

    /// <summary>The slot of a variable, also of one that is never initialised.</summary>
    internal abstract int VariableSlot(string name);

    /// <summary>Compiles the whole <c>inputs</c> template.</summary>
    public Expression BindInputs() => Bind(Action.Inputs, "inputs");
}
