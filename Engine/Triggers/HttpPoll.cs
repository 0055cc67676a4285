using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine;

/// <summary>Asks the server of an Http trigger whether there is something to do (runtime reference, 4.5).</summary>
/// <remarks>
/// The question is a run of one Http action with the trigger's inputs, so authentication, retries, limits and mocks are those of any call. An answer 200 starts
/// a run; other answers below 400 start none; from 400 on, and without an answer, the trigger fails. Where a condition of the trigger
/// looks at the status code, the conditions alone decide.
/// </remarks>
internal static class HttpPoll
{
    private const string Type = "Http";

    /// <summary>The trigger, where it is one that asks and nobody has given its outputs; null otherwise.</summary>
    public static PlannedTrigger? TriggerOf(Workflow workflow, TriggerRequest request, string? name)
    {
        if (request.HasBody) return null;
        var triggers = workflow.Plan.Triggers;
        var trigger = name is null ? triggers is [var only] ? only : null : triggers.FirstOrDefault(trigger => trigger.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return trigger is { Definition.Type: Type } ? trigger : null;
    }

    /// <summary>Asks.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="trigger">Its trigger.</param>
    /// <param name="last">What the last answer said of this question; null for the first one.</param>
    /// <param name="parameters">The workflow's.</param>
    /// <param name="settings">Of the runs.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<PollAnswer> AskAsync(Workflow workflow, PlannedTrigger trigger, NextPoll? last, FlowValue[] parameters, RunSettings settings, CancellationToken cancellation)
    {
        var question = Question(workflow, trigger, last);
        var decision = new TriggerDispatcher(question, parameters, settings with { Observer = null }, CallerKind.None).Fire(TriggerRequest.Empty, null);
        var run = decision.Runs[0]; // A definition without a trigger always starts.
        run.Start(null, cancellation);
        var asked = (await run.WhenAllEndedAsync().ConfigureAwait(false)).Action(trigger.Name);
        return new PollAnswer(asked, trigger, run.NowTicks());
    }

    private static Workflow Question(Workflow workflow, PlannedTrigger trigger, NextPoll? last)
    {
        var action = new FlowObjectBuilder(5)
            .Add("type", FlowValue.String(Type))
            .Add("inputs", last?.Address is { } address ? At(trigger.Definition.Inputs, address) : trigger.Definition.Inputs)
            .Add("operationOptions", FlowValue.String("DisableAsyncPattern," + trigger.Definition.Raw["operationOptions"].AsStringOrNull));
        var configuration = trigger.Definition.Raw["runtimeConfiguration"].AsObjectOrNull ?? FlowObject.Empty;
        if (!configuration["secureData"].IsNull) action.Add("runtimeConfiguration", FlowValue.Object(("secureData", configuration["secureData"])));
        var definition = FlowValue.Object(
            ("parameters", workflow.Plan.Definition.Raw["parameters"].IsNull ? FlowValue.EmptyObject : workflow.Plan.Definition.Raw["parameters"]),
            ("triggers", FlowValue.EmptyObject),
            ("actions", FlowValue.Object((trigger.Name, action.ToValue()))));
        var settings = workflow.Plan.Settings;
        return Workflow.Parse(
            definition.ToJson(),
            new WorkflowOptions { Host = workflow.Plan.Host, AppSettings = settings.AppSettings, Functions = settings.Functions, Strict = settings.Strict, Actions = [.. settings.CustomActions.Values] },
            "poll.json");
    }

    // A server must not send credentials to another one.
    private static FlowValue At(FlowValue inputs, Uri address)
    {
        var members = (inputs.AsObjectOrNull ?? FlowObject.Empty).ToBuilder();
        members.Remove("queries");
        var isSame = Uri.TryCreate(inputs["uri"].AsStringOrNull, UriKind.Absolute, out var first) && Uri.Compare(first, address, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
        if (!isSame) members.Remove("authentication");
        return members.Set("uri", FlowValue.String(address.AbsoluteUri)).ToValue();
    }
}
