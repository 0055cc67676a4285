using FlowEngine.Expressions;

namespace FlowEngine.Cli;

/// <summary><c>--trace</c>: a line for each sub-expression, inner ones first.</summary>
internal sealed class TraceWriter(TextWriter output) : IEvaluationTrace
{
    private const int LongestValue = 120;

    public void Evaluated(EvaluationContext context, ExpressionSource source, TextSpan span, FlowValue value) =>
        Write(source, span, TerminalText.Shorten(value.ToJson(), LongestValue));

    public void Failed(EvaluationContext context, ExpressionSource source, TextSpan span, ExpressionException failure) => Write(source, span, "fails: " + failure.Message);

    private void Write(ExpressionSource source, TextSpan span, string said) =>
        output.WriteLine(TerminalText.Clean($"{source.Text.AsSpan(span.Start, span.Length)} -> {said}"));
}
