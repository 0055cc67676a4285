using FlowEngine.Actions;
using FlowEngine.Testing;

namespace FlowEngine.Tests;

/// <summary>What can go wrong or take its time in a test, in code and in files.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class FaultTests
{
    private const string Calls = """
        {
          "triggers": { "manual": { "type": "Request", "inputs": {} } },
          "actions": {
            "First": { "type": "Compose", "inputs": "@utcNow()" },
            "Get": { "type": "Http", "inputs": { "method": "GET", "uri": "https://a.example/x", "retryPolicy": { "type": "fixed", "count": 4, "interval": "PT10S" } }, "limit": { "timeout": "PT5M" }, "runAfter": { "First": [ "Succeeded" ] } },
            "Each": {
              "type": "Foreach", "foreach": "@createArray(1, 2, 3)", "operationOptions": "Sequential", "runAfter": { "Get": [ "Succeeded" ] },
              "actions": { "Item": { "type": "Compose", "inputs": "@item()" } }
            },
            "Last": { "type": "Compose", "inputs": "@utcNow()", "runAfter": { "Each": [ "Succeeded" ] } }
          }
        }
        """;

    private static FlowTest Test() => FlowTest.Parse(Calls).At("2026-01-31T08:00Z");

    private static FlowTest Answered() => Test().MockHttp(mock => mock.ReturnsJson(200, "{}"));

    [Test]
    public async Task The_run_is_cancelled_at_an_action()
    {
        var run = await Answered().CancelAt("Get").RunAsync();

        Assert.That((run.Status, run["First"].Status, run["Get"].Status, run["Last"].Status), Is.EqualTo((ActionStatus.Cancelled, ActionStatus.Succeeded, ActionStatus.Cancelled, ActionStatus.Skipped)));
        Assert.That(run.Requests, Is.Empty);
        Assert.That(run.Error?.Code, Is.EqualTo("WorkflowRunCancelled"));
    }

    [Test]
    public async Task The_run_is_cancelled_at_its_last_action()
    {
        var run = await Answered().CancelAt("Last").RunAsync();

        Assert.That((run.Status, run["Last"].Status, run.Error?.Code), Is.EqualTo((ActionStatus.Cancelled, ActionStatus.Cancelled, "WorkflowRunCancelled")));
    }

    [Test]
    public async Task The_run_is_cancelled_in_one_repetition()
    {
        var run = await Answered().CancelAt("Item", 1).RunAsync();

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Cancelled));
        Assert.That(run.All("Item").Select(item => item.Status), Is.EqualTo(new[] { ActionStatus.Succeeded, ActionStatus.Cancelled, ActionStatus.Skipped }));
    }

    [Test]
    public async Task The_run_is_cancelled_at_a_time()
    {
        var run = await Test().MockHttp(mock => mock.Fails(MockFault.Timeout)).After(TimeSpan.FromSeconds(30), happens => happens.Cancel()).RunAsync();

        Assert.That((run.Status, run["Get"].Status, run.Elapsed), Is.EqualTo((ActionStatus.Cancelled, ActionStatus.Cancelled, TimeSpan.FromSeconds(30))));
    }

    [Test]
    public void A_cancellation_that_finds_nothing_to_cancel_fails_the_test()
    {
        Assert.That(async () => await Test().MockHttp(mock => mock.Returns(400)).CancelAt("Last").RunAsync(), Throws.TypeOf<FlowTestException>().With.Message.Contains("'Last', but never reached it"));
        Assert.That(async () => await Answered().After(TimeSpan.FromHours(1), happens => happens.Cancel()).RunAsync(), Throws.TypeOf<FlowTestException>().With.Message.Contains("cancelled after PT1H, but had ended after PT0S"));
    }

    [Test]
    public async Task The_clock_moves_where_actions_take_their_time()
    {
        var run = await Answered().WithActionTime(TimeSpan.FromSeconds(2)).RunAsync();

        // First, Get, three items, Last: six actions that are no containers; each reads the clock before its time passes.
        Assert.That(run.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(12)));
        Assert.That((run["First"].Outputs.AsString, run["Last"].Outputs.AsString), Is.EqualTo(("2026-01-31T08:00:00.0000000Z", "2026-01-31T08:00:10.0000000Z")));
    }

    [Test]
    public async Task A_mocked_action_may_be_slow_up_to_its_limit()
    {
        var slow = await Test().MockAction("Get", mock => mock.Succeeds().After(TimeSpan.FromMinutes(4))).RunAsync();
        var tooSlow = await Test().MockAction("Get", mock => mock.Succeeds().After(TimeSpan.FromMinutes(6))).RunAsync();

        Assert.That((slow["Get"].Status, slow.Elapsed), Is.EqualTo((ActionStatus.Succeeded, TimeSpan.FromMinutes(4))));
        Assert.That((tooSlow["Get"].Status, tooSlow.Elapsed), Is.EqualTo((ActionStatus.TimedOut, TimeSpan.FromMinutes(5))));
    }

    [Test]
    public async Task One_call_of_several_fails()
    {
        var run = await Test()
            .MockAction("Item", mock => mock.OnCall(2).Fails("Odd"))
            .MockHttp(mock => mock.OnCall(1, 3).Returns(500))
            .MockHttp(mock => mock.OnCall(1).Returns(503))
            .MockHttp(mock => mock.Returns(200))
            .RunAsync();

        Assert.That(run.Requests.Select(request => request.StatusCode), Is.EqualTo(new int?[] { 500, 503, 500, 200 }));
        Assert.That(run.All("Item").Select(item => item.Code), Is.EqualTo(new[] { "OK", "Odd", "OK" }));
    }

    [Test]
    public async Task A_call_that_no_mock_answers_any_more_tells_its_number()
    {
        var run = await Test().MockHttp(mock => mock.OnCall(2).Returns(200)).RunAsync();

        Assert.That(run["Get"].Error!.Message, Does.Contain("answers only call 2 of those that fit, and this is call 1"));
    }

    [Test]
    public async Task Statuses_come_in_turn()
    {
        var run = await Test().MockHttp(mock => mock.ReturnsInTurn(503, 429).ThenJson(200, "{}")).RunAsync();

        Assert.That(run.Requests.Select(request => request.StatusCode), Is.EqualTo(new int?[] { 503, 429, 200 }));
    }

    [Test]
    public async Task A_malformed_answer_says_that_it_is_JSON_and_is_none()
    {
        var run = await Test().MockHttp(mock => mock.ReturnsMalformed()).RunAsync();

        Assert.That((run["Get"].Status, run["Get"].Code), Is.EqualTo((ActionStatus.Failed, "BadRequest")));
        Assert.That(run["Get"].Error!.Message, Does.Contain("not a valid JSON"));
    }

    [Test]
    public async Task A_connection_that_breaks_in_the_body_is_tried_again()
    {
        var run = await Test().MockHttp(mock => mock.Fails(MockFault.Truncated).ThenJson(200, "{}")).RunAsync();

        Assert.That((run["Get"].Status, run["Get"].Attempts), Is.EqualTo((ActionStatus.Succeeded, 2)));
    }

    [Test]
    public async Task Files_have_the_same_faults()
    {
        using var folder = new Shell();
        folder.File("flow.json", Calls);
        folder.File("f.flowtest.json", """
            {
              "flow": "flow.json", "defaults": { "mocks": [ { "match": {}, "respond": { "body": {} } } ] },
              "tests": [
                { "name": "cancelled at", "events": [ { "cancel": "Item", "repetition": 1 } ], "expect": { "status": "Cancelled", "actions": { "Each[0]/Item": "Succeeded", "Last": "Skipped" } } },
                { "name": "cancelled after", "events": [ { "cancel": true, "after": "PT30S" } ], "mocks": [ { "match": {}, "respond": { "fault": "timeout" } } ], "expect": { "status": "Cancelled", "elapsed": { "min": "PT30S", "max": "PT30S" } } },
                { "name": "moving clock", "actionTime": "PT2S", "expect": { "elapsed": { "min": "PT12S", "max": "PT12S" } } },
                { "name": "sequence", "mocks": [ { "match": {}, "respond": [ 503, 429, { "fault": "malformed", "body": { "id": 12345 } } ] } ], "expect": { "actions": { "Get": { "attempts": 3, "error": { "message": { "$matches": "*not a valid JSON*" } } } } } },
                { "name": "second call", "mocks": [ { "action": "Item", "call": 2, "respond": { "status": "Failed", "delay": "PT7S" } }, { "match": {}, "respond": 200 } ], "expect": { "actions": { "Each[0]/Item": "Succeeded", "Each[1]/Item": "Failed", "Each[2]/Item": "Succeeded" }, "elapsed": { "min": "PT7S", "max": "PT7S" } } }
              ]
            }
            """);

        var outcomes = await Task.WhenAll(FlowTestFile.Load(folder.Path("f.flowtest.json")).Tests.Select(test => FlowTestOutcome.OfAsync(test)));

        Assert.That(outcomes.Select(outcome => $"{outcome.Test.Name}: {outcome}"), Has.All.EndsWith(": passed"));
        Assert.That(JsonSchema.Compile(FlowValue.Parse(Repository.Text("Testing/flowtest.schema.json"))).Validate(FlowValue.Parse(File.ReadAllText(folder.Path("f.flowtest.json")))), Is.Empty);
    }

    [TestCase("""{ "cancel": 1 }""", "'cancel' must be the name of the action")]
    [TestCase("""{ "cancel": "A", "after": "PT1S" }""", "must be true where there is 'after'")]
    [TestCase("""{ "cancel": true, "body": 1 }""", "A cancellation has no member 'body'")]
    [TestCase("""{ "after": "PT1S" }""", "'callback', the action that is called back, or 'cancel'")]
    public void Events_that_make_no_sense_are_refused(string happening, string message)
    {
        using var folder = new Shell();
        folder.File("flow.json", Calls);
        folder.File("f.flowtest.json", $$"""{ "flow": "flow.json", "tests": [ { "name": "t", "events": [ {{happening}} ] } ] }""");

        Assert.That(() => FlowTestFile.Load(folder.Path("f.flowtest.json")), Throws.TypeOf<MockFormatException>().With.Message.Contains(message));
    }
}
