using FlowEngine.Expressions;

namespace FlowEngine.Tests.Expressions;

/// <summary>What rows of functions declare of their parameters is true: a literal that a declaration refuses makes each example fail.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DeclaredParameterTests
{
    private static readonly string[] Literals = ["5", "2.5", "true", "'x'"];

    private static IEnumerable<TestCaseData> Refused()
    {
        foreach (var function in BuiltInFunctions.Table)
        {
            foreach (var example in function.Examples)
            {
                var text = "@" + example.Split(" -> ")[0];
                var call = TemplateText.Parse(text).Calls().FirstOrDefault(c => c.Name.Equals(function.Name, StringComparison.OrdinalIgnoreCase));
                for (var i = 0; i < (call?.Arguments.Count ?? 0); i++)
                {
                    if (DeclaredParameter.Of(function, i, call!.Arguments.Count) is not { } parameter) continue;
                    foreach (var literal in Literals)
                    {
                        if (!parameter.Refuses(ExpressionEvaluator.Evaluate(FlowValue.String("@" + literal), default, new EvaluationOptions()).Value)) continue;
                        var span = call.Arguments[i].Span;
                        yield return new TestCaseData(string.Concat(text.AsSpan(0, span.Start), literal, text.AsSpan(span.End))).SetArgDisplayNames($"{function.Name} {i} {literal}");
                    }
                }
            }
        }
    }

    [TestCaseSource(nameof(Refused))]
    public void A_literal_of_a_refused_type_makes_the_call_fail(string template) =>
        Assert.That(ExpressionEvaluator.Evaluate(FlowValue.String(template), default, new EvaluationOptions()).Error, Is.Not.Null, template);
}
