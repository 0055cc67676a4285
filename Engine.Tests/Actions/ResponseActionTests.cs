using FlowEngine.Actions;
using FlowEngine.Tests.Engine;

namespace FlowEngine.Tests.Actions;

/// <summary>Rules: runtime reference, 3.12.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class ResponseActionTests
{
    [TestCase("{\"a\":1}", "application/json; charset=utf-8")]
    [TestCase("5", "application/json; charset=utf-8")]
    [TestCase("\"text\"", "text/plain; charset=utf-8")]
    [TestCase("""{ "$content-type": "image/png", "$content": "AAEC" }""", "image/png")]
    public async Task The_body_decides_its_type(string body, string contentType)
    {
        var run = await RunAsync($$"""{ "statusCode": 200, "body": {{body}} }""");

        Assert.That(run.Response?.Headers["Content-Type"].AsString, Is.EqualTo(contentType));
        Assert.That(run.Response?.Body, Is.EqualTo(FlowValue.Parse(body)));
    }

    [Test]
    public async Task A_type_that_the_action_names_wins_and_values_of_headers_become_text()
    {
        var run = await RunAsync("""{ "statusCode": "201", "headers": { "content-type": "text/csv", "x-n": 5, "x-b": true }, "body": "a,b" }""");

        Assert.That(run.Action("Do").Outputs.ToJson(), Is.EqualTo("""{"statusCode":201,"headers":{"content-type":"text/csv","x-n":"5","x-b":"True"},"body":"a,b"}"""));
    }

    [Test]
    public async Task Without_a_body_there_is_none_and_no_type()
    {
        var run = await RunAsync("""{ "statusCode": 204, "body": null }""");

        Assert.That((run.Response?.HasBody, run.Response?.Headers.ToJson()), Is.EqualTo((false, "{}")));
    }

    [TestCase("@add(302, 0)")]
    [TestCase("@add(100, 0)")]
    [TestCase("@concat('abc')")]
    public async Task A_status_that_is_neither_success_nor_error_fails_the_action(string statusCode)
    {
        var run = await RunAsync($$"""{ "statusCode": "{{statusCode}}" }""");

        Assert.That((run.Action("Do").Status, run.Action("Do").Error?.Code), Is.EqualTo((ActionStatus.Failed, "WorkflowRunActionResponseStatusCodeNotSupported")));
    }

    [Test]
    public async Task A_header_value_with_a_line_break_is_refused()
    {
        var run = await RunAsync("""{ "statusCode": 200, "headers": { "x": "a\r\nSet-Cookie: b" } }""");

        Assert.That((run.Action("Do").Status, run.Response), Is.EqualTo((ActionStatus.Failed, (WorkflowResponse?)null)));
    }

    [Test]
    public async Task A_second_response_fails()
    {
        var run = await Flow.RunAsync("""
            {
              "One": { "type": "Response", "inputs": { "statusCode": 200, "body": "first" } },
              "Two": { "type": "Response", "inputs": { "statusCode": 500 }, "runAfter": { "One": ["Succeeded"] } }
            }
            """);

        Assert.That((run.Action("Two").Error?.Code, run.Response?.StatusCode), Is.EqualTo(("ActionResponseAlreadyDefined", 200)));
    }

    [Test]
    public async Task Without_a_caller_a_response_is_skipped_with_its_inputs_recorded()
    {
        var run = await RunAsync("""{ "statusCode": "@add(200, 0)" }""", new RunOptions { CallerWaits = false, Time = new VirtualTimeProvider(), Seed = 1 });

        Assert.That((run.Action("Do").Status, run.Action("Do").Code), Is.EqualTo((ActionStatus.Skipped, "ActionResponseSkipped")));
        Assert.That(run.Action("Do").Inputs.ToJson(), Is.EqualTo("""{"statusCode":200}"""));
    }

    private static Task<RunResult> RunAsync(string inputs, RunOptions? options = null) =>
        Flow.RunAsync($$"""{ "Do": { "type": "Response", "kind": "Http", "inputs": {{inputs}} } }""", default, options);
}
