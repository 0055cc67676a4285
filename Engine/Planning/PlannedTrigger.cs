using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>A trigger with its templates compiled.</summary>
internal sealed class PlannedTrigger(TriggerDefinition definition)
{
    public TriggerDefinition Definition { get; } = definition;

    public string Name => Definition.Name;

    /// <summary>All must be true for a run to start.</summary>
    public IReadOnlyList<Expression> Conditions { get; init; } = [];

    /// <summary>Gives the array of which each item starts a run, or null.</summary>
    public Expression? SplitOn { get; init; }

    /// <summary>Whether the number of runs at a time is limited.</summary>
    public bool HasConcurrency => OperationOptions.Contains("SingleInstance") || !Definition.Raw["runtimeConfiguration"]["concurrency"]["runs"].IsNull;

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

    public static PlannedTrigger Compile(TriggerDefinition trigger, HostProfile host, Binder binder, IBindingScope scope)
    {
        var raw = trigger.Raw;
        var options = (raw["operationOptions"].AsStringOrNull ?? string.Empty)
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var schema = trigger.Inputs["schema"];
        var checksSchema = schema.IsObject && (host == HostProfile.PowerAutomate || options.Contains("EnableSchemaValidation"));
        var conditions = new List<Expression>();
        if (raw["conditions"].AsArrayOrNull is { } written)
        {
            for (var i = 0; i < written.Count; i++) conditions.Add(binder.BindCondition(written[i]["expression"], $"{trigger.Path}/conditions/{i}/expression", scope));
        }

        return new PlannedTrigger(trigger)
        {
            Conditions = conditions,
            SplitOn = Optional(raw["splitOn"], "splitOn"),
            ClientTrackingId = Optional(raw["correlation"]["clientTrackingId"], "correlation/clientTrackingId"),
            SplitTrackingId = Optional(raw["splitOnConfiguration"]["correlation"]["clientTrackingId"], "splitOnConfiguration/correlation/clientTrackingId"),
            Schema = checksSchema ? JsonSchema.Compile(schema) : null,
            OperationOptions = options,
        };

        Expression? Optional(FlowValue template, string member) => template.IsNull ? null : binder.BindTemplate(template, $"{trigger.Path}/{member}", scope);
    }
}
