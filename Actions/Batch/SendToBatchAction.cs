using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Adds a message to a batch of another workflow: <c>{statusCode, headers, body: {batchName, messageId, partitionName}}</c> (runtime reference, 3.17).</summary>
/// <remarks>
/// The workflow is found as that of the action Workflow is. The action ends once the message is taken; what the batch then starts is a run of its own.
/// A message without id gets a GUID, one without partition goes to <c>DEFAULT</c>. Status 202 and the codes of refusals are assumed.
/// </remarks>
internal sealed class SendToBatchAction(ActionPlan plan) : IActionExecutor
{
    private const int Accepted = 202;

    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("SendToBatch") { InputMembers = ["batchName", "content", "partitionName", "messageId", "host"], RequiredInputs = ["batchName", "content", "host"] },
        plan => new SendToBatchAction(plan));

    public bool IsPure => false;

    public Expression? Inputs { get; } = plan.BindInputs();

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation) => new(Execute(scope));

    private static ActionOutcome Execute(RunScope scope)
    {
        var inputs = scope.Inputs;
        var name = scope.Action.Name;
        if (WorkflowAction.NameOf(inputs["host"]) is not { Length: > 0 } workflow) return Failed($"The inputs of action '{name}' name no workflow: 'host.workflow.id' was expected.");
        if (inputs["batchName"].AsStringOrNull is not { Length: > 0 } batch) return Failed($"The inputs of action '{name}' name no batch: 'batchName' must be text, but is of type '{inputs["batchName"].TypeName}'.");
        if (!TryText(inputs["partitionName"], out var partition)) return Failed(NoText(name, "partitionName", inputs));
        if (!TryText(inputs["messageId"], out var id)) return Failed(NoText(name, "messageId", inputs));
        if (partition.Length == 0) partition = BatchMessage.DefaultPartition;
        if (id.Length == 0) id = scope.Evaluation.NewGuid().ToString("D");
        if (scope.SendToBatch(new BatchMessage(workflow, inputs["host"]["triggerName"].AsStringOrNull, batch, partition, id, inputs["content"])) is { } error)
            return new ActionOutcome(ActionStatus.Failed, error.Code, default, HasOutputs: false, error);
        var outputs = FlowValue.Object(
            ("statusCode", FlowValue.Integer(Accepted)),
            ("headers", FlowValue.EmptyObject),
            ("body", FlowValue.Object(("batchName", FlowValue.String(batch)), ("messageId", FlowValue.String(id)), ("partitionName", FlowValue.String(partition)))));
        return ActionOutcome.Succeeded(outputs, HttpStatusNames.CodeOf(Accepted));
    }

    // Numbers are ids as well as texts are; objects are none.
    private static bool TryText(FlowValue value, out string text)
    {
        text = value.IsObject || value.IsArray ? string.Empty : ValueText.Of(value);
        return !value.IsObject && !value.IsArray;
    }

    private static string NoText(string action, string member, FlowValue inputs) => $"The '{member}' of action '{action}' must be text, but is of type '{inputs[member].TypeName}'.";

    private static ActionOutcome Failed(string message) => ActionOutcome.Failed(ActionCodes.BadRequest, message);
}
