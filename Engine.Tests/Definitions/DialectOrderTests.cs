using FlowEngine.Definitions;

namespace FlowEngine.Tests;

/// <summary>R1: an action without <c>runAfter</c> runs after those whose results it uses.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class DialectOrderTests
{
    private const string Source = """ "A":{"type":"Compose","inputs":1}, """;

    [TestCase("@outputs('A')", """{"A":["Succeeded"]}""", TestName = "A plain use waits for success")]
    [TestCase("@{body('A')}", """{"A":["Succeeded"]}""", TestName = "A use in text counts as well")]
    [TestCase("@coalesce(body('A'), 1)", """{"A":["Succeeded","Failed","Skipped","TimedOut"]}""", TestName = "A use within coalesce waits for any end")]
    [TestCase("@outputs('A')?['x']", """{"A":["Succeeded","Failed","Skipped","TimedOut"]}""", TestName = "A use before a question mark waits for any end")]
    [TestCase("@outputs('A')['statusCode']", """{"A":["Succeeded","Failed","TimedOut"]}""", TestName = "Who asks for the status code waits for any end but skipped")]
    [TestCase("@outputs('A')?.statusCode", """{"A":["Succeeded","Failed","TimedOut"]}""", TestName = "So with a dot")]
    [TestCase("@actions('A')", """{"A":["Succeeded","Failed","TimedOut"]}""", TestName = "So with actions")]
    [TestCase("@concat(coalesce(body('A'), ''), body('A'))", """{"A":["Succeeded"]}""", TestName = "One plain use among guarded ones decides")]
    [TestCase("@concat(outputs('A')['statusCode'], body('A'))", """{"A":["Succeeded","Failed","TimedOut"]}""", TestName = "One use that asks how it ended decides")]
    public void The_use_says_which_ends_are_waited_for(string inputs, string runAfter)
    {
        var document = Documents.Actions($$"""{{{Source}}"B":{"type":"Compose","inputs":"{{inputs}}"} }""");

        Assert.That(document.Definition!.Root.Actions[1].Raw["runAfter"], Is.EqualTo(FlowValue.Parse(runAfter)));
        Assert.That(document.Diagnostics.Select(diagnostic => (diagnostic.Code, diagnostic.Severity)), Is.EqualTo(new[] { ("FE6001", DiagnosticSeverity.Information) }));
        Assert.That(document.Diagnostics[0].Suggestion, Is.EqualTo($"Write \"runAfter\": {runAfter}."));
    }

    [Test]
    public void Strictly_it_is_an_error() =>
        Assert.That(Documents.Actions($$"""{{{Source}}"B":{"type":"Compose","inputs":"@outputs('A')"} }""", strict: true).Diagnostics.Single().Severity, Is.EqualTo(DiagnosticSeverity.Error));

    [Test]
    public void An_explicit_order_is_never_added_to()
    {
        var document = Documents.Actions($$"""{{{Source}}"B":{"type":"Compose","inputs":"@outputs('A')","runAfter":{} } }""");

        Assert.That(document.Diagnostics.Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { "FE2011" }));
    }

    [Test]
    public void A_container_waits_for_what_is_used_within_it()
    {
        var document = Documents.Actions($$"""{{{Source}}"S":{"type":"Scope","actions":{"B":{"type":"Compose","inputs":"@outputs('A')"} } } }""");

        Assert.That(document.Definition!.Root.Actions[1].Raw["runAfter"].ToJson(), Is.EqualTo("""{"A":["Succeeded"]}"""));
        Assert.That(document.Definition.Root.Actions[1].Branches[0].Actions[0].RunAfter, Is.Empty);
    }

    [Test]
    public void What_a_container_says_itself_decides_over_what_is_nested_in_it()
    {
        var document = Documents.Actions(
            $$"""{{{Source}}"I":{"type":"If","expression":"@equals(coalesce(body('A'), 0), 1)","actions":{"B":{"type":"Compose","inputs":"@outputs('A')"} } } }""");

        Assert.That(document.Definition!.Root.Actions[1].Raw["runAfter"].ToJson(), Is.EqualTo("""{"A":["Succeeded","Failed","Skipped","TimedOut"]}"""));
    }

    [Test]
    public void The_container_of_what_is_used_is_waited_for()
    {
        var document = Documents.Actions("""{"S":{"type":"Scope","actions":{"A":{"type":"Compose","inputs":1}}},"B":{"type":"Compose","inputs":"@outputs('A')"}}""");

        Assert.That(document.Definition!.Root.Actions[1].Raw["runAfter"].ToJson(), Is.EqualTo("""{"S":["Succeeded"]}"""));
    }

    [Test]
    public void Two_uses_in_one_container_must_both_be_satisfied()
    {
        var document = Documents.Actions(
            """{"S":{"type":"Scope","actions":{"A":{"type":"Compose","inputs":1},"C":{"type":"Compose","inputs":1}}},"B":{"type":"Compose","inputs":["@coalesce(outputs('A'),1)","@actions('C')"]}}""");

        Assert.That(document.Definition!.Root.Actions[1].Raw["runAfter"].ToJson(), Is.EqualTo("""{"S":["Succeeded","Failed","TimedOut"]}"""));
    }

    [Test]
    public void A_variable_orders_where_another_form_is_used()
    {
        const string Actions = """{"i":{"type":"InitializeVariable","inputs":{"variables":[{"name":"v","type":"string"}]}},"t":{"data":"@{variables('v')}"}}""";

        var document = Documents.Actions(Actions);

        Assert.That(document.Definition!.Root.Actions[1].Raw["runAfter"].ToJson(), Is.EqualTo("""{"i":["Succeeded"]}"""));
    }

    [Test]
    public void A_variable_alone_orders_nothing_as_the_service_takes_it()
    {
        const string Actions = """{"i":{"type":"InitializeVariable","inputs":{"variables":[{"name":"v","type":"string"}]}},"t":{"type":"Compose","inputs":"@variables('v')"}}""";

        var document = Documents.Actions(Actions, strict: true);

        Assert.That(document.Diagnostics.Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { "FE3009" }));
        Assert.That(document.HasErrors, Is.False);
    }

    [Test]
    public void A_cycle_is_an_error_that_names_it()
    {
        var document = Documents.Actions("""{"A":{"type":"Compose","inputs":"@outputs('B')"},"B":{"type":"Compose","inputs":"@outputs('A')"}}""");

        var cycle = document.Diagnostics.Single(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.That(cycle.Code, Is.EqualTo("FE2006"));
        Assert.That(cycle.Message, Does.Contain("A").And.Contain("B"));
    }
}
