using System.Globalization;
using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>A trigger with its templates compiled.</summary>
internal sealed class PlannedTrigger(TriggerDefinition definition)
{
    /// <summary>The type of triggers with windows.</summary>
    public const string SlidingWindowType = "SlidingWindow";

    public TriggerDefinition Definition { get; } = definition;

    public string Name => Definition.Name;

    /// <summary>All must be true for a run to start.</summary>
    public IReadOnlyList<Expression> Conditions { get; init; } = [];

    /// <summary>Gives the array of which each item starts a run, or null.</summary>
    public Expression? SplitOn { get; init; }

    /// <summary>Gives <c>recurrence</c> of a trigger that its schedule fires, or null.</summary>
    public Expression? Recurrence { get; init; }

    /// <summary>Gives the inputs of a host's own trigger, or null.</summary>
    public Expression? OwnInputs { get; init; }

    /// <summary>Gives <c>delay</c> of a SlidingWindow trigger, or null.</summary>
    public Expression? Delay { get; init; }

    /// <summary>Gives the <c>configurations</c> of a Batch trigger, or null.</summary>
    public Expression? Batches { get; init; }

    /// <summary>Whether the number of runs at a time is limited.</summary>
    public bool HasConcurrency => OperationOptions.Contains("SingleInstance") || Definition.Raw["runtimeConfiguration"]["concurrency"].IsObject;

    /// <summary>Whether somebody calls it and can be told to come again; others look by themselves, or are due.</summary>
    public bool IsCalled => Definition.Type is "Request" || Definition.Type.EndsWith("Webhook", StringComparison.Ordinal) || Definition.Type.EndsWith("Notification", StringComparison.Ordinal);

    /// <summary>Gives <c>{runs, maximumWaitingRuns}</c>, or null.</summary>
    public Expression? Concurrency { get; init; }

    /// <summary>Gives the client tracking id, or null.</summary>
    public Expression? ClientTrackingId { get; init; }

    /// <summary>Gives the client tracking id of each item of <c>splitOn</c>, or null.</summary>
    public Expression? SplitTrackingId { get; init; }

    /// <summary>What a request's body must match, where the trigger checks it: opt-in, always in Power Automate (runtime reference, 4.2).</summary>
    public JsonSchema? Schema { get; init; }

    /// <summary>What is hidden from the record.</summary>
    public SecuredParts Secured { get; } = SecureData.Of(definition.Raw["runtimeConfiguration"]);

    /// <summary>The words of <c>operationOptions</c>.</summary>
    public IReadOnlySet<string> OperationOptions { get; init; } = new HashSet<string>();

    /// <summary>How many runs there may be; null where nothing limits them.</summary>
    public TriggerLimit? LimitIn(EvaluationContext context)
    {
        if (!HasConcurrency) return null;
        var configuration = Concurrency?.Evaluate(context) ?? default;
        return TriggerLimit.Of(OperationOptions.Contains("SingleInstance"), Number(configuration["runs"]), Number(configuration["maximumWaitingRuns"]));

        static long? Number(FlowValue value) =>
            value.IsInteger ? value.AsInteger : long.TryParse(value.AsStringOrNull, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    public static PlannedTrigger Compile(TriggerDefinition trigger, HostProfile host, bool? checksRequestSchema, Binder binder, IBindingScope scope)
    {
        var raw = trigger.Raw;
        var options = (raw["operationOptions"].AsStringOrNull ?? string.Empty)
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var schema = trigger.Inputs["schema"];
        var checksSchema = schema.IsObject && (checksRequestSchema ?? (host == HostProfile.PowerAutomate || options.Contains("EnableSchemaValidation")));
        var conditions = new List<Expression>();
        if (raw["conditions"].AsArrayOrNull is { } written)
        {
            for (var i = 0; i < written.Count; i++) conditions.Add(binder.BindCondition(written[i]["expression"], $"{trigger.Path}/conditions/{i}/expression", scope));
        }

        return new PlannedTrigger(trigger)
        {
            Conditions = conditions,
            Concurrency = Optional(raw["runtimeConfiguration"]["concurrency"], "runtimeConfiguration/concurrency"),
            Recurrence = trigger.Type is "Recurrence" or "Http" or SlidingWindowType ? Optional(raw["recurrence"], "recurrence") : null,
            OwnInputs = DefinitionOptions.ServiceTriggerTypes.Contains(trigger.Type, StringComparer.Ordinal) ? null : Optional(trigger.Inputs, "inputs"),
            Delay = trigger.Type == SlidingWindowType ? Optional(trigger.Inputs["delay"], "inputs/delay") : null,
            Batches = trigger.Type == "Batch" ? Optional(trigger.Inputs["configurations"], "inputs/configurations") : null,
            SplitOn = Optional(raw["splitOn"], "splitOn"),
            ClientTrackingId = Optional(raw["correlation"]["clientTrackingId"], "correlation/clientTrackingId"),
            SplitTrackingId = Optional(raw["splitOnConfiguration"]["correlation"]["clientTrackingId"], "splitOnConfiguration/correlation/clientTrackingId"),
            Schema = checksSchema ? JsonSchema.Compile(schema) : null,
            OperationOptions = options,
        };

        Expression? Optional(FlowValue template, string member) => template.IsNull ? null : binder.BindTemplate(template, $"{trigger.Path}/{member}", scope);
    }
}
