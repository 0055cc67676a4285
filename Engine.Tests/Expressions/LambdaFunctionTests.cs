using FlowEngine.Expressions;

namespace FlowEngine.Tests.Expressions;

[Parallelizable(ParallelScope.All)]
public sealed class LambdaFunctionTests
{
    private static readonly FlowValue Context = FlowValue.Parse(
        """{"variables":{"rows":[{"a":{"id":1},"b":"x"},{"a":{"id":2},"b":null}],"o":{"k":1,"l":[2]},"n":null,"loop":"L"},"items":{"L":"of the loop"},"item":"outer"}""");

    [TestCase("@map(createArray(1, 2), lambda('x', add(x, 10)))", "[11,12]")]
    [TestCase("@map(createArray(1, 2), lambda('x', item()))", "[1,2]")]
    [TestCase("@map(createArray(1, 2), add(item(), 1))", "[2,3]")]
    [TestCase("@map(variables('rows'), lambda('row', row?['a'].id))", "[1,2]")]
    [TestCase("@map(createArray(1, 2), lambda('x', map(createArray(10, 20), lambda('y', add(x, y)))))", "[[11,21],[12,22]]")]
    [TestCase("@map(createArray(1), lambda('x', map(createArray(2), lambda('x', x))))", "[[2]]")]
    [TestCase("@concat(first(select(createArray('a'), item())), item())", "\"aouter\"")]
    [TestCase("@select(variables('rows'), item()['b'])", "[\"x\",null]")]
    [TestCase("@select(variables('rows'), item()['a']['id'], coalesce(item()?['b'], 'none'), 5)", """[{"id":1,"b":"x","item3":5},{"id":2,"b":"none","item3":5}]""")]
    [TestCase("@select(createArray(createArray(1), createArray(2)), select(item(), add(item(), 1)))", "[[2],[3]]")]
    [TestCase("@select(json('[]'), nope())", "[]")]
    [TestCase("@items(variables('o'))", """[{"key":"k","value":1},{"key":"l","value":[2]}]""")]
    [TestCase("@items(variables('n'))", "[]")]
    [TestCase("@items(null)", "[]")]
    [TestCase("@items(variables('loop'))", "\"of the loop\"")]
    [TestCase("@items('L')", "\"of the loop\"")]
    public void Expressions_run_for_each_element(string text, string json)
    {
        var result = ExpressionEvaluator.Evaluate(FlowValue.String(text), Context);
        Assert.That(result.Error, Is.Null);
        Assert.That(result.Value, Is.EqualTo(FlowValue.Parse(json)));
    }

    [TestCase("@lambda('x', 1)", "The template function 'lambda' is not expected at this location.")]
    [TestCase("@concat(lambda('x', x))", "The template function 'lambda' is not expected at this location.")]
    [TestCase("@map(variables('n'), item())", "The template language function 'map' expects its first parameter to be an array. The provided value is of type 'Null'.")]
    [TestCase("@select(variables('rows'), item().b, item()['b'])", "two expressions for the member 'b'")]
    public void Misuse_fails_with_words(string text, string message) =>
        Assert.That(ExpressionEvaluator.Evaluate(FlowValue.String(text), Context).Error?.Message, Does.Contain(message));
}
