using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Reads <c>content</c>, where it is text, and checks it against <c>schema</c>. The value is never converted to fit.</summary>
/// <remarks>Checked in this order (recorded): null content, patterns in the schema, binary content, reading, the schema itself.</remarks>
internal sealed class ParseJsonAction : IActionExecutor
{
    private readonly CompiledSchema? _constant;

    private ParseJsonAction(ActionPlan plan)
    {
        Inputs = plan.BindInputs();
        var schema = plan.Bind(plan.Action.Inputs["schema"], "inputs/schema");
        if (schema.IsConstant) _constant = CompiledSchema.Of(schema.Evaluate(null!)); // a constant needs no context
    }

    public static ActionSpec Spec { get; } = new(
        new ActionTypeInfo("ParseJson") { InputMembers = ["content", "schema"], RequiredInputs = ["content", "schema"] },
        plan => new ParseJsonAction(plan));

    public bool IsPure => true;

    public Expression? Inputs { get; }

    public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation) => new(Execute(scope));

    private ActionOutcome Execute(RunScope scope)
    {
        var content = scope.Inputs["content"];
        if (content.IsNull || content.AsStringOrNull is "")
            return TemplateFailure.InInputs(scope.Action.Name, "Required property 'content' expects a value but got null. Path ''.");
        var schema = scope.Action.Inputs.IsObject && _constant is { } constant ? constant : CompiledSchema.Of(scope.Inputs["schema"]);
        if (schema.HasPattern)
        {
            return ActionOutcome.Failed(
                "ActionSchemaNotSupported",
                "The 'schema' property of action 'ParseJson' inputs contains 'pattern' or 'patternProperties' properties. "
                + "'Pattern' or 'patternProperties' properties are not supported in the action json schema.");
        }

        if (BinaryContent.FromValue(content) is { } binary)
        {
            return ActionOutcome.Failed(
                ActionCodes.BadRequest,
                $"The property 'content' must be of type JSON in the 'ParseJson' action inputs, but was of type '{binary.ContentType}'.");
        }

        try
        {
            if (content.AsStringOrNull is { } text) content = LenientJson.Read(text);
        }
        catch (FlowJsonException e)
        {
            return ActionOutcome.Failed(
                "InvalidJSON",
                $"The 'content' property of actions of type 'ParseJson' must be valid JSON. The provided value cannot be parsed: '{e.Message}'.");
        }

        return Validate(schema, content);
    }

    private static ActionOutcome Validate(CompiledSchema schema, FlowValue content)
    {
        try
        {
            var errors = schema.Schema.Validate(content);
            return errors.Count == 0
                ? ActionOutcome.Succeeded(FlowValue.Object(("body", content)))
                : ActionOutcome.FailedWith(
                    FlowValue.Object(("errors", FlowArray.Create(errors.Select(error => error.ToValue())))),
                    "ValidationFailed",
                    new ActionError("ValidationFailed", "The schema validation failed."));
        }
        catch (JsonSchemaException e)
        {
            return ActionOutcome.Failed("ActionSchemaInvalid", $"The 'schema' property of action 'ParseJson' inputs is not a valid JSON schema. {e.Message}");
        }
    }

    /// <summary>A schema with what is known of it before the first value.</summary>
    private sealed class CompiledSchema
    {
        private readonly JsonSchema? _schema;
        private readonly JsonSchemaException? _failure;

        private CompiledSchema(FlowValue schema)
        {
            HasPattern = JsonSchema.HasPattern(schema);
            try
            {
                _schema = JsonSchema.Compile(schema.IsNull ? FlowValue.EmptyObject : schema);
            }
            catch (JsonSchemaException e)
            {
                _failure = e;
            }
        }

        public bool HasPattern { get; }

        /// <summary>The schema.</summary>
        /// <exception cref="JsonSchemaException">It is no schema.</exception>
        public JsonSchema Schema => _schema ?? throw new JsonSchemaException(_failure!.Message); // one of the two is set

        public static CompiledSchema Of(FlowValue schema) => new(schema);
    }
}
