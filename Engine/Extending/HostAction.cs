using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>The body of an action of a host.</summary>
internal delegate ValueTask<FlowValue> HostActionBody(RunScope scope, CancellationToken cancellation);

/// <summary>An action of a host: its inputs are checked, its faults are its own, and the run does not depend on its good manners.</summary>
internal sealed class HostAction(ActionPlan plan, HostActionBody body, HostActionOptions options, HostActionInputs inputs) : IActionExecutor
{
    public bool IsPure => options.IsPure;

    public Expression? Inputs { get; } = plan.BindInputs();

    /// <summary>The row of the action table.</summary>
    public static ActionSpec Spec(string type, HostActionBody body, HostActionOptions options, HostActionInputs inputs) =>
        new(new ActionTypeInfo(type) { InputMembers = inputs.Members, RequiredInputs = inputs.Required }, plan => new HostAction(plan, body, options, inputs));

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        if (inputs.FaultOf(scope.Inputs) is { } fault)
            return new(ActionOutcome.Failed(ActionCodes.BadRequest, $"The inputs of action '{plan.Action.Name}' of type '{plan.Action.Type}' do not fit: {fault}"));
        return options.RunsInline ? RunAsync(scope, cancellation) : RunAwayAsync(scope, cancellation);
    }

    private async ValueTask<ActionOutcome> RunAsync(RunScope scope, CancellationToken cancellation)
    {
        try
        {
            return ActionOutcome.Succeeded(await body(scope, cancellation).ConfigureAwait(false));
        }
        catch (ActionFailedException failure)
        {
            var error = new ActionError(failure.Code, failure.Message);
            return failure.Outputs.IsNull ? ActionOutcome.Failed(failure.Code, failure.Message) : ActionOutcome.FailedWith(failure.Outputs, failure.Code, error);
        }
    }

    private async ValueTask<ActionOutcome> RunAwayAsync(RunScope scope, CancellationToken cancellation)
    {
        var running = Task.Run(() => RunAsync(scope, cancellation).AsTask(), CancellationToken.None);
        try
        {
            return await running.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            // What it may still throw is nobody's any more.
            if (!running.IsCompleted) _ = running.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }
}

/// <summary>What the inputs of an action of a host may be.</summary>
internal sealed class HostActionInputs
{
    private readonly JsonSchema? _schema;

    private HostActionInputs(JsonSchema? schema, IReadOnlyList<string>? members, IReadOnlyList<string> required)
    {
        _schema = schema;
        Members = members;
        Required = required;
    }

    /// <summary>Names that they may have; null where any are fine.</summary>
    public IReadOnlyList<string>? Members { get; }

    /// <summary>Names that they must have.</summary>
    public IReadOnlyList<string> Required { get; }

    /// <summary>Reads a schema.</summary>
    /// <exception cref="ArgumentException">The schema is none.</exception>
    public static HostActionInputs Of(FlowValue schema, IReadOnlyList<string>? members = null, IReadOnlyList<string>? required = null)
    {
        if (schema.IsNull) return new HostActionInputs(null, members, required ?? []);
        try
        {
            // Where more members are allowed, only the required ones can be checked.
            var closed = schema["additionalProperties"] == FlowValue.False || (members is not null && schema["additionalProperties"].IsNull);
            var named = closed && schema["properties"].AsObjectOrNull is { } properties ? properties.Names.ToArray() : members;
            var needed = schema["required"].AsArrayOrNull is { } list ? [.. list.Select(name => name.AsString)] : required ?? [];
            return new HostActionInputs(JsonSchema.Compile(schema), named, needed);
        }
        catch (Exception e) when (e is JsonSchemaException or InvalidOperationException or InvalidCastException)
        {
            throw new ArgumentException($"The schema of the inputs is none: {e.Message}", nameof(schema), e);
        }
    }

    /// <summary>What is wrong with evaluated inputs; null where nothing is. Values are not shown: they may be secret.</summary>
    public string? FaultOf(FlowValue inputs)
    {
        foreach (var name in Required)
        {
            if (!inputs.TryGetMember(name, out _)) return $"'{name}' is missing.";
        }

        return _schema?.Validate(inputs) is { Count: > 0 } errors ? string.Join(" ", errors.Select(error => error.Path.Length == 0 ? $"{error.ErrorType} is violated." : $"'{error.Path}' violates '{error.ErrorType}'.")) : null;
    }
}
