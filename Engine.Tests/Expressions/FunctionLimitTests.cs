using System.Globalization;
using FlowEngine.Expressions;

namespace FlowEngine.Tests.Expressions;

/// <summary>Functions that multiply their input end in an error before memory does, and read the same on every machine.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FunctionLimitTests
{
    private static readonly EvaluationOptions Small = new() { Seed = 1, Limits = new ExpressionLimits { MaxTextLength = 10_000, MaxRangeCount = 300 } };

    [TestCase("concat(item(), item())")]
    [TestCase("concat(item(), 1, item())")]
    [TestCase("join(createArray(item(), item()), ', ')")]
    [TestCase("replace(item(), 'x', 'xx')")]
    [TestCase("regexReplace(item(), 'x', 'xx')")]
    [TestCase("range(length(item()), 301)")]
    public void A_result_beyond_the_limits_is_an_error(string call)
    {
        var context = FlowValue.Object(("item", FlowValue.String(new string('x', 6_000))));

        Assert.That(ExpressionEvaluator.Evaluate(FlowValue.String("@" + call), context, Small).Error, Is.Not.Null);
    }

    [TestCase("length(concat('{0}', '{0}'))", 6_000)]
    [TestCase("length(range(1, 1000))", 1_000)]
    public void A_constant_too_large_to_be_kept_is_made_when_it_is_reached(string call, int expected)
    {
        Assert.That(Evaluate(call.Replace("{0}", new string('x', 3_000), StringComparison.Ordinal)).Value, Is.EqualTo(FlowValue.Integer(expected)));
    }

    [TestCase("formatNumber(1.5, 'N999999999')")]
    [TestCase("formatNumber(1.5, 'F00000000000999999')")]
    [TestCase("formatNumber(1.5, 'D3')")]
    [TestCase("formatNumber(1, '0', 'xx-yy-zz')")]
    public void A_format_or_locale_that_does_not_exist_is_an_error(string call)
    {
        Assert.That(Evaluate(call).Error?.Message, Does.Contain("was not valid"));
    }

    [TestCase("formatNumber(1234567.5, 'N2', 'fr-FR')", "1\u00a0234\u00a0567,50")]
    [TestCase("formatNumber(-1234.5, 'N1', 'sv-SE')", "-1\u00a0234,5")]
    [TestCase("formatNumber(-1234.5, 'C', 'en-US')", "-$1,234.50")]
    [TestCase("formatNumber(1234.5, 'N')", "1,234.50")]
    [TestCase("formatNumber(1234567, '#,##0', 'en-IN')", "12,34,567")]
    [TestCase("formatNumber(0.256, 'P1', 'de-DE')", "25,6 %")]
    [TestCase("formatNumber(17.35, 'C2', 'is-IS')", "17,35 kr")]
    public void A_number_is_written_as_the_service_writes_it(string call, string expected)
    {
        Assert.That(Evaluate(call).Value, Is.EqualTo(FlowValue.String(expected)));
    }

    [Test]
    [NonParallelizable]
    [SetCulture("tr-TR")]
    public void The_culture_of_the_machine_does_not_matter()
    {
        Assert.That(CultureInfo.CurrentCulture.Name, Is.EqualTo("tr-TR"));
        Assert.Multiple(() =>
        {
            Assert.That(Evaluate("toUpper('i')").Value, Is.EqualTo(FlowValue.String("I")));
            Assert.That(Evaluate("concat(1.5, float('2.5'))").Value, Is.EqualTo(FlowValue.String("1.52.5")));
            Assert.That(Evaluate("indexOf('TITLE', 'title')").Value, Is.EqualTo(FlowValue.Integer(0)));
            Assert.That(Evaluate("formatNumber(1.5, 'F1')").Value, Is.EqualTo(FlowValue.String("1.5")));
        });
    }

    private static EvaluationResult Evaluate(string call) =>
        ExpressionEvaluator.Evaluate(FlowValue.String("@" + call), default, new EvaluationOptions { Seed = 1 });
}
