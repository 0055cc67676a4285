using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>Makes a <see cref="WorkflowPlan"/> of a definition: slots, order, executors, compiled templates.</summary>
internal sealed class PlanCompiler
{
    private readonly WorkflowPlan _plan;
    private readonly Binder _binder;
    private readonly PlanSettings _settings;
    private bool _hasScript;

    private PlanCompiler(WorkflowPlan plan, Binder binder, PlanSettings settings)
    {
        _plan = plan;
        _binder = binder;
        _settings = settings;
    }

    public static WorkflowPlan Compile(WorkflowDocument document, PlanSettings settings)
    {
        var definition = document.Definition ?? throw new DefinitionException(document);
        var plan = new WorkflowPlan(definition, settings.Host ?? document.Host, settings.Name)
        {
            Settings = settings,
            Dialect = settings.Strict ? ExpressionDialect.Strict : document.IsDialect ? ExpressionDialect.Tutorial : ExpressionDialect.Extended,
        };
        var binder = new Binder(settings.Functions, plan.Dialect, document.Templates, probe: settings.Probe);
        new PlanCompiler(plan, binder, settings).Compile();
        return plan;
    }

    private void Compile()
    {
        // First every action gets its slot, then templates are compiled: an expression may name any action.
        _plan.Root = Layout(_plan.Definition.Root, null, _plan.RootFrame);
        var scope = new PlanScope(_plan, _plan.RootFrame, _settings);
        CompileBranch(_plan.Root, scope);
        _plan.Triggers = [.. _plan.Definition.Triggers.Select(trigger => PlannedTrigger.Compile(trigger, _plan.Host, _settings.ChecksRequestSchema, _binder, scope))];
        SecurePropagation.Apply(_plan, _binder.Texts);
        if (_hasScript) _plan.NoteReaderOfAll();
        _plan.Outputs = [.. _plan.Definition.Outputs.Select(output => new PlannedOutput(output, _binder.BindTemplate(output.Value, output.Path + "/value", scope)))];
        _plan.IsCompiled = true;
    }

    private PlannedBranch Layout(BranchDefinition definition, PlannedAction? container, FrameLayout frame)
    {
        var branch = new PlannedBranch(definition) { Written = new PlannedAction[definition.Actions.Count] };
        for (var i = 0; i < branch.Written.Length; i++)
        {
            var action = definition.Actions[i];
            var planned = branch.Written[i] = new PlannedAction(action, container, frame, frame.NextSlot()) { Position = i };
            _plan.Add(planned);
            if (action.Type == "Response") _plan.HasResponse = true;
            if (action.Type == "InitializeVariable") NoteVariables(action);
            _hasScript |= action.Type == "JavaScriptCode";
            var inner = frame;
            if (action.Type is "Foreach" or "Until") inner = planned.Repetition = new FrameLayout(frame, planned);
            if (action.Branches.Count == 0) continue;
            planned.Branches = new PlannedBranch[action.Branches.Count];
            for (var nested = 0; nested < action.Branches.Count; nested++) planned.Branches[nested] = Layout(action.Branches[nested], planned, inner);
        }

        BranchOrder.Arrange(branch, _plan);
        return branch;
    }

    // The order in the file means nothing: what is written first may read a variable that is initialised further down.
    private void NoteVariables(ActionDefinition action)
    {
        foreach (var variable in action.Inputs["variables"].AsArrayOrNull ?? FlowArray.Empty)
        {
            if (variable["name"].AsStringOrNull is { } name) _plan.VariableSlot(name);
        }
    }

    // All actions of a frame share what names mean there; only those that are called back need a meaning of their own.
    private void CompileBranch(PlannedBranch branch, PlanScope scope)
    {
        foreach (var action in branch.Written)
        {
            var isKnown = _settings.TryGetAction(action.Definition.Type, out var spec);
            var own = spec is { IsCalledBack: true } ? new PlanScope(_plan, action.Frame, _settings) { CalledBack = action } : scope;
            var plan = new BoundActionPlan(action, _binder, own);
            action.Executor = isKnown ? spec!.Create(plan) : new UnknownAction(plan);
            if (_settings.Decorate is { } decorate) action.Executor = decorate(action.Executor);
            if (!action.Definition.RuntimeConfiguration.IsNull) Configure(action);
            if (!action.IsContainer && action.Definition.Raw["limit"]["timeout"] is { IsString: true } limit && limit.AsString.Contains('@', StringComparison.Ordinal))
                action.TimeLimit = plan.Bind(limit, "limit/timeout");
            if (action.Definition.TrackedProperties is { IsNull: false } tracked && _plan.Definition.Kind != "Stateless")
            {
                action.TrackedProperties = _binder.BindTemplate(
                    tracked, action.Definition.Path + "/trackedProperties", new PlanScope(_plan, action.Frame, _settings) { Self = action });
            }

            var inner = action.Repetition is null ? scope : new PlanScope(_plan, action.Repetition, _settings);
            foreach (var nested in action.Branches) CompileBranch(nested, inner);
        }
    }

    private void Configure(PlannedAction action)
    {
        action.ContinuesOnError = _plan.Dialect == ExpressionDialect.Tutorial && action.Definition.RuntimeConfiguration["continueOnError"] == true;
        action.Secured = SecureData.Of(action.Definition);
        action.StaticResult = StaticResults.Of(_plan.Definition, action.Definition);
        if (StaticResults.GivenStatusOf(_plan.Definition, action.Definition) is { } status) action.Executor = new GivenStatus(action.Executor, status);
    }
}
