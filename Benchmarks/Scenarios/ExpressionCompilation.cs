using FlowEngine.Expressions;

namespace FlowEngine.Benchmarks.Scenarios;

/// <summary>Text to expression: lexer, parser, binder. No cache of parsed texts is kept between compilations.</summary>
internal sealed class ExpressionCompilation
{
    public const string Name = "expression.compile-if";

    /// <summary>The expression of <c>expression.if-first</c>.</summary>
    public const string Text = "@if(greater(length(variables('x')),0),first(variables('x'))['a'],'Unknown')";

    private static readonly FlowValue Template = FlowValue.String(Text);

    private readonly IBindingScope _scope = ExpressionScenario.All[0].Scope;

    public Expression Compile() => new Binder(BuiltInFunctions.Table).BindTemplate(Template, string.Empty, _scope);
}
