using FlowEngine.Expressions;

namespace FlowEngine.Tests.Expressions;

[Parallelizable(ParallelScope.All)]
public sealed class ExpressionEvaluatorTests
{
    [Test]
    public void A_fault_of_the_text_is_found_before_anything_is_evaluated()
    {
        var error = ExpressionEvaluator.Evaluate(FlowValue.Parse("""{"a":"@int('x')","b":[{"c":"@type"}]}""")).Error!;
        Assert.That((error.Stage, error.Template!.Path, error.Span), Is.EqualTo((EvaluationStage.Parse, "/b/0/c", new TextSpan(5, 0))));
    }

    [Test]
    public void A_failure_names_the_innermost_piece()
    {
        var error = ExpressionEvaluator.Evaluate(FlowValue.String("a @{concat('b', int('c'))}")).Error!;
        Assert.That((error.Code, error.Stage, error.Span), Is.EqualTo(("InvalidTemplate", EvaluationStage.Evaluate, new TextSpan(16, 8))));
    }

    [Test]
    public void Clock_and_chance_can_be_fixed()
    {
        var options = new EvaluationOptions { Time = new FixedTime(), Seed = 7 };
        var template = FlowValue.Parse("""["@utcNow()","@guid()","@rand(1,1000000)"]""");
        var first = ExpressionEvaluator.Evaluate(template, default, options).Value;
        Assert.That(first[0], Is.EqualTo(FlowValue.String("2026-01-31T10:00:00.0000000Z")));
        Assert.That(ExpressionEvaluator.Evaluate(template, default, options).Value, Is.EqualTo(first));
        Assert.That(ExpressionEvaluator.Evaluate(template, default, options with { Seed = 8 }).Value, Is.Not.EqualTo(first));
    }

    [Test]
    public void A_name_that_is_computed_is_looked_up_when_it_is_known()
    {
        var context = FlowValue.Parse("""{"variables":{"which":"B"},"outputs":{"AB":{"body":1}}}""");
        Assert.That(ExpressionEvaluator.Evaluate(FlowValue.String("@body(concat('A', variables('which')))"), context).Value, Is.EqualTo((FlowValue)1));
        Assert.That(
            ExpressionEvaluator.Evaluate(FlowValue.String("@variables(concat('gone', variables('which')))"), context).Error?.Message,
            Is.EqualTo("Template language expression cannot be evaluated: the template variable 'goneB' cannot be found."));
    }

    [Test]
    public void A_trace_reports_every_piece_with_its_value_from_the_inside_out()
    {
        var trace = new Recorder();
        ExpressionEvaluator.Evaluate(
            FlowValue.String("@if(greater(variables('n'), 1), concat('a', 'b'), int('x'))"),
            FlowValue.Parse("""{"variables":{"n":2}}"""),
            new EvaluationOptions { Trace = trace });
        Assert.That(trace.Lines, Is.EqualTo(new[]
        {
            "variables('n') = 2",
            "greater(variables('n'), 1) = true",
            "concat('a', 'b') = \"ab\"",
            "if(greater(variables('n'), 1), concat('a', 'b'), int('x')) = \"ab\"",
        }));
    }

    [Test]
    public void A_trace_reports_a_failure_and_all_that_fails_with_it()
    {
        var trace = new Recorder();
        ExpressionEvaluator.Evaluate(FlowValue.String("@concat(int('x'))"), default, new EvaluationOptions { Trace = trace });
        Assert.That(trace.Lines, Is.EqualTo(new[] { "int('x') failed", "concat(int('x')) failed" }));
    }

    [Test]
    public void A_trace_reports_a_call_whose_branch_was_chosen_when_it_was_bound()
    {
        var trace = new Recorder();
        ExpressionEvaluator.Evaluate(FlowValue.String("@if(true, concat('a'), 2)"), default, new EvaluationOptions { Trace = trace });
        Assert.That(trace.Lines, Is.EqualTo(new[] { "concat('a') = \"a\"", "if(true, concat('a'), 2) = \"a\"" }));
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 31, 10, 0, 0, TimeSpan.Zero);
    }

    private sealed class Recorder : IEvaluationTrace
    {
        public List<string> Lines { get; } = [];

        public void Evaluated(EvaluationContext context, ExpressionSource source, TextSpan span, FlowValue value) =>
            Lines.Add($"{source.Text.Substring(span.Start, span.Length)} = {value}");

        public void Failed(EvaluationContext context, ExpressionSource source, TextSpan span, ExpressionException failure) =>
            Lines.Add($"{source.Text.Substring(span.Start, span.Length)} failed");
    }
}
