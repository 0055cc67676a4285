using FlowEngine.Definitions;

namespace FlowEngine.Tests;

/// <summary>The tutorial's forms are written as the standard ones, and nothing else in the text changes.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class DialectFixTests
{
    private const string Head = """{"triggers":{"manual":{"type":"Request","kind":"Http","inputs":{}}},"actions":""";

    // Each row: what it shows, the actions before and after.
    private static readonly object[] Forms =
    [
        new[] { "R3 Http", """{"t":{"method":"POST","uri":"https://a.test","runAfter":{}}}""", """{"t":{"type":"Http","runAfter":{},"inputs":{"method":"POST","uri":"https://a.test"}}}""" },
        new[] { "R3 Compose keeps numbers and escapes", """{"t":{"a":-74.0060,"b":"\u00e4\/"}}""", """{"t":{"type":"Compose","inputs":{"a":-74.0060,"b":"\u00e4\/"}}}""" },
        new[] { "R3 Foreach", """{"t":{"forEach":"@createArray(1)","actions":{}}}""", """{"t":{"type":"Foreach","foreach":"@createArray(1)","actions":{}}}""" },
        new[] { "R3 If", """{"t":{"condition":{"expression":"@equals(1,1)","actions":{}}}}""", """{"t":{"type":"If","expression":"@equals(1,1)","actions":{}}}""" },
        new[] { "R2 aliases", """{"t":{"type":"Apply_to_each","inputs":{"foreach":"@createArray(1)","actions":{}}}}""", """{"t":{"type":"Foreach","foreach":"@createArray(1)","actions":{}}}""" },
        new[] { "R2 Parallel", """{"t":{"type":"Parallel","branches":{"one":{"actions":{}}}}}""", """{"t":{"type":"Scope","actions":{"one":{"type":"Scope","actions":{},"runAfter":{}}}}}""" },
        new[] { "R4 and R3 Until", """{"t":{"do":{"actions":{}},"until":"@{equals(1,1)}"}}""", """{"t":{"type":"Until","expression":"@equals(1,1)","actions":{},"limit":{"count":60,"timeout":"PT1H"}}}""" },
        new[] { "R5 inputs as text", """{"t":{"type":"Http","inputs":"@{triggerBody()}"}}""", """{"t":{"type":"Http","inputs":"@json(string(triggerBody()))"}}""" },
        new[] { "R6 timeout", """{"t":{"type":"Compose","inputs":1,"runtimeConfiguration":{"timeout":"PT30S"}}}""", """{"t":{"type":"Compose","inputs":1,"limit":{"timeout":"PT30S"}}}""" },
        new[]
        {
            "R6 continueOnError", """{"a":{"type":"Compose","inputs":1,"runtimeConfiguration":{"continueOnError":true}},"b":{"type":"Compose","inputs":1,"runAfter":{"a":["Succeeded"]}}}""",
            """{"a":{"type":"Compose","inputs":1},"b":{"type":"Compose","inputs":1,"runAfter":{"a":["Succeeded","Failed","TimedOut"]}}}""",
        },
        new[]
        {
            "R7 retry policy", """{"retryPolicy":{"type":"none"},"h":{"type":"Http","inputs":{"method":"GET","uri":"https://a.test"}}}""",
            """{"h":{"type":"Http","inputs":{"method":"GET","uri":"https://a.test","retryPolicy":{"type":"none"}}}}""",
        },
        new[] { "R9 member", """{"t":{"type":"Compose","inputs":{"n":"@{add(1,2)}","m":"x@{variables('n')}"}}}""", """{"t":{"type":"Compose","inputs":{"n":"@{add(1,2)}","m":"x@{add(1,2)}"}}}""" },
        new[] { "R1 order", """{"a":{"type":"Compose","inputs":1},"b":{"type":"Compose","inputs":"@outputs('a')"}}""", """{"a":{"type":"Compose","inputs":1},"b":{"type":"Compose","inputs":"@outputs('a')","runAfter":{"a":["Succeeded"]}}}""" },
        new[] { "standard", """{ "t" : {"type":"Compose" , "inputs":1.50} }""", """{ "t" : {"type":"Compose" , "inputs":1.50} }""" },
    ];

    [TestCaseSource(nameof(Forms))]
    public void A_form_is_written_as_the_standard_one(string what, string form, string standard)
    {
        Assert.That(Fix(Head + form + "}"), Is.EqualTo(Head + standard + "}").IgnoreWhiteSpace, what);
        Assert.That(Fix(Head + form + "}").Contains('\n', StringComparison.Ordinal), Is.False, "it stays on one line");
    }

    [TestCaseSource(nameof(Forms))]
    public void A_file_that_was_written_so_stays(string what, string form, string standard)
    {
        var once = Fix(Head + form + "}");

        Assert.That(Fix(once), Is.EqualTo(once), $"{what} {standard}");
    }

    [TestCaseSource(nameof(Forms))]
    public void The_service_takes_what_is_written(string what, string form, string standard)
    {
        var document = Documents.Read(Fix(Head + form + "}"), strict: true);

        Assert.That(document.Diagnostics, Is.Empty, $"{what} {standard}");
        Assert.That(document.IsDialect, Is.False);
    }

    [Test]
    public void Spacing_order_comments_and_newlines_stay()
    {
        var before = """
            {
                "definition": {
                    "actions": {
                        // first the call
                        "call":   { "method": "GET",
                                    "uri": "https://a.test" },

                        "loop": {
                            "do": {
                                "actions": {
                                    "c": {
                                        "type": "Compose",
                                        "inputs": [1,   2.50]
                                    }
                                }
                            },
                            "until": "@{true}"   /* at once */
                        }
                    },
                    "triggers": { "manual": { "type": "Request" } }
                },
                "kind": "Stateful"
            }
            """.ReplaceLineEndings("\r\n");
        var after = """
            {
                "definition": {
                    "actions": {
                        // first the call
                        "call":   { "type": "Http", "inputs": {"method": "GET", "uri": "https://a.test"} },

                        "loop": {
                            "type": "Until",
                            "expression": "@true",
                            "actions": {
                                "c": {
                                    "type": "Compose",
                                    "inputs": [1,   2.50]
                                }
                            },
                            "limit": {
                                "count": 60,
                                "timeout": "PT1H"
                            }   /* at once */
                        }
                    },
                    "triggers": { "manual": { "type": "Request" } }
                },
                "kind": "Stateful"
            }
            """.ReplaceLineEndings("\r\n");

        Assert.That(Fix(before), Is.EqualTo(after));
    }

    [Test]
    public void References_of_a_credential_group_go_beside_the_definition()
    {
        var text = Fix("""{"definition":{"triggers":{"m":{"type":"Request"}},"actions":{"g":{"connectionReferences":{"kv":{"api":{"name":"keyvault"}}},"environmentVariables":{"Url":"u"}}}}}""");

        Assert.That(text, Is.EqualTo(
            """{"definition":{"triggers":{"m":{"type":"Request"}},"actions":{"g":{"type":"Scope","actions":{"environmentVariables":{"type":"Compose","inputs":{"Url":"u"}}}}}},"connectionReferences":{"kv":{"api":{"name":"keyvault"}}}}""").IgnoreWhiteSpace);
    }

    [TestCase("""{"a":{"type":"Compose","inputs":1,"runtimeConfiguration":{"continueOnError":true}}}""", TestName = "continueOnError of the last action")]
    [TestCase("""{"a":{"type":"Compose","inputs":1,"runtimeConfiguration":{"continueOnError":true}},"b":{"type":"Compose","inputs":1,"runAfter":{"a":["Failed"]}}}""", TestName = "continueOnError before a handler")]
    [TestCase("""{"a":{"type":"Compose","inputs":1,"runtimeConfiguration":{"staticResult":{"name":"n","status":"Succeeded"}}}}""", TestName = "a status that no static result gives")]
    [TestCase("""{"a":{"type":"Compose","inputs":"@unique(triggerBody())"}}""", TestName = "a function that the service has not")]
    public void What_has_no_standard_form_stays_and_is_told(string actions)
    {
        var text = Fix(Head + actions + "}");

        Assert.That(text, Is.EqualTo(Head + actions + "}"));
        Assert.That(Documents.Read(text).Diagnostics, Is.Not.Empty);
    }

    [TestCase("{", "no definition that can be read")]
    [TestCase("""{"type":"Apply_to_each","inputs":{"foreach":"@createArray(1)","actions":{}}}""", "fragment")]
    [TestCase("""{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","resources":[{"type":"Microsoft.Logic/workflows","name":"w","properties":{"definition":{"triggers":{},"actions":{"a":{"b":1}}}}}]}""", "ARM template")]
    [TestCase("""{"clientdata":"{\"properties\":{\"definition\":{\"triggers\":{},\"actions\":{\"a\":{\"type\":\"Compose\",\"inputs\":1}}}}}"}""", "text inside another document")]
    [TestCase("""{"triggers":{"m":{"type":"Request"}},"actions":{"g":{"connectionReferences":{"kv":1},"actions":{}}}}""", "connectionReferences")]
    public void Files_that_are_not_rewritten_say_why(string text, string why) =>
        Assert.That(() => Fix(text), Throws.InstanceOf<DialectFixException>().With.Message.Contains(why));

    [TestCase("""{"a":{"x":1},"t":{"type":"Compose","inputs":"@coalesce(triggerBody()['a']?['b'], 1)"}}""", "Write '?' before the step.")]
    [TestCase("""{"a":{"x":1},"t":{"type":"If","expression":"@equals(triggerBody().a, 1)","actions":{}}}""", "Write '?' before the step.")]
    [TestCase("""{"s":{"type":"Select","inputs":{"from":[],"select":"@item()"}},"t":{"type":"Compose","inputs":"@union(outputs('s'), outputs('s'))"}}""", "Write body('s').")]
    [TestCase("""{"h":{"type":"Http","inputs":{"method":"GET","uri":"https://a.test"}},"t":{"type":"Compose","inputs":"@coalesce(body('h'), 1)"}}""", "Ask for its status: if(equals(actions('h')?['status'], 'Succeeded'), body('h'), null).")]
    public void What_leans_on_a_lenient_rule_is_told(string actions, string standard) =>
        Assert.That(DialectFix.LenientUsesOf(Documents.Read(Fix(Head + actions + "}"))).Select(diagnostic => diagnostic.Suggestion), Does.Contain(standard));

    [TestCase("@coalesce(triggerBody()['a']?['b'].c, 1)", "@coalesce(triggerBody()?['a']?['b']?.c, 1)", TestName = "V3 every step in coalesce")]
    [TestCase("@if(empty(triggerBody()[variables('n')]), 'x', triggerBody()['a'])", "@if(empty(triggerBody()?[variables('n')]), 'x', triggerBody()['a'])", TestName = "V3 in empty and nowhere else")]
    [TestCase("""a \"b\" @{coalesce(triggerBody()['é'], 1)} \\ c""", """a \"b\" @{coalesce(triggerBody()?['é'], 1)} \\ c""", TestName = "V3 in a text with escapes")]
    [TestCase("@coalesce(body('h'), body('h')['x'])", "@coalesce(if(equals(actions('h')?['status'], 'Succeeded'), body('h'), null), body('h')?['x'])", TestName = "V4 by itself")]
    [TestCase("@union(outputs('s'), outputs('s')['body'])", "@union(body('s'), outputs('s')['body'])", TestName = "V5 by itself")]
    public void What_leans_on_a_lenient_rule_is_written_anew(string inputs, string standard)
    {
        const string Actions = """{"h":{"type":"Http","inputs":{"method":"GET","uri":"https://a.test"}},"s":{"type":"Select","inputs":{"from":[],"select":"@item()"},"runAfter":{"h":["Succeeded","Failed"]}},"t":{"type":"Compose","inputs":"INPUTS","runAfter":{"h":["Succeeded","Failed"],"s":["Succeeded"]}}}""";

        var text = DialectFix.WithoutLenientUses([Documents.Read(Head + Actions.Replace("INPUTS", inputs, StringComparison.Ordinal) + "}")]);

        Assert.That(text, Is.EqualTo(Head + Actions.Replace("INPUTS", standard, StringComparison.Ordinal) + "}"));
    }

    [TestCase("""{"t":{"type":"If","expression":{"and":[{"equals":["@triggerBody()['a']",1]}]},"actions":{}}}""", "triggerBody()['a']", "triggerBody()?['a']", TestName = "V3 in a condition")]
    [TestCase("""{"t":{"type":"Switch","expression":"@outputs('h').x","cases":{"a":{"case":-3,"actions":{}},"b":{"case":4,"actions":{}}}}}""", "outputs('h').x", "coalesce(outputs('h')?.x, -4)", TestName = "V3 in a Switch with numbers")]
    [TestCase("""{"t":{"type":"Switch","expression":"@triggerBody()?['x']","cases":{"a":{"case":"","actions":{}}}}}""", "triggerBody()?['x']", "coalesce(triggerBody()?['x'], '-')", TestName = "V3 in a Switch with texts")]
    [TestCase("""{"t":{"type":"Switch","expression":"@string(1)","cases":{"a":{"case":"","actions":{}}}}}""", "string(1)", "string(1)", TestName = "V3 in a Switch on what is there")]
    public void A_question_is_written_anew(string actions, string lenient, string standard)
    {
        var text = DialectFix.WithoutLenientUses([Documents.Read(Head + actions + "}")]);

        Assert.That(text, Is.EqualTo(Head + actions.Replace(lenient, standard, StringComparison.Ordinal) + "}"));
    }

    [Test]
    public void A_template_without_such_forms_stays()
    {
        const string Text = """{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","resources":[{"type":"Microsoft.Logic/workflows","name":"w","properties":{"definition":{"triggers":{},"actions":{"a":{"type":"Compose","inputs":1}}}}}]}""";

        Assert.That(Fix(Text), Is.EqualTo(Text));
    }

    [TestCase("""{"t":{"type":"Compose","inputs":"@coalesce(triggerBody()?['a']?['b'], 1)","runAfter":{}}}""")]
    [TestCase("""{"t":{"type":"Compose","inputs":"@triggerBody()['a']","runAfter":{}}}""")]
    public void What_the_service_takes_is_not(string actions) => Assert.That(DialectFix.LenientUsesOf(Documents.Read(Head + actions + "}")), Is.Empty);

    private static string Fix(string text) => DialectFix.Standard([Documents.Read(text)]);
}
