using FlowEngine.Definitions;

namespace FlowEngine.Tests;

/// <summary>The tutorial's forms are read as the standard ones that they stand for, and each is told (docs/dialect.md).</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class DialectTests
{
    // Each row: what it shows, the form, the standard form, the codes told.
    private static readonly object[] Forms =
    [
        new[] { "R3 method and uri", """{"t":{"method":"POST","uri":"https://a.test","body":"x"}}""", """{"t":{"type":"Http","inputs":{"method":"POST","uri":"https://a.test","body":"x"}}}""", "FE6003" },
        new[] { "R3 data", """{"t":{"a":"1","b":2}}""", """{"t":{"type":"Compose","inputs":{"a":"1","b":2}}}""", "FE6003" },
        new[] { "R3 data keeps what is the action's", """{"z":{"type":"Compose","inputs":1},"t":{"a":1,"runAfter":{"z":["Failed"]}}}""", """{"z":{"type":"Compose","inputs":1},"t":{"type":"Compose","inputs":{"a":1},"runAfter":{"z":["Failed"]}}}""", "FE6003" },
        new[] { "R3 actions", """{"t":{"actions":{"c":{"type":"Compose","inputs":1}}}}""", """{"t":{"type":"Scope","actions":{"c":{"type":"Compose","inputs":1}}}}""", "FE6003" },
        new[] { "R3 forEach", """{"t":{"forEach":"@createArray(1)","actions":{}}}""", """{"t":{"type":"Foreach","foreach":"@createArray(1)","actions":{}}}""", "FE6003" },
        new[] { "R3 do and until", """{"t":{"do":{"actions":{}},"until":"@equals(1,1)"}}""", """{"t":{"type":"Until","expression":"@equals(1,1)","actions":{},"limit":{"count":60,"timeout":"PT1H"}}}""", "FE6003" },
        new[] { "R4 until as an interpolation", """{"t":{"do":{"actions":{}},"until":"@{equals(1,1)}"}}""", """{"t":{"type":"Until","expression":"@equals(1,1)","actions":{},"limit":{"count":60,"timeout":"PT1H"}}}""", "FE6003 FE6004" },
        new[] { "R3 condition as text", """{"t":{"condition":"@equals(1,1)","actions":{},"else":{"actions":{}}}}""", """{"t":{"type":"If","expression":"@equals(1,1)","actions":{},"else":{"actions":{}}}}""", "FE6003" },
        new[] { "R3 condition as an object", """{"t":{"condition":{"expression":"@equals(1,1)","actions":{}}}}""", """{"t":{"type":"If","expression":"@equals(1,1)","actions":{}}}""", "FE6003" },
        new[] { "R2 Apply_to_each", """{"t":{"type":"Apply_to_each","inputs":{"foreach":"@createArray(1)","actions":{}}}}""", """{"t":{"type":"Foreach","foreach":"@createArray(1)","actions":{}}}""", "FE6002" },
        new[] { "R2 apply to each, members beside", """{"t":{"type":"apply to each","foreach":"@createArray(1)","actions":{}}}""", """{"t":{"type":"Foreach","foreach":"@createArray(1)","actions":{}}}""", "FE6002" },
        new[] { "R2 Do_until", """{"t":{"type":"Do_until","inputs":{"until":"@equals(1,1)","actions":{}}}}""", """{"t":{"type":"Until","expression":"@equals(1,1)","actions":{},"limit":{"count":60,"timeout":"PT1H"}}}""", "FE6002" },
        new[] { "R2 Parallel", """{"t":{"type":"Parallel","branches":{"one":{"actions":{}},"two":{"actions":{}}}}}""", """{"t":{"type":"Scope","actions":{"one":{"type":"Scope","runAfter":{},"actions":{}},"two":{"type":"Scope","runAfter":{},"actions":{}}}}}""", "FE6002" },
        new[] { "R6 timeout", """{"t":{"type":"Compose","inputs":1,"runtimeConfiguration":{"timeout":"PT30S"}}}""", """{"t":{"type":"Compose","inputs":1,"limit":{"timeout":"PT30S"}}}""", "FE6006" },
        new[]
        {
            "R6 retryPolicy", """{"t":{"type":"Http","inputs":{"method":"GET","uri":"https://a.test"},"runtimeConfiguration":{"retryPolicy":{"type":"none"},"concurrency":{}}}}""",
            """{"t":{"type":"Http","inputs":{"method":"GET","uri":"https://a.test","retryPolicy":{"type":"none"}},"runtimeConfiguration":{"concurrency":{}}}}""", "FE6006",
        },
        new[]
        {
            "R4 a typed condition beside another form", """{"x":{"a":1},"t":{"type":"If","expression":"@{equals(1,1)}","actions":{}}}""",
            """{"x":{"type":"Compose","inputs":{"a":1}},"t":{"type":"If","expression":"@equals(1,1)","actions":{}}}""", "FE6003 FE6004",
        },
        new[] { "R4 the condition of a Do_until", """{"t":{"type":"Do_until","expression":"@{equals(1,1)}","actions":{}}}""", """{"t":{"type":"Until","expression":"@equals(1,1)","actions":{},"limit":{"count":60,"timeout":"PT1H"}}}""", "FE6002 FE6004" },
        new[]
        {
            "R4 a typed condition within an untyped loop", """{"x":{"forEach":"@createArray(1)","actions":{"t":{"type":"If","expression":"@{equals(1,1)}","actions":{}}}}}""",
            """{"x":{"type":"Foreach","foreach":"@createArray(1)","actions":{"t":{"type":"If","expression":"@equals(1,1)","actions":{}}}}}""", "FE6003 FE6004",
        },
        new[] { "R5 inputs as text", """{"t":{"type":"Http","inputs":"@{triggerBody()}"}}""", """{"t":{"type":"Http","inputs":"@json(string(triggerBody()))"}}""", "FE6005" },
        new[] { "R5 inputs as mixed text", """{"t":{"type":"Http","inputs":"{\"method\":\"GET\",\"uri\":\"@{triggerBody()}\"}"}}""", """{"t":{"type":"Http","inputs":"@json(concat('{\"method\":\"GET\",\"uri\":\"', string(triggerBody()), '\"}'))"}}""", "FE6005" },
        new[] { "R9 a member as a variable", """{"t":{"type":"Compose","inputs":{"n":"@{add(1,2)}","m":"@variables('n')"}}}""", """{"t":{"type":"Compose","inputs":{"n":"@{add(1,2)}","m":"@add(1,2)"}}}""", "FE6009" },
        new[] { "R9 a literal before a step", """{"t":{"type":"Compose","inputs":{"n":"it's","m":"@variables('n')?['x']"}}}""", """{"t":{"type":"Compose","inputs":{"n":"it's","m":"@coalesce('it''s')?['x']"}}}""", "FE6009" },
        new[]
        {
            "R7 retryPolicy among actions", """{"retryPolicy":{"type":"none"},"h":{"type":"Http","inputs":{"method":"GET","uri":"https://a.test"}},"c":{"type":"Compose","inputs":{}}}""",
            """{"h":{"type":"Http","inputs":{"method":"GET","uri":"https://a.test","retryPolicy":{"type":"none"}}},"c":{"type":"Compose","inputs":{}}}""", "FE6007",
        },
        new[]
        {
            "R10 a group of credentials",
            """{"g":{"connectionReferences":{"kv":{"api":{"name":"keyvault"}}},"environmentVariables":{"Url":"u"},"s":{"type":"Compose","inputs":1}}}""",
            """{"g":{"type":"Scope","actions":{"environmentVariables":{"type":"Compose","inputs":{"Url":"u"}},"s":{"type":"Compose","inputs":1}}}}""", "FE6010",
        },
    ];

    [TestCaseSource(nameof(Forms))]
    public void A_form_is_read_as_the_standard_one(string what, string form, string standard, string codes)
    {
        var document = Documents.Actions(form);

        Assert.That(document.Definition!.Raw["actions"], Is.EqualTo(FlowValue.Parse(standard)), $"{what}: {document.Definition.Raw["actions"].ToJson()}");
        Assert.That(string.Join(' ', document.Diagnostics.Select(diagnostic => diagnostic.Code).Order()), Is.EqualTo(codes), string.Join('\n', document.Diagnostics));
        Assert.That(document.Diagnostics.Select(diagnostic => diagnostic.Severity), Is.All.EqualTo(DiagnosticSeverity.Information));
    }

    [TestCaseSource(nameof(Forms))]
    public void Strictly_a_form_is_an_error(string what, string form, string standard, string codes)
    {
        var document = Documents.Actions(form, strict: true);

        Assert.That(document.HasErrors, Is.True, what);
        Assert.That(document.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Code).Order(), Is.EqualTo(codes.Split(' ')), standard);
    }

    [TestCaseSource(nameof(Forms))]
    public void The_standard_form_says_nothing(string what, string form, string standard, string codes)
    {
        var document = Documents.Actions(standard, strict: true);

        Assert.That(document.Diagnostics, Is.Empty, $"{what} {form} {codes}");
    }

    [TestCase("""{"t":{"type":"Compose","inputs":1,"runtimeConfiguration":{"continueOnError":true}}}""", "FE6006", TestName = "R6 continueOnError")]
    [TestCase("""{"t":{"type":"Compose","inputs":"@map(createArray(1), lambda('x', item()))"}}""", "FE3004", TestName = "F2 map and lambda")]
    [TestCase("""{"t":{"type":"Compose","inputs":"@select(createArray(1), item(), item())"}}""", "FE3004", TestName = "F3 select")]
    [TestCase("""{"t":{"type":"Compose","inputs":"@base64(hmacSha256('a', 'b'))"}}""", "FE3004", TestName = "F1 hmacSha256")]
    [TestCase("""{"t":{"type":"Compose","inputs":"@items(triggerBody())"}}""", "FE3004", TestName = "F5 items of a value")]
    [TestCase("""{"t":{"type":"Compose","inputs":"@addHours(ticks(utcNow()), 1)"}}""", "FE3004", TestName = "F6 a date function on ticks")]
    public void A_use_that_has_no_other_form_is_told_and_strictly_an_error(string actions, string code)
    {
        var (lenient, strict) = (Documents.Actions(actions), Documents.Actions(actions, strict: true));

        Assert.That(lenient.Diagnostics.Select(diagnostic => (diagnostic.Code, diagnostic.Severity)).Distinct(), Is.EqualTo(new[] { (code, DiagnosticSeverity.Information) }));
        Assert.That(lenient.IsDialect);
        Assert.That(strict.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Code).Distinct(), Is.EqualTo(new[] { code }));
    }

    [TestCase("""{"t":{"type":"Compose","inputs":1,"metadata":{"note":"@hmacSha256('a', 'b')"}}}""", false, TestName = "A call in metadata is none")]
    [TestCase("""{"t":{"type":"Compose","inputs":{"@{hmacSha256('a', 'b')}":1}}}""", true, TestName = "A call in a name is one")]
    public void The_lenient_rules_hold_where_something_evaluates_what_the_service_has_not(string actions, bool isDialect)
    {
        var document = Documents.Actions(actions);

        Assert.That(document.IsDialect, Is.EqualTo(isDialect));
        Assert.That(document.Diagnostics.Any(diagnostic => diagnostic.Code == "FE3004"), Is.EqualTo(isDialect));
    }

    [Test]
    public void A_static_result_with_a_status_is_enabled_where_it_is_defined()
    {
        var document = Documents.Read(
            """
            {"triggers":{"m":{"type":"Request"}},"staticResults":{"R":{"status":"Succeeded","outputs":{}}},
             "actions":{"t":{"type":"Compose","inputs":1,"runtimeConfiguration":{"staticResult":{"name":"R","status":"Succeeded"}}}}}
            """);

        Assert.That(document.Definition!.Raw["actions"]["t"]["runtimeConfiguration"]["staticResult"]["staticResultOptions"].AsString, Is.EqualTo("Enabled"));
        Assert.That(document.Diagnostics.Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { "FE4105" }));
        Assert.That(document.IsDialect);
    }

    [Test]
    public void F3_two_members_of_one_name_are_an_error() =>
        Assert.That(
            Documents.Actions("""{"t":{"type":"Compose","inputs":"@select(triggerBody(), item()['a'], item()?['b']['a'])"}}""").Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Code),
            Is.EqualTo(new[] { "FE6012" }));

    [Test]
    public void R9_a_member_below_or_in_another_object_is_none()
    {
        var document = Documents.Actions("""{"t":{"type":"Compose","inputs":{"m":"@variables('n')","n":1}},"u":{"type":"Compose","inputs":{"m":"@variables('n')"}}}""");

        Assert.That(document.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { "FE3008", "FE3008" }));
    }

    [Test]
    public void R9_a_member_that_differs_each_time_is_no_variable() =>
        Assert.That(Documents.Actions("""{"t":{"type":"Compose","inputs":{"n":"@guid()","m":"@variables('n')"}}}""").HasErrors);

    [Test]
    public void A_typed_condition_that_is_text_is_none_of_the_forms_by_itself()
    {
        var document = Documents.Actions("""{"t":{"type":"If","expression":"@{equals(1,1)}","actions":{}}}""");

        Assert.That(document.IsDialect, Is.False);
        Assert.That(document.Definition!.Raw["actions"]["t"]["expression"].AsString, Is.EqualTo("@{equals(1,1)}"));
    }

    [TestCase("Append_to_array_variable", "AppendToArrayVariable", "array", "[]")]
    [TestCase("Append_to_string_variable", "AppendToStringVariable", "string", "\"\"")]
    [TestCase("Increment", "IncrementVariable", "integer", "0")]
    [TestCase("Decrement", "DecrementVariable", "integer", "0")]
    public void A_variable_action_may_bear_the_designers_title(string alias, string type, string variableType, string value)
    {
        var document = Documents.Actions(
            $$"""{"i":{"type":"InitializeVariable","inputs":{"variables":[{"name":"v","type":"{{variableType}}","value":{{value}}}]} },"t":{"type":"{{alias}}","inputs":{"name":"v","value":1},"runAfter":{"i":["Succeeded"]} } }""");

        Assert.That(document.Definition!.Root.Actions[1].Type, Is.EqualTo(type));
        Assert.That(document.Diagnostics.Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { "FE6002" }));
    }

    [Test]
    public void Connection_references_of_a_group_are_the_workflows()
    {
        var document = Documents.Actions("""{"g":{"connectionReferences":{"kv":{"api":{"name":"keyvault"}}},"s":{"type":"Compose","inputs":1}}}""");

        Assert.That(document.ConnectionReferences["kv"]["api"]["name"].AsString, Is.EqualTo("keyvault"));
    }

    [Test]
    public void Connection_references_that_contradict_each_other_are_an_error()
    {
        var document = Documents.Actions("""{"g":{"connectionReferences":{"kv":1},"actions":{}},"h":{"connectionReferences":{"kv":2},"actions":{}}}""");

        Assert.That(document.Diagnostics.Single(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Code, Is.EqualTo("FE6011"));
    }

    [Test]
    public void A_fault_in_what_was_moved_is_found_where_it_is_written()
    {
        const string Text = """{"triggers":{"m":{"type":"Request"}},"actions":{"t":{"do":{"actions":{"c":{"type":"Compose","inputs":"@nosuch(1)"}}},"until":"@equals(1,1)"}}}""";

        var fault = Documents.Read(Text).Diagnostics.Single(diagnostic => diagnostic.Code == "FE3002");

        Assert.That(fault.Location.Column, Is.EqualTo(Text.IndexOf("nosuch", StringComparison.Ordinal) + 1));
        Assert.That(fault.Location.Path, Is.EqualTo("/actions/t/do/actions/c/inputs"));
    }

    [Test]
    public void An_action_with_inputs_whose_type_was_forgotten_stays_an_error() =>
        Assert.That(Documents.Actions("""{"t":{"inputs":1}}""").Diagnostics.Single().Code, Is.EqualTo("FE4001"));

    [Test]
    public void A_definition_without_such_forms_is_the_files_own()
    {
        var document = Documents.Actions("""{"a":{"type":"Compose","inputs":1},"b":{"type":"Compose","inputs":"@outputs('a')","runAfter":{"a":["Succeeded"]}}}""");

        Assert.That(document.Diagnostics, Is.Empty);
        Assert.That(document.Definition!.Raw["actions"].AsObject, Is.SameAs(document.Root["actions"].AsObject));
    }

    /// <summary>V1, V2, V6: what fails in the service does not fail here, and is not said to.</summary>
    [Test]
    public void Constants_that_a_lenient_rule_takes_are_not_said_to_fail()
    {
        const string Actions = """{"c":{"a":"@{greater('10', 9)}","b":"@{add(9223372036854775807, 1)}","c":"@{empty(5)}","d":"@{int('x')}"}}""";
        var failing = Documents.Actions(Actions).Diagnostics.Where(found => found.Code == DiagnosticCodes.ConstantFailure);

        Assert.That(failing.Select(found => found.Message), Has.One.Items.And.One.Contains("'int'"));
    }
}
