using FlowEngine.Actions;
using FlowEngine.Tests.Engine;

namespace FlowEngine.Tests.Actions;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class JavaScriptCodeTests
{
    [TestCase("return 1 + 1;", "2")]
    [TestCase("return 'a' + workflowContext.trigger.outputs.body.n;", "\"a5\"")]
    [TestCase("return workflowContext.trigger.name;", "\"manual\"")]
    [TestCase("return workflowContext.workflow.type;", "\"Microsoft.Logic/workflows\"")]
    [TestCase("return { a: [1, { b: null }], c: 1.5, d: 'ä', e: undefined };", """{ "a": [1, { "b": null }], "c": 1.5, "d": "ä" }""")]
    [TestCase("1 + 1;", "null")]
    [TestCase("return;", "null")]
    [TestCase("var s = 0;\nfor (let i = 0; i < 10000; i++) { s += i; }\nreturn s; // sum", "49995000")]
    [TestCase("return [typeof require, typeof System, typeof process, typeof globalThis.fetch].join();", "\"undefined,undefined,undefined,undefined\"")]
    public async Task What_the_function_body_returns_is_the_body(string code, string expected)
    {
        var action = (await RunAsync(code)).Action("Script");

        Assert.That((action.Status, action.Code, action.Outputs), Is.EqualTo((ActionStatus.Succeeded, "OK", FlowValue.Object(("body", FlowValue.Parse(expected))))));
    }

    [Test]
    public async Task Braces_in_the_code_are_substituted_as_text_before_it_is_read()
    {
        var action = (await RunAsync("return [@{triggerBody()['n']}, '@{workflow()['name']}'.length > 0];")).Action("Script");

        Assert.That(action.Outputs["body"], Is.EqualTo(FlowValue.Parse("[5, true]")));
    }

    [TestCase("throw new Error('bad')", "InlineCodeScriptRuntimeFailure", "The inline code action 'Script' execution failed, with error 'bad'. At line 1, column 7 of the script.")]
    [TestCase("throw 0", "InlineCodeScriptRuntimeFailure", "The inline code action 'Script' execution failed, with error '0'. At line 1, column 7 of the script.")]
    [TestCase("let a = 1;\n  let b = null.x;", "InlineCodeScriptRuntimeFailure", "The inline code action 'Script' execution failed, with error 'Cannot read properties of null (reading 'x')'. At line 2, column 16 of the script.")]
    [TestCase("return 1;\nvar x = ;", "InlineCodeParsingFailure", "The inline code action 'Script' execution failed, with error 'Unexpected token ';''. At line 2, column 9 of the script.")]
    [TestCase("}); (function () {", "InlineCodeParsingFailure", "The inline code action 'Script' execution failed, with error 'Unexpected token '}''. At line 1, column 1 of the script.")]
    [TestCase("return workflowContext.actions.Nowhere.outputs;", "InlineCodeScriptRuntimeFailure", "The inline code action 'Script' execution failed, with error 'Cannot read properties of undefined (reading 'outputs')'. At line 1, column 40 of the script.")]
    public async Task A_failure_says_what_and_where(string code, string errorCode, string message)
    {
        var action = (await RunAsync(code)).Action("Script");

        Assert.That((action.Status, action.Code, action.Error?.Code, action.Error?.Message), Is.EqualTo((ActionStatus.Failed, errorCode, errorCode, message)));
    }

    [TestCase("""{ "code": 5 }""")]
    [TestCase("""{ "code": "return 1;", "explicitDependencies": { "actions": "First" } }""")]
    public async Task Inputs_that_are_no_script_are_an_invalid_property(string inputs)
    {
        var run = await Flow.RunAsync($$"""{ "Script": { "type": "JavaScriptCode", "inputs": {{inputs}} } }""");

        Assert.That(run.Action("Script").Code, Is.EqualTo("InlineCodeInvalidProperty"));
    }

    [Test]
    public async Task Records_of_actions_that_have_ended_are_there_by_name()
    {
        var run = await Flow.RunAsync("""
            {
              "First": { "type": "Compose", "inputs": { "a": [1, 2] } },
              "Of.dots": { "type": "Compose", "inputs": "@int('x')", "runAfter": { "First": ["Succeeded"] } },
              "Around": {
                "type": "Scope",
                "runAfter": { "Of.dots": ["Failed"] },
                "actions": {
                  "Script": {
                    "type": "JavaScriptCode",
                    "inputs": { "code": "const a = workflowContext.actions; return [a.First.outputs.a[1], a['Of.dots'].status, a['Of.dots'].error.code, Object.keys(a)];" }
                  }
                }
              },
              "Later": { "type": "Compose", "inputs": 1, "runAfter": { "Around": ["Succeeded"] } }
            }
            """);

        Assert.That(run.Action("Script").Outputs["body"], Is.EqualTo(FlowValue.Parse("""[2, "Failed", "InvalidTemplate", ["First", "Of.dots"]]""")));
    }

    [Test]
    public async Task A_record_is_what_actions_shows()
    {
        var run = await Flow.RunAsync("""
            {
              "First": { "type": "Compose", "inputs": { "a": 1.5 } },
              "Script": { "type": "JavaScriptCode", "inputs": { "code": "return workflowContext.actions.First;" }, "runAfter": { "First": ["Succeeded"] } },
              "Same": { "type": "Compose", "inputs": "@equals(actions('First'), body('Script'))", "runAfter": { "Script": ["Succeeded"] } }
            }
            """);

        Assert.That(run.Action("Same").Outputs, Is.EqualTo(FlowValue.True));
    }

    [Test]
    public async Task In_a_loop_a_script_sees_its_own_repetition_and_behind_it_all_of_them()
    {
        var run = await Flow.RunAsync("""
            {
              "Loop": {
                "type": "Foreach",
                "foreach": [1, 2, 3],
                "actions": {
                  "Item": { "type": "Compose", "inputs": "@mul(item(), 10)" },
                  "Each": { "type": "JavaScriptCode", "inputs": { "code": "return [workflowContext.actions.Item.outputs, workflowContext.actions.Loop === undefined];" }, "runAfter": { "Item": ["Succeeded"] } }
                }
              },
              "Script": {
                "type": "JavaScriptCode",
                "inputs": { "code": "return workflowContext.actions.Each.outputs.map(each => each.outputs.body);" },
                "runAfter": { "Loop": ["Succeeded"] }
              }
            }
            """);

        Assert.That(run.Action("Script").Outputs["body"], Is.EqualTo(FlowValue.Parse("[[10, true], [20, true], [30, true]]")));
    }

    [Test]
    public async Task What_a_script_changes_is_its_own_copy()
    {
        var run = await Flow.RunAsync("""
            {
              "First": { "type": "Compose", "inputs": [1] },
              "Script": { "type": "JavaScriptCode", "inputs": { "code": "const a = workflowContext.actions.First.outputs; a.push(2); return a;" }, "runAfter": { "First": ["Succeeded"] } },
              "After": { "type": "Compose", "inputs": "@outputs('First')", "runAfter": { "Script": ["Succeeded"] } }
            }
            """);

        Assert.That((run.Action("Script").Outputs["body"], run.Action("After").Outputs), Is.EqualTo((FlowValue.Parse("[1, 2]"), FlowValue.Parse("[1]"))));
    }

    [Test]
    public async Task Scripts_do_not_see_what_others_left_behind()
    {
        var run = await Flow.RunAsync("""
            {
              "First": { "type": "JavaScriptCode", "inputs": { "code": "globalThis.left = 1; Array.prototype.left = 1; JSON.stringify = () => 'x'; return 1;" } },
              "Script": { "type": "JavaScriptCode", "inputs": { "code": "return [typeof left, [].left === undefined];" }, "runAfter": { "First": ["Succeeded"] } }
            }
            """);

        Assert.That(run.Action("Script").Outputs["body"], Is.EqualTo(FlowValue.Parse("""["undefined", true]""")));
    }

    [Test]
    public async Task A_large_trigger_body_does_not_use_up_the_memory_of_the_script()
    {
        var body = FlowValue.Object(("n", FlowArray.Create(Enumerable.Range(0, 400_000).Select(number => FlowValue.Integer(number)))));
        var run = await Flow.RunAsync("""{ "Script": { "type": "JavaScriptCode", "inputs": { "code": "return workflowContext.trigger.outputs.body.n.length;" } } }""", body);

        Assert.That(run.Action("Script").Outputs["body"], Is.EqualTo(FlowValue.Integer(400_000)), run.Action("Script").Error?.Message);
    }

    [Test]
    public async Task Virtual_time_stands_still_while_a_script_runs()
    {
        var run = await RunAsync("let s = 0; for (let i = 0; i < 50000; i++) { s += i; } return s;");

        Assert.That(run.Action("Script").EndTime, Is.EqualTo(run.Action("Script").StartTime));
    }

    private static Task<RunResult> RunAsync(string code)
    {
        var inputs = FlowValue.Object(("code", FlowValue.String(code)));
        return Flow.RunAsync($$"""{ "Script": { "type": "JavaScriptCode", "inputs": {{FlowJson.Write(inputs)}} } }""", FlowValue.Parse("""{ "n": 5 }"""));
    }
}
