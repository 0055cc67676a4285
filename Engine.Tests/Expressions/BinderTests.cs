using FlowEngine.Expressions;

namespace FlowEngine.Tests.Expressions;

[Parallelizable(ParallelScope.All)]
public sealed class BinderTests
{
    [TestCase("@add(1, mul(2, 3))", "7")]
    [TestCase("@concat('a', string(1))", "\"a1\"")]
    [TestCase("x@{add(1, 2)}", "\"x3\"")]
    [TestCase("@createArray(1, 2)[1]", "2")]
    [TestCase("@if(true, 1, variables('x'))", "1")]
    public void Deterministic_calls_with_constant_arguments_are_folded(string text, string json)
    {
        var bound = Bind(text);
        Assert.That(bound.IsConstant);
        Assert.That(bound.Evaluate(new FixedContext()), Is.EqualTo(FlowValue.Parse(json)));
    }

    [TestCase("@utcNow()")]
    [TestCase("@guid()")]
    [TestCase("@add(1, variables('x'))")]
    public void Calls_that_depend_on_the_run_are_not_folded(string text) => Assert.That(Bind(text).IsConstant, Is.False);

    [Test]
    public void A_failing_constant_fails_when_it_is_reached_and_not_before()
    {
        var bound = Bind("@if(variables('x'), 1, int('abc'))", """{"x":true}""");
        Assert.That(bound.Evaluate(new FixedContext()), Is.EqualTo((FlowValue)1));
        Assert.That(Fails("@if(variables('x'), 1, int('abc'))", """{"x":false}""").Span, Is.EqualTo(new TextSpan(23, 10)));
    }

    [Test]
    public void Parts_without_expressions_stay_the_very_values_of_the_template()
    {
        var template = FlowValue.Parse("""{"same":{"a":[1,2,{"b":"c"}]},"made":["@variables('x')", {"k":[3]}]}""");
        var value = NewBinder().BindTemplate(template, "", TestScope.Of("""{"x":1}""")).Evaluate(new FixedContext());
        Assert.That(value, Is.EqualTo(FlowValue.Parse("""{"same":{"a":[1,2,{"b":"c"}]},"made":[1, {"k":[3]}]}""")));
        Assert.That(value["same"].IsSameAs(template["same"]));
        Assert.That(value["made"][1].IsSameAs(template["made"][1]));
    }

    [Test]
    public void A_template_without_expressions_is_a_literal_of_itself()
    {
        var template = FlowValue.Parse("""{"a":["b@c",{"d":null}]}""");
        Assert.That(((Literal)NewBinder().BindTemplate(template, "", new TestScope())).Value.IsSameAs(template));
    }

    [Test]
    public void Names_of_members_are_templates_too()
    {
        var template = FlowValue.Parse("""{"@@odata.type":1,"a@odata.bind":2,"n@{variables('x')}":3}""");
        var value = NewBinder().BindTemplate(template, "", TestScope.Of("""{"x":7}""")).Evaluate(new FixedContext());
        Assert.That(value.ToJson(), Is.EqualTo("""{"@odata.type":1,"a@odata.bind":2,"n7":3}"""));
    }

    [Test]
    public void An_expression_knows_its_place_in_the_file()
    {
        var template = FlowValue.Parse("""{"a/b":[0,{"~":"@concat(nope())"}]}""");
        var failure = Assert.Throws<ExpressionException>(() => NewBinder().BindTemplate(template, "/x", new TestScope()).Evaluate(new FixedContext()))!;
        Assert.That(failure.Template, Is.EqualTo(new ExpressionSource("@concat(nope())", "/x/a~1b/1/~0")));
        Assert.That(failure.Span, Is.EqualTo(new TextSpan(8, 6)));
    }

    [Test]
    public void The_argument_count_is_checked_before_arguments_are_evaluated()
    {
        var scope = TestScope.Of("""{"x":1}""");
        var bound = NewBinder().BindText(TemplateText.Parse("@not(variables('x'), variables('x'))"), "", scope);
        var failure = Assert.Throws<ExpressionException>(() => bound.Evaluate(new FixedContext()))!;
        Assert.That(failure.Message, Does.Contain("The function was invoked with '2' parameters."));
        Assert.That(scope.Read, Is.Empty);
    }

    [TestCase("@and(variables('no'), variables('x'))", "no")]
    [TestCase("@or(variables('yes'), variables('x'))", "yes")]
    [TestCase("@if(variables('yes'), variables('one'), variables('x'))", "yes,one")]
    [TestCase("@coalesce(variables('nothing'), variables('one'), variables('x'))", "nothing,one")]
    public void Lazy_functions_read_no_more_than_they_need(string text, string read)
    {
        var scope = TestScope.Of("""{"yes":true,"no":false,"one":1,"nothing":null}""");
        NewBinder().BindText(TemplateText.Parse(text), "", scope).Evaluate(new FixedContext());
        Assert.That(string.Join(',', scope.Read), Is.EqualTo(read));
    }

    [TestCase("@formatDate('x')", "The template function 'formatDate' is not defined or not valid.", "Did you mean 'formatDateTime'?")]
    [TestCase("@conct('x')", "The template function 'conct' is not defined or not valid.", "Did you mean 'concat'?")]
    [TestCase("@xyzzyx('x')", "The template function 'xyzzyx' is not defined or not valid.", null)]
    public void An_unknown_function_names_the_nearest(string text, string message, string? detail)
    {
        var failure = Fails(text);
        Assert.That(failure.Message, Is.EqualTo(message));
        Assert.That(failure.Detail, Is.EqualTo(detail));
    }

    [Test]
    public void The_strict_dialect_refuses_extensions_and_says_that_they_exist()
    {
        var failure = Fails("@select(createArray(1), item())", dialect: ExpressionDialect.Strict);
        Assert.That(failure.Message, Is.EqualTo("The template function 'select' is not defined or not valid."));
        Assert.That(failure.Detail, Does.Contain("exists as an extension"));
    }

    [Test]
    public void A_failure_of_the_host_is_placed_where_the_host_was_asked()
    {
        Assert.That(Fails("@concat('a', variables('gone'))").Span, Is.EqualTo(new TextSpan(13, 17)));
        Assert.That(Fails("@variables('gone')?['a']").Span, Is.EqualTo(new TextSpan(1, 17)));
        Assert.That(Fails("x@{variables('gone')}").Span, Is.EqualTo(new TextSpan(3, 17)));
    }

    [Test]
    public void Item_is_the_local_where_the_host_says_so()
    {
        var context = new FixedContext();
        context.SetLocal(0, FlowValue.Parse("""{"id":5}"""));
        var text = TemplateText.Parse("@item()?['id']");
        Assert.That(NewBinder().BindText(text, "", new TestScope(), itemIsLocal: true).Evaluate(context), Is.EqualTo((FlowValue)5));
        Assert.That(NewBinder().BindText(text, "", TestScope.Of("""{"item":{"id":6}}""")).Evaluate(context), Is.EqualTo((FlowValue)6));
    }

    [Test]
    public void More_than_eight_arguments_are_taken() =>
        Assert.That(
            Bind("@concat(variables('x'),'2','3','4','5','6','7','8','9',variables('x'))", """{"x":"1"}""").Evaluate(new FixedContext()),
            Is.EqualTo(FlowValue.String("1234567891")));

    [Test]
    public void A_text_that_was_parsed_for_validation_is_not_parsed_again()
    {
        var texts = new TemplateTextCache();
        var parsed = texts.Get("@concat('a')");
        _ = new Binder(BuiltInFunctions.Table, texts: texts).BindTemplate(FlowValue.String("@concat('a')"), "", new TestScope());
        Assert.That(texts.Get("@concat('a')"), Is.SameAs(parsed));
    }

    [Test]
    public void Evaluation_of_a_bound_expression_allocates_nothing()
    {
        var bound = Bind("@if(greater(length(variables('x')),0),first(variables('x'))['a'],'Unknown')", """{"x":[{"a":1}]}""", new SilentScope(FlowValue.Parse("""[{"a":1}]""")));
        var context = new FixedContext();
        bound.Evaluate(context);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) bound.Evaluate(context);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static Binder NewBinder(ExpressionDialect dialect = ExpressionDialect.Extended) => new(BuiltInFunctions.Table, dialect);

    private static Expression Bind(string text, string values = "{}", IBindingScope? scope = null, ExpressionDialect dialect = ExpressionDialect.Extended) =>
        NewBinder(dialect).BindText(TemplateText.Parse(text, dialect), "/inputs", scope ?? TestScope.Of(values));

    private static ExpressionException Fails(string text, string values = "{}", ExpressionDialect dialect = ExpressionDialect.Extended) =>
        Assert.Throws<ExpressionException>(() => Bind(text, values, dialect: dialect).Evaluate(new FixedContext()))!;

    private sealed class SilentScope(FlowValue value) : IBindingScope
    {
        public Expression BindReference(ReferenceCall call) => new Constant(value);

        private sealed class Constant(FlowValue value) : Expression
        {
            public override FlowValue Evaluate(EvaluationContext context) => value;
        }
    }
}
