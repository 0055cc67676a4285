namespace FlowEngine.Expressions;

/// <summary>A scope whose names are the members of a context value; see <see cref="ExpressionEvaluator"/>.</summary>
internal sealed class ContextScope(FlowValue values, EvaluationOptions options) : IBindingScope
{
    public EvaluationContext Context { get; } = new ValueContext(options);

    public Expression BindReference(ReferenceCall call)
    {
        if (call.ComputedName is not { } name) return Resolve(call, call.Name);
        return new ByName(name, call.FunctionName, text => Resolve(call, text));
    }

    private Expression Resolve(ReferenceCall call, string? name) => call.Function switch
    {
        ReferenceFunction.Variables => Member("variables", name, $"Template language expression cannot be evaluated: the template variable '{name}' cannot be found."),
        ReferenceFunction.Parameters => Member("parameters", name, $"The workflow parameter '{name}' is not found."),
        ReferenceFunction.Outputs => Action(call, name, outputs => outputs),
        ReferenceFunction.Body => Action(call, name, outputs => outputs["body"]),
        ReferenceFunction.Actions => Action(call, name, outputs => FlowValue.Object(("name", FlowValue.String(name)), ("outputs", outputs))),
        ReferenceFunction.Items => Member("items", name, NoLoop(call, name)),
        ReferenceFunction.IterationIndexes => Member("iterationIndexes", name, NoLoop(call, name)),
        ReferenceFunction.Item => Whole(call, "item"),
        ReferenceFunction.Workflow => Whole(call, "workflow"),
        ReferenceFunction.Trigger => new Literal(values["trigger"]),
        ReferenceFunction.TriggerOutputs => new Literal(values["trigger"]["outputs"]),
        ReferenceFunction.TriggerBody => new Literal(values["trigger"]["outputs"]["body"]),
        _ => FunctionFaults.NotExpected(call.FunctionName),
    };

    private Expression Member(string kind, string? name, string missing) =>
        values[kind].TryGetMember(name ?? string.Empty, out var value) ? new Literal(value) : new Failure(missing, Nearest(kind, name));

    private Expression Action(ReferenceCall call, string? name, Func<FlowValue, FlowValue> part) =>
        values["outputs"].TryGetMember(name ?? string.Empty, out var outputs)
            ? new Literal(part(outputs))
            : new Failure($"The action(s) '{name}' referenced by '{call.FunctionName}' are not defined in the template.", Nearest("outputs", name));

    private string? Nearest(string kind, string? name) =>
        values[kind].AsObjectOrNull is { } known ? NearestName.Hint(name ?? string.Empty, known.Names) : null;

    private Expression Whole(ReferenceCall call, string kind) =>
        values.TryGetMember(kind, out var value) ? new Literal(value) : FunctionFaults.NotExpected(call.FunctionName);

    private static string NoLoop(ReferenceCall call, string? name) =>
        $"The repetition action(s) '{name}' referenced by '{call.FunctionName}' are not defined in the template.";

    private sealed class ByName(Expression name, string function, Func<string, Expression> resolve) : Expression
    {
        public override FlowValue Evaluate(EvaluationContext context) => name.Evaluate(context).AsStringOrNull is { } text
            ? resolve(text).Evaluate(context)
            : throw new ExpressionException($"The provided parameters for template language function '{function}' are not valid.");
    }

    private sealed class ValueContext(EvaluationOptions options) : EvaluationContext
    {
        private readonly Random _random = options.Seed is { } seed ? new Random(seed) : new Random();

        public override DateTime UtcNow { get; } = options.Time.GetUtcNow().UtcDateTime;

        public override ExpressionLimits Limits => options.Limits;

        public override Guid NewGuid()
        {
            Span<byte> bytes = stackalloc byte[16];
            _random.NextBytes(bytes);
            bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
            bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
            return new Guid(bytes, bigEndian: true);
        }

        public override double NextDouble() => _random.NextDouble();
    }
}
