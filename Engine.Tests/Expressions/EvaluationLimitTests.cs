using FlowEngine.Expressions;

namespace FlowEngine.Tests.Expressions;

/// <summary>Hostile expressions end in an error, soon and without much memory; each test has a few seconds for what would take minutes.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class EvaluationLimitTests
{
    private const string Huge = "{0}";

    private static readonly EvaluationOptions Untrusted = new() { Seed = 1, Limits = ExpressionLimits.Untrusted };

    [TestCase("map(range(0, 100000), map(range(0, 100000), 1))", "steps")]
    [TestCase("map(range(0, 100000), union(range(0, 100000), range(0, 100000)))", "bytes")]
    [TestCase("map(range(0, 1000), range(0, 100000))", "bytes")]
    [TestCase("union(split(variables('long'), 'a'), split(variables('long'), 'a'))", "steps")]
    [TestCase("union(chunk(variables('long'), 1), chunk(variables('long'), 1))", "steps")]
    [TestCase("length(map(range(0, 10000), nthIndexOf(variables('long'), variables('half'), 1000)))", "steps")]
    [TestCase("createArray(json(concat('[', replace(variables('long'), 'aaaa', '[],'), '1]')), json(concat('[', replace(variables('long'), 'aaaa', '[],'), '1]')), json(concat('[', replace(variables('long'), 'aaaa', '[],'), '1]')))", "bytes")]
    public void What_multiplies_data_ends_in_an_error(string call, string unit)
    {
        var half = new string('a', 400_000);
        var context = FlowValue.Object(("variables", FlowValue.Object(("long", FlowValue.String(half + half)), ("half", FlowValue.String(half)))));

        Assert.That(Fails(call, Untrusted, context), Does.Contain(unit));
    }

    [Test]
    public void Doubling_by_nested_calls_ends_in_an_error()
    {
        var call = "'0123456789012345'";
        for (var i = 0; i < 29; i++) call = $"map(createArray({call}), concat(item(), item()))[0]";

        Assert.That(Fails(call, Untrusted), Does.Contain("exceeds the limit"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Doubling_of_arrays_that_share_their_parts_ends_in_an_error(bool isObject)
    {
        var call = "'0123456789012345'";
        for (var i = 0; i < 29; i++)
        {
            var doubled = isObject ? "setProperty(setProperty(json('{}'), 'a', item()), 'b', item())" : "createArray(item(), item())";
            call = $"map(createArray({call}), {doubled})[0]";
        }

        Assert.That(Fails(call, Untrusted), Does.Contain("steps"));
    }

    [TestCase("string({0})")]
    [TestCase("concat({0}, 'x')")]
    [TestCase("join(createArray({0}), 'x')")]
    [TestCase("uriComponent({0})")]
    [TestCase("binary({0})")]
    [TestCase("dataUri({0})")]
    [TestCase("xml(setProperty(json('{{}}'), 'r', {0}))")]
    [TestCase("addProperty(setProperty(json('{{}}'), 'r', {0}), 'r', 1)")]
    [TestCase("equals({0}, {0})")]
    [TestCase("union({0}, {0})")]
    public void A_value_that_shares_its_parts_counts_with_all_its_places(string call)
    {
        // 2^26 places in 26 small arrays.
        var value = "'a'";
        for (var i = 0; i < 26; i++) value = $"map(createArray({value}), createArray(item(), item()))[0]";

        Fails(call.Replace(Huge, value, StringComparison.Ordinal).Replace("{{}}", "{}", StringComparison.Ordinal), Untrusted);
    }

    [Test]
    public void A_replacement_that_would_take_ten_billion_characters_is_an_error()
    {
        var context = FlowValue.Object(("variables", FlowValue.Object(
            ("a", FlowValue.String(new string('a', 100_000))),
            ("b", FlowValue.String(new string('b', 100_000))))));

        Assert.That(Fails("replace(variables('a'), 'a', variables('b'))", new EvaluationOptions(), context), Does.Contain("'10000000000' characters"));
    }

    [TestCase("(")]
    [TestCase("add(")]
    [TestCase("createArray(")]
    [TestCase("item()[")]
    public void Nesting_of_20000_levels_does_not_parse(string opening) =>
        Fails(string.Concat(Enumerable.Repeat(opening, 20_000)) + "1", new EvaluationOptions());

    [Test]
    public void Twenty_thousand_dereferences_do_not_parse() => Fails("item()" + string.Concat(Enumerable.Repeat("?.a", 20_000)), new EvaluationOptions());

    [Test]
    public void An_empty_separator_cuts_nothing()
    {
        var context = FlowValue.Object(("item", FlowValue.String(new string('x', 900_000))));

        Assert.That(ExpressionEvaluator.Evaluate(FlowValue.String("@length(split(item(), ''))"), context, Untrusted).Value, Is.EqualTo(FlowValue.Integer(1)));
    }

    [TestCase("count(//*[count(//*[count(//*)>0])>0])")]
    [TestCase("count(//node()[contains(string(/), string(/)) and contains(string(/), string(/)) and contains(string(/), string(/))])")]
    public void An_xpath_that_would_run_for_minutes_is_an_error(string path)
    {
        var xml = "<r>" + string.Concat(Enumerable.Repeat("<a><b>text</b></a>", 750)) + "</r>";
        var context = FlowValue.Object(("item", FlowValue.String(xml)));

        Assert.That(Fails($"xpath(xml(item()), '{path}')", new EvaluationOptions(), context), Does.Contain("visits more than"));
    }

    [Test]
    public void An_ordinary_xpath_on_a_large_document_is_within_the_limits()
    {
        var xml = "<r>" + string.Concat(Enumerable.Repeat("<a id=\"1\"><b>text</b></a>", 10_000)) + "</r>";
        var context = FlowValue.Object(("item", FlowValue.String(xml)));

        Assert.That(ExpressionEvaluator.Evaluate(FlowValue.String("@length(xpath(xml(item()), '//a[@id=1]/b/text()'))"), context, Untrusted).Value, Is.EqualTo(FlowValue.Integer(10_000)));
    }

    [Test]
    public void Entities_that_multiply_each_other_are_not_expanded()
    {
        var entities = string.Concat(Enumerable.Range(1, 9).Select(i => $"<!ENTITY l{i} \"{string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))}\">"));
        var context = FlowValue.Object(("item", FlowValue.String($"<!DOCTYPE r [<!ENTITY l0 \"lol\">{entities}]><r>&l9;</r>")));

        Assert.That(Fails("xml(item())", new EvaluationOptions(), context), Does.Contain("cannot be converted to XML"));
    }

    [Test]
    public void A_pattern_that_backtracks_without_end_is_an_error()
    {
        var call = "regexMatch('" + new string('a', 40) + "!', '(?=a)(a+)+$')";

        Assert.That(Fails(call, new EvaluationOptions { Limits = new ExpressionLimits { PatternTime = TimeSpan.FromMilliseconds(20) } }), Does.Contain("took longer than 20 ms"));
    }

    [Test]
    public void The_budget_is_that_of_one_evaluation()
    {
        var binder = new Binder(BuiltInFunctions.Table);
        var expression = binder.BindTemplate(FlowValue.String("@length(concat(rand(1, 2), '" + new string('x', 100) + "'))"), string.Empty, new TestScope());
        var context = new SmallContext();

        for (var i = 0; i < 100; i++) Assert.That(expression.Evaluate(context), Is.EqualTo(FlowValue.Integer(101)));
    }

    [Test]
    public void An_xpath_that_takes_too_long_is_an_error_whatever_it_visits()
    {
        var xml = "<r>" + string.Concat(Enumerable.Repeat("<a><b>text</b></a>", 750)) + "</r>";
        var context = FlowValue.Object(("item", FlowValue.String(xml)));
        var options = new EvaluationOptions { Limits = new ExpressionLimits { MaxXPathSteps = long.MaxValue, XPathTime = TimeSpan.FromMilliseconds(20) } };

        Assert.That(Fails("xpath(xml(item()), 'count(//*[count(//*[count(//*)>0])>0])')", options, context), Does.Contain("it takes longer than '0.02' seconds"));
    }

    [TestCase(2, false)]
    [TestCase(3, true)]
    public void How_deep_expressions_nest_is_an_option(int maxNesting, bool isAllowed)
    {
        var options = new EvaluationOptions { Limits = new ExpressionLimits { MaxNesting = maxNesting } };

        var error = ExpressionEvaluator.Evaluate(FlowValue.String("@not(not(true))"), default, options).Error;

        Assert.That(error?.Message, isAllowed ? Is.Null : Does.Contain("nested deeper than 2 levels"));
    }

    [TestCase(9, false)]
    [TestCase(10, true)]
    public void How_long_an_expression_is_is_an_option(int maxLength, bool isAllowed)
    {
        var options = new EvaluationOptions { Limits = new ExpressionLimits { MaxLength = maxLength } };

        var error = ExpressionEvaluator.Evaluate(FlowValue.String("around it @{add(1,  2)}"), default, options).Error;

        Assert.That(error?.Message, isAllowed ? Is.Null : Does.Contain("its '10' characters exceed the limit of '9' characters"));
    }

    [Test]
    public async Task A_workflow_is_read_within_the_limits_of_its_options()
    {
        var options = new WorkflowOptions { ExpressionLimits = new ExpressionLimits { MaxNesting = 2 } };
        const string Flow = """{ "definition": { "triggers": {}, "actions": { "A": { "type": "Compose", "inputs": "@not(not(true))" } } } }""";

        Assert.That(() => Workflow.Parse(Flow, options), Throws.TypeOf<DefinitionException>().With.Message.Contains("nested deeper than 2 levels"));
        await using var engine = WorkflowEngine.Create();
        Assert.That((await engine.RunAsync(Workflow.Parse(Flow))).Action("A").Outputs, Is.EqualTo(FlowValue.True));
    }

    [Test]
    public void Nesting_can_be_raised_as_far_as_the_stack_bears()
    {
        var options = new EvaluationOptions { Limits = new ExpressionLimits { MaxNesting = int.MaxValue } };
        string Nested(int calls) => string.Concat(Enumerable.Repeat("not(", calls)) + "true" + new string(')', calls);

        Assert.That(ExpressionEvaluator.Evaluate(FlowValue.String("@" + Nested(998)), default, options).Value, Is.EqualTo(FlowValue.True));
        Assert.That(Fails(Nested(1_000), options), Does.Contain("nested deeper than 1000 levels"));
    }

    private static string Fails(string call, EvaluationOptions options, FlowValue context = default)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = ExpressionEvaluator.Evaluate(FlowValue.String("@" + call), context, options);

        Assert.That(result.Error, Is.Not.Null, () => $"a value of {result.Value.Size} characters");
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(700_000_000));
        return result.Error!.Message;
    }

    private sealed class SmallContext : EvaluationContext
    {
        public override ExpressionLimits Limits { get; } = new() { MaxSteps = 100, MaxBytes = 1_000 };

        public override DateTime UtcNow => default;

        public override Guid NewGuid() => Guid.Empty;

        public override double NextDouble() => 0;
    }
}
