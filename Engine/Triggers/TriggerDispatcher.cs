using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine;

/// <summary>Chooses the trigger, makes its outputs, looks at conditions and <c>splitOn</c> (runtime reference, 4).</summary>
internal sealed class TriggerDispatcher(Workflow workflow, FlowValue[] parameters, TimeProvider time, Chance chance)
{
    /// <summary>A definition without a trigger can still be run by hand, under this name.</summary>
    private const string Manual = "manual";

    public TriggerDecision Fire(TriggerRequest request, string? name)
    {
        var trigger = Choose(name);
        var start = time.GetUtcNow().UtcTicks;
        var outputs = RequestOutputs.Of(request);
        var firing = new TriggerFiring(
            trigger?.Name ?? Manual,
            trigger?.Inputs ?? default,
            trigger is not null && trigger.Inputs.AsObjectOrNull is { Count: > 0 },
            outputs,
            outputs.IsObject,
            start,
            start)
        { Secured = trigger is null ? SecuredParts.None : SecureData.Of(trigger.Raw["runtimeConfiguration"]) };
        _ = parameters;
        _ = chance;
        return new TriggerDecision { Firings = [firing], CallerWaits = trigger?.Type is "Request" };
    }

    /// <exception cref="InvalidInputException">No such trigger, or several and none named.</exception>
    private TriggerDefinition? Choose(string? name)
    {
        var triggers = workflow.Plan.Definition.Triggers;
        if (name is not null)
        {
            return triggers.FirstOrDefault(trigger => string.Equals(trigger.Name, name, StringComparison.OrdinalIgnoreCase))
                ?? throw new InvalidInputException($"The workflow has no trigger '{name}'. It has: {Names(triggers)}.");
        }

        if (triggers.Count <= 1) return triggers.Count == 0 ? null : triggers[0];
        throw new InvalidInputException($"The workflow has several triggers; name one of them: {Names(triggers)}.");
    }

    private static string Names(IReadOnlyList<TriggerDefinition> triggers) => triggers.Count == 0 ? "none" : string.Join(", ", triggers.Select(trigger => trigger.Name));
}
