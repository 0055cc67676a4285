using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>What names mean in a frame of a plan: slots where they are known, look-ups by name where the name is computed.</summary>
internal sealed class PlanScope(WorkflowPlan plan, FrameLayout frame, PlanSettings settings) : IBindingScope
{
    public WorkflowPlan Plan => plan;

    public PlanSettings Settings => settings;

    /// <summary>The action that <c>action()</c> is; null where it has no meaning.</summary>
    public PlannedAction? Self { get; init; }

    /// <summary>The action that <c>listCallbackUrl()</c> means; null where it has no meaning.</summary>
    public PlannedAction? CalledBack { get; init; }

    public Expression BindReference(ReferenceCall call) => call.Function switch
    {
        ReferenceFunction.Item => BindItem(call),
        ReferenceFunction.Trigger => new TriggerReference(TriggerPart.Record),
        ReferenceFunction.TriggerOutputs => new TriggerReference(TriggerPart.Outputs),
        ReferenceFunction.TriggerBody => new TriggerReference(TriggerPart.Body),
        ReferenceFunction.Action when Self is not null => new SelfReference(Self.Slot),
        ReferenceFunction.Workflow => new WorkflowReference(),
        ReferenceFunction.ListCallbackUrl when CalledBack is not null => new CallbackUrlReference(CalledBack.Slot),
        ReferenceFunction.Action or ReferenceFunction.ListCallbackUrl => NotExpected(call),
        ReferenceFunction.AppSetting when settings.AppSettings is null => NotExpected(call),
        _ when call.Name is { } name => BindNamed(call, name),
        _ => BindComputed(call),
    };

    private Expression BindNamed(ReferenceCall call, string name) => call.Function switch
    {
        ReferenceFunction.Variables => BindVariable(name),
        ReferenceFunction.Parameters => BindParameter(name),
        ReferenceFunction.Outputs => BindAction(call, name, ActionPart.Outputs),
        ReferenceFunction.Body => BindAction(call, name, ActionPart.Body),
        ReferenceFunction.Actions => BindAction(call, name, ActionPart.Record),
        ReferenceFunction.Result => BindResult(call, name),
        ReferenceFunction.Items => BindLoop(call, name, index: false),
        ReferenceFunction.IterationIndexes => BindLoop(call, name, index: true),
        ReferenceFunction.AppSetting when settings.AppSettings is { } own => BindAppSetting(own, name),
        _ => NotExpected(call),
    };

    private Expression BindComputed(ReferenceCall call)
    {
        if (call.ComputedName is null) return new Failure($"The template function '{call.FunctionName}' must have at least one parameter.");
        if (call.Function is ReferenceFunction.Outputs or ReferenceFunction.Body or ReferenceFunction.Actions or ReferenceFunction.Result) plan.NoteReaderOfAll();
        return new ComputedReference(call.FunctionName, call.ComputedName, name => BindNamed(call, name));
    }

    private static Failure NotExpected(ReferenceCall call) => new($"The template function '{call.FunctionName}' is not expected at this location.");

    private Expression BindVariable(string name) =>
        plan.TryGetVariable(name, out var slot)
            ? new VariableReference(slot, name)
            : new Failure($"Template language expression cannot be evaluated: the template variable '{name}' cannot be found.");

    private Expression BindParameter(string name) =>
        plan.TryGetParameter(name, out var slot)
            ? new ParameterReference(slot)
            : new Failure($"The workflow parameter '{name}' is not found.");

    private Expression BindAction(ReferenceCall call, string name, ActionPart part)
    {
        if (!plan.TryGetAction(name, out var target)) return UnknownAction(call, name);
        var isUnited = call.Place == ReferencePlace.United && part == ActionPart.Outputs && target.Definition.Type is "Select" or "Query";
        if (isUnited) part = ActionPart.Body;
        else if (call.Place == ReferencePlace.Coalesced && part == ActionPart.Body) part = ActionPart.BodyOfSuccess;
        var hops = frame.HopsTo(target.Frame);
        if (part == ActionPart.Record) plan.NoteReader(target);
        for (var layout = target.Frame; hops < 0 && frame.HopsTo(layout) < 0; layout = layout.Parent!) plan.NoteReader(layout.Loop!); // Only the run's own frame has neither, and that one encloses everything.
        Expression reference = hops >= 0 ? new ActionReference(hops, target.Slot, part) : AggregateReference.To(target, frame, part);
        return isUnited ? new NotedReference(reference, $"V5: the outputs of '{target.Name}' stand for its array") : reference;
    }

    private Expression BindResult(ReferenceCall call, string name)
    {
        if (!plan.TryGetAction(name, out var target)) return UnknownAction(call, name);
        var hops = frame.HopsTo(target.Frame);
        plan.NoteReader(target);
        return hops >= 0 ? new ResultReference(hops, target) : new Failure($"The action '{name}' is inside a loop that has ended; 'result' reads one execution only.");
    }

    private Expression BindLoop(ReferenceCall call, string name, bool index)
    {
        var hops = 0;
        for (var layout = frame; layout is not null; layout = layout.Parent, hops++)
        {
            if (layout.Loop is not null && plan.TryGetAction(name, out var named) && ReferenceEquals(layout.Loop, named)) return new ItemReference(hops, index);
        }

        return new Failure($"The repetition action(s) '{name}' referenced by '{call.FunctionName}' are not defined in the template.");
    }

    private Expression BindItem(ReferenceCall call)
    {
        var hops = 0;
        for (var layout = frame; layout is not null; layout = layout.Parent, hops++)
        {
            if (layout.Loop?.Definition.Type == "Foreach") return new ItemReference(hops, index: false);
        }

        return new Failure($"The template function '{call.FunctionName}' is not expected at this location.");
    }

    private static Expression BindAppSetting(FlowObject settings, string name) =>
        settings.TryGet(name, out var value) ? new Literal(value) : new Failure($"The app setting '{name}' is not found.");

    private static Failure UnknownAction(ReferenceCall call, string name) =>
        new($"The action(s) '{name}' referenced by '{call.FunctionName}' are not defined in the template.");
}
