using System.Text.RegularExpressions;
using FlowEngine.Expressions;

namespace FlowEngine.Tests.Expressions;

/// <summary>Runs every line of <c>Cases/*.jsonl</c>: facts about the service, strict unless a line says <c>"dialect":"extended"</c>.</summary>
/// <remarks>
/// <c>error</c>: <c>ParseError</c> = refused when parsed, <c>InvalidTemplate</c> = fails when evaluated, anything else = part of the message.
/// Numbers compare by value; <c>expectedRegex</c> is matched against the text of the value.
/// </remarks>
[Parallelizable(ParallelScope.All)]
public sealed class ExpressionCaseTests
{
    private static readonly EvaluationOptions Strict = new() { Dialect = ExpressionDialect.Strict, Seed = 1 };
    private static readonly EvaluationOptions Extended = Strict with { Dialect = ExpressionDialect.Extended };

    public static IEnumerable<TestCaseData> Cases()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(TestContext.CurrentContext.TestDirectory, "Expressions", "Cases"), "*.jsonl").Order(StringComparer.Ordinal))
        {
            foreach (var line in File.ReadLines(file))
            {
                if (string.IsNullOrWhiteSpace(line)) continue;
                var row = FlowValue.Parse(line);
                yield return new TestCaseData(row).SetName(row["id"].AsString);
            }
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void A_recorded_expression_gives_what_the_service_gives(FlowValue row)
    {
        var options = row["dialect"].AsStringOrNull == "extended" ? Extended : Strict;
        var result = ExpressionEvaluator.Evaluate(row["expr"], row["context"], options);
        if (row["error"].AsStringOrNull is { } error)
        {
            Assert.That(result.Error, Is.Not.Null, () => $"expected the error '{error}', got {result.Value}");
            if (row["errorStage"].AsStringOrNull is { } stage) Assert.That(result.Error!.Stage, Is.EqualTo(Enum.Parse<EvaluationStage>(stage, ignoreCase: true)), result.Error.Message);
            if (error is not ("ParseError" or "InvalidTemplate")) Assert.That(result.Error!.Message, Does.Contain(error));
            return;
        }

        Assert.That(result.Error, Is.Null);
        if (row["expectedRegex"].AsStringOrNull is { } pattern) Assert.That(ValueText.Of(result.Value), Does.Match(new Regex(pattern)));
        else Assert.That(result.Value, Is.EqualTo(row["expected"]));
    }
}
