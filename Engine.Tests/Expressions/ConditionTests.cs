using FlowEngine.Expressions;

namespace FlowEngine.Tests.Expressions;

[Parallelizable(ParallelScope.All)]
public sealed class ConditionTests
{
    [TestCase("null", true)]
    [TestCase("{}", true)]
    [TestCase("\"@equals(variables('n'), 5)\"", true)]
    [TestCase("""{"and":[{"greater":["@variables('n')",0]},{"not":{"equals":["@variables('s')",""]}}]}""", true)]
    [TestCase("""{"or":[{"contains":["@variables('s')","x"]},{"startsWith":["@variables('s')","t"]}]}""", true)]
    [TestCase("""{"AND":[{"less":["@variables('n')",5]}]}""", false)]
    [TestCase("""{"equals":["@lENgth(variables('s'))",1]}""", true)]
    [TestCase("""{"equals":[{"length":["@variables('s')"]},1]}""", true)]
    [TestCase("""{"not":{"equals":["@@x","@@x"]}}""", false)]
    public void Conditions_are_texts_or_objects_of_functions(string condition, bool expected) =>
        Assert.That(Bind(condition).Evaluate(new FixedContext()), Is.EqualTo((FlowValue)expected));

    [Test]
    public void And_and_or_stop_at_the_argument_that_decides()
    {
        var scope = TestScope.Of("""{"no":false}""");
        var bound = new Binder(BuiltInFunctions.Table).BindCondition(FlowValue.Parse("""{"and":["@variables('no')",{"nope":[]},"@variables('gone')"]}"""), "", scope);
        Assert.That(bound.Evaluate(new FixedContext()), Is.EqualTo(FlowValue.False));
        Assert.That(scope.Read, Is.EqualTo(new[] { "no" }));
    }

    [TestCase("""{"and":[{"nope":[1]}]}""", "The template function 'nope' is not defined or not valid.", "/expression/and/0/nope")]
    [TestCase("""{"not":[true,false]}""", "The function was invoked with '2' parameters.", "/expression/not")]
    [TestCase("""{"equals":[1,1],"and":[true]}""", "exactly one member", "/expression")]
    [TestCase("""{"contains":[["a"],"a"]}""", "An array can't be an argument of 'contains' in a condition.", "/expression/contains/0")]
    [TestCase("""{"greater":["@variables('s')","@add(variables('n'), 'x')"]}""", "'add' expects its second parameter", "/expression/greater/1")]
    [TestCase("""{"and":[{"equals":["@variables('n')","@variables('n')?['a']"]}]}""", "Property selection is not supported on values of type 'Integer'", "/expression/and/0/equals/1")]
    public void What_is_wrong_in_a_condition_fails_in_its_place_when_it_is_evaluated(string condition, string message, string path)
    {
        var failure = Assert.Throws<ExpressionException>(() => Bind(condition).Evaluate(new FixedContext()))!;
        Assert.That(failure.Message, Does.Contain(message));
        Assert.That(failure.Template!.Path, Is.EqualTo(path));
    }

    private static Expression Bind(string condition) =>
        new Binder(BuiltInFunctions.Table).BindCondition(FlowValue.Parse(condition), "/expression", TestScope.Of("""{"n":5,"s":"t"}"""));
}
