using FlowEngine.Expressions;

namespace FlowEngine.Benchmarks;

/// <summary>Text to expression: lexer, parser, binder. No cache of parsed texts is kept between compilations.</summary>
internal sealed class ExpressionCompilation
{
    public const string Name = "expression.compile-if";

    private static readonly FlowValue Template = FlowValue.String("@if(greater(add(mul(variables('quantity'), 3), 1), 10), concat('many: ', string(variables('quantity'))), 'few')");

    private readonly IBindingScope _scope = ExpressionScenario.All[0].Scope;

    public Expression Compile() => new Binder(BuiltInFunctions.Table).BindTemplate(Template, string.Empty, _scope);
}
