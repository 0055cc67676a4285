using FlowEngine.Expressions;

namespace FlowEngine.Tests.Expressions;

/// <summary>What the extension functions refuse, and where they exist.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ExtensionFunctionTests
{
    [TestCase("abs(1)", "abs")]
    [TestCase("sum(createArray(1))", "sum")]
    [TestCase("hmacSha256('a', 'b')", "hmacSha256")]
    public void The_strict_dialect_knows_no_extension(string call, string name)
    {
        var result = Evaluate(call, ExpressionDialect.Strict);

        Assert.That(result.Error?.Message, Is.EqualTo($"The template function '{name}' is not defined or not valid."));
    }

    [Test]
    public void The_strict_dialect_has_max_over_numbers_only()
    {
        Assert.That(Evaluate("max(1, createArray(5), 3)", ExpressionDialect.Strict).Error, Is.Not.Null);
        Assert.That(Evaluate("max(1, createArray(5), 3)").Value, Is.EqualTo(FlowValue.Integer(5)));
    }

    [TestCase("hmacSha256(5, 'key')", "expects its first parameter to be of type string. The provided value is of type 'Integer'.")]
    [TestCase("hmacSha256('text', null)", "expects its second parameter to be of type string. The provided value is of type 'Null'.")]
    [TestCase("hmacSha256('text', 'key', 'binary')", "expects its third parameter to be 'hex' or 'base64'.")]
    [TestCase("sum(createArray(1, '2'))", "Found a value of type 'String'.")]
    [TestCase("sum(null)", "expects its first parameter to be an array. The provided value is of type 'Null'.")]
    [TestCase("average(json('[]'))", "Attempt to divide an integral or decimal value by zero in function 'average'.")]
    [TestCase("max(json('[]'), json('[]'))", "The provided array is empty.")]
    [TestCase("sum(9223372036854775807, 1)", "Arithmetic operation resulted in an overflow.")]
    [TestCase("regexMatch('a', '(')", "was invoked with a pattern that is not valid")]
    public void A_wrong_argument_is_refused(string call, string words)
    {
        Assert.That(Evaluate(call).Error?.Message, Does.Contain(words));
    }

    [Test]
    public void Binary_content_is_digested_by_its_bytes()
    {
        Assert.That(Evaluate("equals(sha256(binary('abc')), sha256('abc'))").Value, Is.EqualTo(FlowValue.True));
    }

    [Test]
    public void A_pattern_that_would_backtrack_for_ever_ends()
    {
        var result = Evaluate($"regexMatch('{new string('a', 40)}!', '^(a+)+$')");

        Assert.That(result.Value, Is.EqualTo(FlowValue.False));
    }

    [Test]
    public void A_pattern_that_must_backtrack_has_a_time_limit()
    {
        var result = Evaluate($"regexMatch('{new string('a', 40)}!', '^(?=(a+)+$)a')");

        Assert.That(result.Error?.Message, Does.Contain("took longer than 250 ms"));
    }

    private static EvaluationResult Evaluate(string call, ExpressionDialect dialect = ExpressionDialect.Extended) =>
        ExpressionEvaluator.Evaluate(FlowValue.String("@" + call), default, new EvaluationOptions { Dialect = dialect, Seed = 1 });
}
