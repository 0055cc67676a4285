using FlowEngine.Expressions;

namespace FlowEngine.Tests.Expressions;

[Parallelizable(ParallelScope.All)]
public sealed class DereferenceTests
{
    private static readonly FlowValue Context = FlowValue.Parse(
        """{"variables":{"o":{"a":{"b":1},"c/d":2,"list":[{"id":3}]},"n":null,"e":[],"l":[1,2],"s":"t","i":1,"b":true,"name":"a","two":2}}""");

    [TestCase("@variables('o')['a/b']", "1")]
    [TestCase("@variables('o')['c/d']", "2")]
    [TestCase("@variables('o')?['a/x']", "null")]
    [TestCase("@variables('o')?['x/y/z']", "null")]
    [TestCase("@variables('o')?['list/0/id']", "3")]
    [TestCase("@variables('o')[variables('name')]['b']", "1")]
    [TestCase("@variables('o')?[variables('s')]", "null")]
    [TestCase("@variables('l')[sub(variables('two'), 1)]", "2")]
    [TestCase("@variables('l')?[9]", "null")]
    [TestCase("@variables('n')?['x']", "null")]
    [TestCase("@variables('n')?[0]", "null")]
    [TestCase("@variables('o').a.B", "1")]
    public void A_step_selects_what_the_service_selects(string text, string json)
    {
        var result = ExpressionEvaluator.Evaluate(FlowValue.String(text), Context);
        Assert.That(result.Error, Is.Null);
        Assert.That(result.Value, Is.EqualTo(FlowValue.Parse(json)));
    }

    [TestCase("@variables('o')['x']", "property 'x' doesn't exist, available properties are 'a, c/d, list'.")]
    [TestCase("@variables('o')['a/x']", "property 'x' doesn't exist, available properties are 'b'.")]
    [TestCase("@variables('n')['x']", "property 'x' cannot be selected.")]
    [TestCase("@variables('l')[2]", "array index '2' is outside bounds (0, 1) of array.")]
    [TestCase("@variables('l')[-1]", "array index '-1' is outside bounds (0, 1) of array.")]
    [TestCase("@variables('e')[0]", "array index '0' cannot be selected from empty array.")]
    [TestCase("@variables('l')['x']", "property 'x' cannot be selected. Array elements can only be selected using an integer index.")]
    [TestCase("@variables('l')?['x']", "property 'x' cannot be selected. Array elements can only be selected using an integer index.")]
    [TestCase("@variables('l')?[1.0]", "property '1' cannot be selected. Array elements can only be selected using an integer index.")]
    [TestCase("@variables('s')['x']", "property 'x' cannot be selected. Property selection is not supported on values of type 'String'.")]
    [TestCase("@variables('s')?[0]", "property '0' cannot be selected. Property selection is not supported on values of type 'String'.")]
    [TestCase("@variables('i').x", "property 'x' cannot be selected. Property selection is not supported on values of type 'Integer'.")]
    [TestCase("@variables('b').x", "property 'x' cannot be selected. Property selection is not supported on values of type 'Boolean'.")]
    public void A_step_that_selects_nothing_says_why(string text, string because)
    {
        var error = ExpressionEvaluator.Evaluate(FlowValue.String(text), Context).Error;
        Assert.That(error?.Message, Is.EqualTo(
            $"The template language expression '{text[1..]}' cannot be evaluated because {because} Please see https://aka.ms/logicexpressions for usage details."));
    }

    [TestCase("@variables('o')['lst']", "Did you mean 'list'?")]
    [TestCase("@variables('o')['x']", null)]
    [TestCase("@variables('nam')", "Did you mean 'name'?")]
    [TestCase("@parameters('nam')", null)]
    [TestCase("@convertFromUtc('2026-01-01', 'Eastern Standart Time')", "Did you mean 'Eastern Standard Time'?")]
    [TestCase("@convertFromUtc('2026-01-01', 'Europe/Berln')", "Did you mean 'Europe/Berlin'?")]
    [TestCase("@convertFromUtc('2026-01-01', 'Atlantis')", null)]
    public void A_misspelt_name_is_told_the_nearest(string text, string? detail)
    {
        var error = ExpressionEvaluator.Evaluate(FlowValue.String(text), Context).Error;
        Assert.That(error, Is.Not.Null);
        Assert.That(error!.Detail, Is.EqualTo(detail));
    }

    [Test]
    public void A_question_mark_guards_its_own_step_only()
    {
        var error = ExpressionEvaluator.Evaluate(FlowValue.String("@concat('a', variables('o')?['x']['y'].z)"), Context).Error!;
        Assert.That(error.Message, Does.Contain("expression 'variables('o')?['x']['y'].z' cannot be evaluated because property 'y' cannot be selected."));
        Assert.That(error.Span, Is.EqualTo(new TextSpan(13, 25)));
    }
}
