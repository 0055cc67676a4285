using FlowEngine.Actions;
using FlowEngine.Testing;
using FlowEngine.Tests.Engine;

namespace FlowEngine.Tests;

/// <summary>The lenient rules of the tutorial's dialect (tutorial reference, V1 to V6, R4 to R6), and that nothing of them holds in a standard definition.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class DialectLeniencyTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);

    // An entry without a type makes a document one of the dialect.
    private const string Mark = """ "mark": { "a": 1 } """;

    [TestCase("@greater('43250.12', 0)", "true", TestName = "V1 a number in text is compared as that number")]
    [TestCase("@greater('n/a', 0)", "false", TestName = "V1 text that is no number is not greater")]
    [TestCase("@less('n/a', 0)", "false", TestName = "V1 text that is no number is not less")]
    [TestCase("@greaterOrEquals(5, '5')", "true", TestName = "V1 the number may stand first")]
    [TestCase("@less(null, 0)", "false", TestName = "V1 null is not less than a number")]
    [TestCase("@lessOrEquals('a', null)", "false", TestName = "V1 null is not above text")]
    [TestCase("@greater('10', '9')", "false", TestName = "V1 two texts stay texts")]
    [TestCase("@equals('1', 1)", "false", TestName = "V1 equals stays strict")]
    [TestCase("@sum(createArray('100', '75', 100))", "275", TestName = "V1 sum reads numbers in text")]
    [TestCase("@sum(createArray('1.5', 1))", "2.5", TestName = "V1 sum of a float in text")]
    [TestCase("@average(createArray('1', '2'))", "1.5", TestName = "V1 average reads numbers in text")]
    [TestCase("@string(mul(639054432000000000, 100))", "\"63905443200000000000\"", TestName = "V2 a product beyond 64 bits is a Decimal")]
    [TestCase("@string(add(9223372036854775807, 1))", "\"9223372036854775808\"", TestName = "V2 a sum beyond 64 bits")]
    [TestCase("@string(sub(-9223372036854775807, 2))", "\"-9223372036854775809\"", TestName = "V2 a difference beyond 64 bits")]
    [TestCase("@mul(3, 4)", "12", TestName = "V2 what fits stays an Integer")]
    [TestCase("@coalesce(json('{\"a\":{}}')['a']['b']['c'], 'd')", "\"d\"", TestName = "V3 coalesce may ask")]
    [TestCase("@coalesce(toUpper(json('{\"a\":\"x\"}').a), 'd')", "\"X\"", TestName = "V3 what is there is there")]
    [TestCase("@empty(json('{}')['a'])", "true", TestName = "V3 empty may ask")]
    [TestCase("@empty(5)", "false", TestName = "V6 a number is not empty")]
    [TestCase("@empty(false)", "false", TestName = "V6 a boolean is not empty")]
    public async Task A_rule_of_the_dialect(string expression, string expected)
    {
        var run = await Flow.RunAsync($$"""{ {{Mark}}, "c": { "type": "Compose", "inputs": {{FlowValue.String(expression).ToJson()}}, "runAfter": {} } }""");

        Assert.That(run.Action("c").Outputs.ToJson(), Is.EqualTo(expected), run.Action("c").Error?.Message);
    }

    [TestCase("@greater('43250.12', 0)", "V1: 'greater' compared a number or text with text or null")]
    [TestCase("@lessOrEquals(null, 'a')", "V1: 'lessOrEquals' compared a number or text with text or null")]
    [TestCase("@sum(createArray('100', 5))", "V1: 'sum' read numbers in text")]
    [TestCase("@mul(639054432000000000, 100)", "V2: the result of 'mul' has more than 64 bits and is a Decimal")]
    [TestCase("@coalesce(json('{}')['a'], 'd')", "V3: the property 'a' is missing and counts as null")]
    [TestCase("@empty(json('[]')[0])", "V3: an element is missing and counts as null")]
    [TestCase("@empty(5)", "V6: a number or a Boolean is not empty")]
    public async Task A_rule_that_changed_an_outcome_leaves_a_note(string expression, string note)
    {
        var run = await Flow.RunAsync($$"""{ {{Mark}}, "c": { "type": "Compose", "inputs": {{FlowValue.String(expression).ToJson()}}, "runAfter": {} } }""");

        Assert.That(run.Action("c").Notes, Is.EqualTo(new[] { note }));
        Assert.That(run.ToRecord()["actions"]["c"]["notes"][0].AsString, Is.EqualTo(note));
        Assert.That(run.ToRecord()["actions"]["mark"]["notes"].IsNull, "and only on its action");
    }

    [TestCase("@greater(2, 1)")]
    [TestCase("@sum(createArray(1, 2))")]
    [TestCase("@mul(3, 4)")]
    [TestCase("@coalesce(json('{\"a\":null}')['a'], json('[null]')[0], json('{}')?['b'], 1)")]
    [TestCase("@empty('')")]
    public async Task A_rule_that_changed_nothing_leaves_none(string expression)
    {
        var run = await Flow.RunAsync($$"""{ {{Mark}}, "c": { "type": "Compose", "inputs": {{FlowValue.String(expression).ToJson()}}, "runAfter": {} } }""");

        Assert.That(run.Action("c").Notes, Is.Empty);
    }

    [Test]
    public async Task Rules_of_actions_leave_notes_where_they_act()
    {
        var run = await RunAsync(
            $$"""
            { {{Mark}},
              "h": { "type": "Http", "inputs": { "method": "GET", "uri": "https://a.test/x", "retryPolicy": { "type": "none" } } },
              "s": { "type": "Select", "inputs": { "from": [1], "select": "@item()" } },
              "body": { "type": "Compose", "inputs": "@coalesce(body('h'), 'none')", "runAfter": { "h": ["Failed"] } },
              "united": { "type": "Compose", "inputs": "@union(outputs('s'), createArray(2))", "runAfter": { "s": ["Succeeded"] } },
              "switch": { "type": "Switch", "expression": "@triggerOutputs()['none']", "runAfter": {}, "cases": { "one": { "case": 1, "actions": {} } } },
              "loop": { "type": "Foreach", "foreach": [1, "a"], "runAfter": {}, "actions": { "each": { "type": "Compose", "inputs": "@greater(item(), 0)" } } } }
            """,
            """[{"match":{"uri":"https://a.test/x"},"respond":{"status":404,"body":{"e":1}}}]""");

        Assert.That(run.Action("body").Notes, Is.EqualTo(new[] { "V4: the body of 'h', which did not succeed, counts as null" }));
        Assert.That(run.Action("united").Notes, Is.EqualTo(new[] { "V5: the outputs of 's' stand for its array" }));
        Assert.That(run.Action("switch").Notes, Is.EqualTo(new[] { "V3: the property 'none' is missing and counts as null", "V3: null matches no case" }));
        Assert.That(run.Action("loop").Repetitions.Select(repetition => repetition.Action("each")!.Value.Notes.Count), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(run.Action("loop").Notes, Is.Empty);
    }

    [TestCase("@greater('43250.12', 0)")]
    [TestCase("@less(null, 0)")]
    [TestCase("@mul(639054432000000000, 100)")]
    [TestCase("@coalesce(json('{\"a\":{}}')['a']['b'], 'd')")]
    [TestCase("@empty(json('{}')['a'])")]
    [TestCase("@empty(5)")]
    public async Task The_same_fails_in_a_standard_definition(string expression)
    {
        var run = await Flow.RunAsync($$"""{ "c": { "type": "Compose", "inputs": {{FlowValue.String(expression).ToJson()}}, "runAfter": {} } }""");

        Assert.That(run.Action("c").Status, Is.EqualTo(ActionStatus.Failed));
    }

    [Test]
    public async Task A_missing_property_outside_of_a_question_stays_an_error()
    {
        var run = await Flow.RunAsync($$"""{ {{Mark}}, "c": { "type": "Compose", "inputs": "@json('{}')['a']", "runAfter": {} } }""");

        Assert.That(run.Action("c").Error!.Message, Does.Contain("property 'a' doesn't exist"));
    }

    [Test]
    public async Task A_condition_may_ask()
    {
        var run = await Flow.RunAsync(
            $$"""
            { {{Mark}},
              "i": { "type": "If", "expression": { "equals": ["@triggerOutputs()['none']['x']", null] }, "runAfter": {}, "actions": { "yes": { "type": "Compose", "inputs": 1 } } } }
            """);

        Assert.That(run.Action("yes").Status, Is.EqualTo(ActionStatus.Succeeded));
    }

    [TestCase(Mark + ",", ActionStatus.Succeeded, ActionStatus.Succeeded)]
    [TestCase("", ActionStatus.Failed, ActionStatus.Skipped)]
    public async Task A_switch_on_nothing_takes_the_default(string mark, ActionStatus status, ActionStatus ofDefault)
    {
        var run = await Flow.RunAsync(
            $$"""
            { {{mark}}
              "s": { "type": "Switch", "expression": "@triggerOutputs(){{(mark.Length > 0 ? "['none']['x']" : "?['none']")}}", "runAfter": {},
                "cases": { "one": { "case": 1, "actions": { "c": { "type": "Compose", "inputs": 1 } } } },
                "default": { "actions": { "d": { "type": "Compose", "inputs": 1 } } } } }
            """);

        Assert.That(run.Action("s").Status, Is.EqualTo(status));
        Assert.That(run.Action("d").Status, Is.EqualTo(ofDefault));
        Assert.That(run.Action("c").Status, Is.EqualTo(ActionStatus.Skipped));
    }

    [TestCase("True", true)]
    [TestCase("false", false)]
    public async Task R4_the_text_of_a_boolean_counts_as_one(string text, bool holds)
    {
        var run = await Flow.RunAsync(
            $$"""
            { {{Mark}},
              "i": { "type": "If", "expression": "@triggerBody()", "runAfter": {}, "actions": { "yes": { "type": "Compose", "inputs": 1 } }, "else": { "actions": { "no": { "type": "Compose", "inputs": 1 } } } } }
            """,
            FlowValue.String(text));

        Assert.That(run.Action("yes").Status, Is.EqualTo(holds ? ActionStatus.Succeeded : ActionStatus.Skipped));
        Assert.That(run.Action("no").Status, Is.EqualTo(holds ? ActionStatus.Skipped : ActionStatus.Succeeded));
    }

    [Test]
    public async Task R4_text_is_no_boolean_in_a_standard_definition()
    {
        var run = await Flow.RunAsync("""{ "i": { "type": "If", "expression": "@{equals(1, 1)}", "actions": { "yes": { "type": "Compose", "inputs": 1 } } } }""");

        Assert.That(run.Action("i").Code, Is.EqualTo("ExpressionEvaluationFailed"));
    }

    [Test]
    public async Task R4_a_loop_ends_when_the_text_says_true()
    {
        var run = await Flow.RunAsync(
            $$"""
            { {{Mark}},
              "u": { "type": "Until", "expression": "@outputs('c')", "limit": { "count": 3, "timeout": "PT1H" }, "runAfter": {}, "actions": { "c": { "type": "Compose", "inputs": "TRUE" } } } }
            """);

        Assert.That(run.Action("u").Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(run.Action("u").RepetitionCount, Is.EqualTo(1));
    }

    [TestCase("""{"method":"GET","uri":"https://a.test/x"}""", "object")]
    [TestCase("""{"method":"GET","uri":"https://a.test/x"}""", "string")]
    public async Task R5_inputs_of_a_call_may_be_text(string call, string type)
    {
        var value = type == "string" ? FlowValue.String(call).ToJson() : call;
        var run = await RunAsync(
            $$"""
            { "v": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "call", "type": "{{type}}", "value": {{value}} }] } },
              "h": { "type": "Http", "inputs": "@{variables('call')}" } }
            """,
            """[{"match":{"uri":"https://a.test/x"},"respond":{"body":1}}]""");

        Assert.That(run.Action("h").Status, Is.EqualTo(ActionStatus.Succeeded), run.Action("h").Error?.Message);
    }

    [TestCase("""{"method":"GET","uri":"https://a.test/@{1}"}""", ActionStatus.Succeeded, TestName = "R5 text from a variable is read, and not scanned for expressions again")]
    [TestCase("no JSON", ActionStatus.Failed, TestName = "R5 text from a variable that is no JSON")]
    public async Task R5_text_of_a_variable_is_read_beside_another_form(string call, ActionStatus status)
    {
        var run = await RunAsync(
            $$"""
            { {{Mark}},
              "v": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "call", "type": "string", "value": "@triggerBody()" }] } },
              "h": { "type": "Http", "inputs": "@variables('call')" } }
            """,
            """[{"respond":{"body":1}}]""",
            FlowValue.String(call));

        Assert.That(run.Action("h").Status, Is.EqualTo(status), run.Action("h").Error?.Message);
        Assert.That(run.Requests.Select(request => Uri.UnescapeDataString(request.Uri)), Is.EqualTo(status == ActionStatus.Succeeded ? new[] { "https://a.test/@{1}" } : []));
    }

    [TestCase("no JSON")]
    [TestCase("[1]")]
    public async Task R5_text_that_is_no_call_fails(string text)
    {
        var run = await RunAsync(
            $$"""
            { "v": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "call", "type": "string", "value": "{{text}}" }] } },
              "h": { "type": "Http", "inputs": "@{variables('call')}" } }
            """,
            "[]");

        Assert.That(run.Action("h").Status, Is.EqualTo(ActionStatus.Failed));
        Assert.That(run.Action("h").Error!.Message, Is.Not.Empty);
        Assert.That(run.Requests, Is.Empty);
    }

    [Test]
    public async Task R6_a_failure_that_may_happen_counts_as_a_success()
    {
        var run = await RunAsync(
            """
            { "h": { "type": "Http", "inputs": { "method": "GET", "uri": "https://a.test/" }, "runtimeConfiguration": { "continueOnError": true } },
              "next": { "type": "Compose", "inputs": "@body('h')", "runAfter": { "h": ["Succeeded"] } },
              "handler": { "type": "Compose", "inputs": 1, "runAfter": { "h": ["Failed"] } } }
            """,
            """[{"respond":{"status":400,"body":{"e":1}}}]""");

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(run.Action("h").Status, Is.EqualTo(ActionStatus.Failed));
        Assert.That(run.Action("h").Code, Is.EqualTo("BadRequest"));
        Assert.That(run.Action("h").Outputs["body"]["e"].AsInteger, Is.EqualTo(1));
        Assert.That(run.Action("next").Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(run.Action("next").Outputs.IsNull, "V4: a failed body is no body");
        Assert.That(run.Action("handler").Status, Is.EqualTo(ActionStatus.Skipped));
    }

    [Test]
    public async Task R6_a_time_limit_passed_counts_as_a_success_of_its_scope()
    {
        var run = await RunAsync(
            """
            { "s": { "type": "Scope", "actions": {
              "h": { "type": "Http", "inputs": { "method": "GET", "uri": "https://a.test/" }, "limit": { "timeout": "PT5S" }, "runtimeConfiguration": { "continueOnError": true } } } } }
            """,
            """[{"respond":{"delay":"PT10S"}}]""");

        Assert.That(run.Action("h").Status, Is.EqualTo(ActionStatus.TimedOut));
        Assert.That(run.Action("s").Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(run.FirstFailure, Is.Null);
    }

    [Test]
    public async Task R6_a_time_limit_does_not_count_the_waits_between_tries()
    {
        var run = await RunAsync(
            """
            { "h": { "type": "Http", "inputs": { "method": "GET", "uri": "https://a.test/" },
              "runtimeConfiguration": { "timeout": "PT30S", "retryPolicy": { "type": "exponential", "count": 3, "interval": "PT10S" } } } }
            """,
            """[{"respond":{"status":429}}]""");

        Assert.That(run.Requests, Has.Count.EqualTo(4));
        Assert.That(run.Action("h").Status, Is.EqualTo(ActionStatus.Failed));
        Assert.That(run.Action("h").Code, Is.EqualTo("429"));
    }

    [Test]
    public async Task R6_a_time_limit_counts_all_requests()
    {
        var run = await RunAsync(
            """
            { "h": { "type": "Http", "inputs": { "method": "GET", "uri": "https://a.test/" }, "runtimeConfiguration": { "timeout": "PT30S", "retryPolicy": { "type": "fixed", "count": 3, "interval": "PT10S" } } } }
            """,
            """[{"respond":{"status":429,"delay":"PT20S"}}]""");

        Assert.That(run.Requests, Has.Count.EqualTo(2));
        Assert.That(run.Action("h").Status, Is.EqualTo(ActionStatus.TimedOut));
    }

    [Test]
    public async Task V4_coalesce_goes_on_without_the_body_of_a_failure()
    {
        var run = await RunAsync(
            """
            { "h": { "type": "Http", "inputs": { "method": "GET", "uri": "https://a.test/" } },
              "c": { "type": "Compose", "inputs": "@coalesce(body('h'), 'none')" },
              "o": { "type": "Compose", "inputs": "@coalesce(outputs('h')['body']['e'], 'none')" } }
            """,
            """[{"respond":{"status":400,"body":{"e":1}}}]""");

        Assert.That(run.Action("c").Outputs.AsString, Is.EqualTo("none"));
        Assert.That(run.Action("o").Outputs.AsInteger, Is.EqualTo(1), "outputs() is always what there is");
    }

    [Test]
    public async Task V5_a_union_takes_the_array_of_a_data_operation()
    {
        var run = await Flow.RunAsync(
            """
            { "a": { "type": "Select", "inputs": { "from": [1, 2], "select": "@item()" } },
              "b": { "type": "Query", "inputs": { "from": [2, 3], "where": "@equals(1, 1)" } },
              "c": { "type": "Compose", "inputs": { "body": [9] } },
              "rows": { "type": "Compose", "inputs": "@union(outputs('a'), outputs('b'))" },
              "object": { "type": "Compose", "inputs": "@union(outputs('a'), outputs('c'))['body']" } }
            """);

        Assert.That(run.Action("rows").Outputs.ToJson(), Is.EqualTo("[1,2,3]"));
        Assert.That(run.Action("object").Outputs.ToJson(), Is.EqualTo("[9]"), "the members of objects are united, not their arrays");
    }

    [Test]
    public async Task R9_a_member_is_taken_for_the_variable_before_it_became_text()
    {
        var run = await Flow.RunAsync(
            """
            { "c": { "type": "Compose", "inputs": {
                "n": "@{int('7')}", "few": "@{less(variables('n'), 10)}", "wait": "@{if(variables('few'), 'long', 'short')}", "text": "a'@{variables('n')}", "all": "@{variables('text')}" } } }
            """);

        Assert.That(run.Action("c").Outputs.ToJson(), Is.EqualTo("""{"n":"7","few":"True","wait":"long","text":"a'7","all":"a'7"}"""));
    }

    [Test]
    public async Task R9_a_variable_that_is_declared_wins()
    {
        var run = await Flow.RunAsync(
            """
            { "v": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "integer", "value": 1 }] } },
              "c": { "type": "Compose", "inputs": { "n": 2, "m": "@variables('n')" }, "runAfter": { "v": ["Succeeded"] } } }
            """);

        Assert.That(run.Action("c").Outputs["m"].AsInteger, Is.EqualTo(1));
    }

    private static async Task<RunResult> RunAsync(string actions, string mocks, FlowValue body = default)
    {
        using var handler = new MockHttpHandler(MockSet.Parse(mocks));
        return await Flow.RunAsync(actions, body, new RunOptions { Time = new VirtualTimeProvider(Start), Seed = 1, HttpHandler = handler });
    }
}
