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

    [TestCase(120, ActionStatus.Succeeded)]
    [TestCase(121, ActionStatus.Failed)]
    public async Task A_response_after_the_time_of_the_caller_fails(int seconds, ActionStatus status)
    {
        var run = await Flow.RunAsync(Late(seconds));

        Assert.That(run.Action("Do").Status, Is.EqualTo(status));
        if (status != ActionStatus.Failed) return;
        Assert.That(run.Action("Do").Code, Is.EqualTo("ActionResponseTimedOut"));
        Assert.That(run.Action("Do").Error!.Message, Does.StartWith("The execution of template action 'Do' is failed: the client application timed out waiting for a response from service."));
        Assert.That(run.Response, Is.Null);
    }

    [Test]
    public async Task An_asynchronous_response_and_one_within_a_longer_limit_may_be_late()
    {
        var asynchronous = await Flow.RunAsync(Late(3600).Replace("\"kind\": \"Http\"", "\"operationOptions\": \"Asynchronous\"", StringComparison.Ordinal));
        var patient = await Flow.RunAsync(Late(3600), options: new RunOptions { Time = new VirtualTimeProvider(), Seed = 1, ResponseTimeout = TimeSpan.FromHours(2) });

        Assert.That((asynchronous.Response?.StatusCode, patient.Response?.StatusCode), Is.EqualTo((200, 200)));
    }

    [TestCase("""{ "Work": { "type": "Compose", "inputs": 1 } }""", 202, null)]
    [TestCase("""{ "Work": { "type": "Compose", "inputs": "@int('x')" }, "Do": { "type": "Response", "inputs": { "statusCode": 200 }, "runAfter": { "Work": ["Succeeded"] } } }""", 502, "NoResponse")]
    [TestCase("""{ "Pause": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Hour" } } }, "Do": { "type": "Response", "inputs": { "statusCode": 200 }, "runAfter": { "Pause": ["Succeeded"] } } }""", 504, "GatewayTimeout")]
    [TestCase("""{ "Do": { "type": "Response", "inputs": { "statusCode": 404 } } }""", 404, null)]
    public async Task The_caller_always_gets_an_answer(string actions, int statusCode, string? code)
    {
        await using var engine = WorkflowEngine.Create();
        var run = await engine.StartAsync(Flow.Of(actions), TriggerRequest.Empty, new RunOptions { Time = new VirtualTimeProvider(), Seed = 1 });
        var answer = await run.Answered;

        Assert.That(answer.StatusCode, Is.EqualTo(statusCode));
        Assert.That(answer.Body["error"]["code"].AsStringOrNull, Is.EqualTo(code));
    }

    private static string Late(int seconds) => $$"""
        { "Pause": { "type": "Wait", "inputs": { "interval": { "count": {{seconds}}, "unit": "Second" } } },
          "Do": { "type": "Response", "kind": "Http", "inputs": { "statusCode": 200 }, "runAfter": { "Pause": ["Succeeded"] } } }
        """;

    private static Task<RunResult> RunAsync(string inputs, RunOptions? options = null) =>
        Flow.RunAsync($$"""{ "Do": { "type": "Response", "kind": "Http", "inputs": {{inputs}} } }""", default, options);
}
