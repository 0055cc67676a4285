using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Runs a transform of content: pure computation over the action's inputs and an artifact.</summary>
/// <param name="plan">The action.</param>
/// <param name="transform">Gives the outputs; fails by <see cref="TransformException"/>.</param>
internal sealed class TransformAction(ActionPlan plan, Func<RunScope, CancellationToken, FlowValue> transform) : IActionExecutor
{
    public static ActionSpec Xslt { get; } = new(
        new ActionTypeInfo("Xslt") { InputMembers = ["content", "map", "function", "integrationAccount", "xsltParameters", "transformOptions", "transformedContentSchema"], RequiredInputs = ["content"] },
        plan => new TransformAction(plan, new XsltTransform().Run));

    public static ActionSpec Validation { get; } = new(
        new ActionTypeInfo("XmlValidation") { InputMembers = ["content", "schema", "integrationAccount"], RequiredInputs = ["content"] },
        plan => new TransformAction(plan, XmlValidation.Run));

    public static ActionSpec Parse { get; } = new(
        new ActionTypeInfo("XmlParse") { InputMembers = ["content", "schema", "jsonWriterSettings", "xmlReaderSettings"], RequiredInputs = ["content", "schema"] },
        plan => new TransformAction(plan, XmlParse.Run));

    public static ActionSpec Compose { get; } = new(
        new ActionTypeInfo("XmlCompose") { InputMembers = ["content", "schema", "xmlWriterSettings", "DateTimeFormat"], RequiredInputs = ["content", "schema"] },
        plan => new TransformAction(plan, XmlCompose.Run));

    public static ActionSpec Liquid { get; } = new(
        new ActionTypeInfo("Liquid") { InputMembers = ["content", "map", "integrationAccount"], RequiredInputs = ["content"], Kinds = LiquidTransform.Kinds, NeedsKind = true },
        plan => new TransformAction(plan, LiquidTransform.Run));

    public bool IsPure => true;

    public Expression? Inputs { get; } = plan.BindInputs();

    // Off the run's loop: a transform may take seconds.
    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation) => scope.Inputs["content"].IsNull
        ? new(TemplateFailure.InInputs(scope.Action.Name, "Required property 'content' expects a value but got null. Path ''.")) // field report, of XmlValidation
        : new(Task.Run(() => Execute(scope, cancellation), CancellationToken.None));

    private ActionOutcome Execute(RunScope scope, CancellationToken cancellation)
    {
        try
        {
            return ActionOutcome.Succeeded(transform(scope, cancellation));
        }
        catch (TransformException failure)
        {
            return ActionOutcome.Failed(failure.Code, failure.Message);
        }
    }
}
