using FlowEngine.Actions;
using FlowEngine.Tests.Engine;

namespace FlowEngine.Tests.Actions;

/// <summary>Rules and texts: runtime reference, 3.2.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class VariableActionTests
{
    private const string Framed = "Unable to process template language expressions in action 'Do' inputs at line '0' and column '0': '";

    [TestCase("integer", "1", "2.5", "Float", "Integer")]
    [TestCase("integer", "1", "\"5\"", "String", "Integer")]
    [TestCase("integer", "1", "null", "Null", "Integer")]
    [TestCase("string", "\"a\"", "1", "Integer", "String")]
    [TestCase("boolean", "true", "\"True\"", "String", "Boolean")]
    [TestCase("array", "[]", "{}", "Object", "Array")]
    [TestCase("object", "{}", "[]", "Array", "Object")]
    public async Task A_variable_refuses_a_value_of_another_type(string type, string initial, string value, string valueType, string supported)
    {
        var action = await DoAsync(type, initial, "SetVariable", value);

        Assert.That(action.Error?.Message, Is.EqualTo(
            $"{Framed}The variable 'v' of type '{supported}' cannot be initialized or updated with value of type '{valueType}'. The variable 'v' only supports values of types '{supported}'.'."));
        Assert.That((action.Status, action.Code, action.Error?.Code), Is.EqualTo((ActionStatus.Failed, "BadRequest", "InvalidTemplate")));
    }

    [TestCase("string", "\"a\"", "null", "\"\"")]
    [TestCase("array", "[1]", "null", "[]")]
    [TestCase("object", "{\"a\":1}", "null", "null")]
    [TestCase("float", "1.5", "2", "2.0")]
    public async Task A_variable_takes_what_becomes_its_type(string type, string initial, string value, string expected)
    {
        var action = await DoAsync(type, initial, "SetVariable", value);

        Assert.That(action.Outputs.ToJson(), Is.EqualTo($$$"""{"body":{"name":"v","value":{{{expected}}}}}"""));
    }

    [TestCase("IncrementVariable", "integer", "5", "null", "6")]
    [TestCase("DecrementVariable", "integer", "5", "2", "3")]
    [TestCase("IncrementVariable", "float", "1.5", "1", "2.5")]
    public async Task A_number_steps_by_the_value_or_by_one(string type, string variable, string initial, string value, string expected)
    {
        var action = await DoAsync(variable, initial, type, value);

        Assert.That(action.Outputs["body"]["value"].ToJson(), Is.EqualTo(expected));
    }

    [TestCase("integer", "1", "1.5")]
    [TestCase("integer", "1", "\"1\"")]
    [TestCase("string", "\"1\"", "1")]
    [TestCase("integer", "9223372036854775807", "1")]
    public async Task A_step_that_the_type_does_not_allow_fails(string variable, string initial, string value)
    {
        var action = await DoAsync(variable, initial, "IncrementVariable", value);

        Assert.That((action.Status, action.Code), Is.EqualTo((ActionStatus.Failed, "BadRequest")));
    }

    [TestCase("[1]", "Array")]
    [TestCase("null", "Null")]
    public async Task Arrays_and_null_cannot_be_appended_to_an_array(string value, string valueType)
    {
        var action = await DoAsync("array", "[]", "AppendToArrayVariable", value);

        Assert.That(action.Error?.Message, Is.EqualTo(
            $"{Framed}The input value is of type '{valueType}' which cannot be appended to the variable 'v' of type 'Array'. "
            + "The action type 'AppendToArrayVariable' only supports values of types 'Float, Integer, String, Boolean, Object'.'."));
    }

    [TestCase("null", "x")]
    [TestCase("true", "xTrue")]
    [TestCase("{\"a\":1}", "x{\"a\":1}")]
    public async Task Anything_is_appended_to_a_string_as_text(string value, string expected)
    {
        var run = await RunAsync("string", "\"x\"", "AppendToStringVariable", value);

        Assert.That(run.Variables["v"].AsString, Is.EqualTo(expected));
        Assert.That((run.Action("Do").Code, run.Action("Do").Outputs.IsNull), Is.EqualTo(("NotSpecified", true)));
    }

    [Test]
    public async Task A_variable_is_read_by_an_action_that_is_written_above_its_initialisation()
    {
        var run = await Flow.RunAsync("""
            {
              "Read": { "type": "Compose", "inputs": "@variables('zone')", "runAfter": { "Init": ["Succeeded"] } },
              "Loop": { "type": "Foreach", "foreach": "@createArray(1)", "runAfter": { "Init": ["Succeeded"] }, "actions": { "Again": { "type": "Compose", "inputs": "@variables('ZONE')" } } },
              "Init": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "zone", "type": "string", "value": "UTC" }] } }
            }
            """);

        Assert.That(run.Action("Read").Outputs, Is.EqualTo(FlowValue.String("UTC")));
        Assert.That(run.Action("Loop").Status, Is.EqualTo(ActionStatus.Succeeded));
    }

    [Test]
    public async Task Parallel_iterations_lose_no_count()
    {
        var run = await Flow.RunAsync("""
            {
              "Init": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "v", "type": "Integer", "value": 0 }] } },
              "Loop": { "type": "Foreach", "foreach": "@range(0, 200)", "runAfter": { "Init": ["Succeeded"] }, "actions": {
                "Pause": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Second" } } },
                "Step": { "type": "IncrementVariable", "inputs": { "name": "v" }, "runAfter": { "Pause": ["Succeeded"] } } } }
            }
            """);

        Assert.That(run.Variables["v"].AsInteger, Is.EqualTo(200));
    }

    [Test]
    public async Task Entries_of_one_action_are_evaluated_before_the_first_of_them_exists()
    {
        var run = await Flow.RunAsync("""
            { "Init": { "type": "InitializeVariable", "inputs": { "variables": [
              { "name": "a", "type": "integer", "value": 1 }, { "name": "b", "type": "string", "value": "@{variables('a')}" }] } } }
            """);

        Assert.That(run.Action("Init").Error?.Message, Does.Contain("the template variable 'a' cannot be found"));
        Assert.That(run.Variables, Is.Empty);
    }

    private static async Task<ActionRecord> DoAsync(string variable, string initial, string type, string value) =>
        (await RunAsync(variable, initial, type, value)).Action("Do");

    private static Task<RunResult> RunAsync(string variable, string initial, string type, string value) => Flow.RunAsync($$"""
        {
          "Init": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "v", "type": "{{variable}}", "value": {{initial}} }] } },
          "Do": { "type": "{{type}}", "inputs": { "name": "v", "value": {{value}} }, "runAfter": { "Init": ["Succeeded"] } }
        }
        """);
}
