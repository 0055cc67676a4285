using FlowEngine.Expressions;

namespace FlowEngine.Tests.Expressions;

/// <summary>A scope whose references read a value by their name, and note that they did; an unknown name fails when it is read.</summary>
internal sealed class TestScope(FlowValue values = default) : IBindingScope
{
    /// <summary>The names read so far.</summary>
    public List<string> Read { get; } = [];

    public static TestScope Of(string json) => new(FlowValue.Parse(json));

    public Expression BindReference(ReferenceCall call) => new Reference(this, call.Name ?? call.FunctionName);

    private FlowValue Get(string name)
    {
        Read.Add(name);
        return values.TryGetMember(name, out var value) ? value : throw new ExpressionException($"There is no '{name}'.");
    }

    private sealed class Reference(TestScope scope, string name) : Expression
    {
        public override FlowValue Evaluate(EvaluationContext context) => scope.Get(name);
    }
}

/// <summary>A context with a fixed clock and no chance.</summary>
internal sealed class FixedContext : EvaluationContext
{
    public override DateTime UtcNow => new(2026, 1, 31, 10, 0, 0, DateTimeKind.Utc);

    public override Guid NewGuid() => Guid.Empty;

    public override double NextDouble() => 0;
}
