using FlowEngine.Actions;
using FlowEngine.Tests.Engine;

namespace FlowEngine.Tests.Actions;

/// <summary>Select, Query, Join and Table in flows: runtime reference, 3.4.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class DataActionTests
{
    [Test]
    public async Task A_where_that_fails_fails_the_query_with_the_expression_as_written()
    {
        var action = await RunAsync("Query", """{ "from": [{}], "where": "@greater(item()['n'], 1)" }""");

        Assert.That(action.Error?.Message, Does.StartWith(
            "The execution of template action 'Do' failed: The evaluation of 'query' action 'where' expression '@greater(item()['n'], 1)' failed: '"));
        Assert.That((action.Status, action.Code, action.Error?.Code), Is.EqualTo((ActionStatus.Failed, "BadRequest", "BadRequest")));
    }

    [Test]
    public async Task There_is_no_truthiness_in_a_where_as_assumed()
    {
        var action = await RunAsync("Query", """{ "from": [1], "where": "@item()" }""");

        Assert.That(action.Error?.Message, Does.Contain("It is of type 'Integer' but is expected to be a value of type 'Boolean'."));
    }

    [Test]
    public async Task A_select_that_fails_shows_the_text_that_failed_of_its_object()
    {
        var action = await RunAsync("Select", """{ "from": [{}], "select": { "a": 1, "b": "@item()['n']" } }""");

        Assert.That(action.Error?.Message, Does.StartWith("The execution of template action 'Do' failed: The evaluation of 'select' action 'select' expression '@item()['n']' failed: '"));
    }

    [Test]
    public async Task The_record_shows_from_evaluated_and_the_template_of_the_elements_as_written()
    {
        var action = await RunAsync("Select", """{ "from": "@createArray(1, 2)", "select": "@add(item(), 1)" }""");

        Assert.That(action.Inputs.ToJson(), Is.EqualTo("""{"from":[1,2],"select":"@add(item(), 1)"}"""));
    }

    [Test]
    public async Task Nulls_join_as_nothing_and_objects_as_JSON()
    {
        var action = await RunAsync("Join", """{ "from": ["a", null, { "b": 1 }, true], "joinWith": ", " }""");

        Assert.That(action.Outputs["body"].AsString, Is.EqualTo("a, , {\"b\":1}, True"));
    }

    [Test]
    public async Task Whole_inputs_may_be_one_expression()
    {
        var action = await RunAsync("Join", "\"@json('{\\\"from\\\": [1, 2], \\\"joinWith\\\": \\\"-\\\"}')\"");

        Assert.That(action.Outputs["body"].AsString, Is.EqualTo("1-2"));
    }

    [Test]
    public async Task Columns_with_equal_headers_share_one_column_with_the_last_value_as_assumed()
    {
        var action = await RunAsync("Table", """
            { "from": [{ "a": 1, "b": 2 }], "format": "CSV",
              "columns": [{ "header": "h", "value": "@item()['a']" }, { "header": "i", "value": "x" }, { "header": "h", "value": "@item()['b']" }] }
            """);

        Assert.That(action.Outputs["body"].AsString, Is.EqualTo("h,i\r\n2,x\r\n"));
    }

    [TestCase("Join", """{ "from": null, "joinWith": "" }""", "The 'from' property value in the 'join' action inputs is of type 'Null'. The value must be an array.")]
    [TestCase("Table", """{ "from": "x", "format": "CSV" }""", "The 'from' property value in the 'table' action inputs is of type 'String'. The value must be of type 'Array'.")]
    public async Task What_is_no_array_is_refused(string type, string inputs, string message)
    {
        var action = await RunAsync(type, inputs);

        Assert.That(action.Error?.Message, Is.EqualTo(message));
    }

    [Test]
    public async Task A_schema_that_an_expression_makes_is_used_too()
    {
        var run = await Flow.RunAsync("""
            {
              "Schema": { "type": "Compose", "inputs": { "type": "string" } },
              "Do": { "type": "ParseJson", "inputs": { "content": "1", "schema": "@outputs('Schema')" }, "runAfter": { "Schema": ["Succeeded"] } }
            }
            """);

        Assert.That(run.Action("Do").Outputs["errors"][0]["message"].AsString, Is.EqualTo("Invalid type. Expected String but got Integer."));
    }

    private static async Task<ActionRecord> RunAsync(string type, string inputs) =>
        (await Flow.RunAsync($$"""{ "Do": { "type": "{{type}}", "inputs": {{inputs}} } }""")).Action("Do");
}
