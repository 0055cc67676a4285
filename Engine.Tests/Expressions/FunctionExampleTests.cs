using FlowEngine.Expressions;

namespace FlowEngine.Tests.Expressions;

/// <summary>The functions' tables are their documentation: every row is complete, and every example runs.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FunctionExampleTests
{
    private const string Arrow = " -> ";

    public static IEnumerable<TestCaseData> Functions()
    {
        foreach (var function in BuiltInFunctions.Table) yield return new TestCaseData(function).SetArgDisplayNames($"{function.Name} ({function.Origin})");
    }

    public static IEnumerable<TestCaseData> Examples()
    {
        foreach (var function in BuiltInFunctions.Table)
        {
            foreach (var example in function.Examples) yield return new TestCaseData(function, example).SetArgDisplayNames(example);
        }
    }

    [TestCaseSource(nameof(Examples))]
    public void An_example_gives_the_value_behind_its_arrow(FunctionSpec function, string example)
    {
        var arrow = example.LastIndexOf(Arrow, StringComparison.Ordinal);
        Assert.That(arrow, Is.Positive, "an example is written: call -> value as JSON");
        var dialect = function.Origin == FunctionOrigin.Extension ? ExpressionDialect.Extended : ExpressionDialect.Strict;

        var result = ExpressionEvaluator.Evaluate(FlowValue.String("@" + example[..arrow]), default, new EvaluationOptions { Dialect = dialect, Seed = 1 });

        Assert.That(result.Error, Is.Null);
        Assert.That(result.Value.ToJson(), Is.EqualTo(FlowValue.Parse(example[(arrow + Arrow.Length)..]).ToJson()));
    }

    [TestCaseSource(nameof(Functions))]
    public void A_function_is_documented(FunctionSpec function)
    {
        Assert.Multiple(() =>
        {
            Assert.That(function.Summary, Does.EndWith("."));
            Assert.That(function.Source, Is.Not.Empty);
            Assert.That(function.Parameters, function.MaximumArguments == 0 ? Is.Empty : Is.Not.Empty);
        });
    }

    [TestCaseSource(nameof(Functions))]
    public void An_example_calls_its_function(FunctionSpec function)
    {
        foreach (var example in function.Examples) Assert.That(example, Does.Contain(function.Name + "("));
    }
}
