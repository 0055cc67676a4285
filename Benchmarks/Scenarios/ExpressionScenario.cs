using FlowEngine.Expressions;

namespace FlowEngine.Benchmarks.Scenarios;

/// <summary>One expression to measure, bound to values that stay the same but are not constants to the binder.</summary>
internal sealed class ExpressionScenario
{
    private static readonly Binder Binder = new(BuiltInFunctions.Table);
    private static readonly FixedContext Context = new();

    private readonly Expression _expression;

    private ExpressionScenario(string name, string template, FlowValue values = default)
    {
        Name = name;
        Template = template;
        Scope = new ValueScope(values);
        _expression = Binder.BindTemplate(FlowValue.String(template), string.Empty, Scope);
    }

    public static IReadOnlyList<ExpressionScenario> All { get; } =
    [
        new("expression.concat-constant", "@concat('a','b','c')"),
        new("expression.if-first", ExpressionCompilation.Text, Values("""{"x":[{"a":"first"},{"a":"second"}]}""")),
        new("expression.interpolation-3", "Order @{variables('id')} of @{variables('customer')}: @{variables('total')}", Values("""{"id":"A-4711","customer":"Contoso","total":12}""")),
        new("expression.add-mul", "@add(mul(variables('a'),3),sub(variables('b'),mul(2,variables('c'))))", Values("""{"a":14,"b":7,"c":3}""")),
        new("expression.union-100", "@union(variables('a'),variables('b'))", FlowValue.Object(("a", Rows(0, 100)), ("b", Rows(50, 100)))),
        new("expression.path-5", "@variables('order')?['customer']?['address']?['country']?['region']?['name']",
            Values("""{"order":{"customer":{"address":{"country":{"region":{"name":"EU"}}}}}}""")),
    ];

    public string Name { get; }

    public string Template { get; }

    public IBindingScope Scope { get; }

    public FlowValue Evaluate() => _expression.Evaluate(Context);

    private static FlowValue Values(string json) => FlowValue.Parse(json);

    private static FlowValue Rows(int start, int count) => FlowArray.Create(
        Enumerable.Range(start, count).Select(i => FlowValue.Object(("id", i), ("name", FlowValue.String($"item {i}")))));

    /// <summary>Every reference reads the value of its name.</summary>
    private sealed class ValueScope(FlowValue values) : IBindingScope
    {
        public Expression BindReference(ReferenceCall call) => new ValueNode(values[call.Name ?? call.FunctionName]);
    }

    private sealed class ValueNode(FlowValue value) : Expression
    {
        public override FlowValue Evaluate(EvaluationContext context) => value;
    }

    private sealed class FixedContext : EvaluationContext
    {
        public override DateTime UtcNow => new(2026, 2, 1, 8, 0, 0, DateTimeKind.Utc);

        public override Guid NewGuid() => Guid.Empty;

        public override double NextDouble() => 0;
    }
}
