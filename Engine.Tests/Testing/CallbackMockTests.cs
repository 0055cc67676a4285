using FlowEngine.Actions;
using FlowEngine.Testing;

namespace FlowEngine.Tests.Testing;

[Parallelizable(ParallelScope.All)]
public sealed class CallbackMockTests
{
    private const string Approval = """
        { "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } },
          "actions": { "Ask": { "type": "HttpWebhook", "inputs": { "subscribe": { "method": "POST", "uri": "https://hooks.example/ask", "body": "@listCallbackUrl()" } } } } }
        """;

    [Test]
    public async Task A_mock_calls_the_action_back_and_the_action_runs()
    {
        var run = await FlowTest.Parse(Approval)
            .MockHttp(mock => mock.Post("https://hooks.example/ask").Returns(200).Verifiable(Times.Exactly(1)))
            .MockAction("Ask", mock => mock.CalledBackJson("""{ "approved": true }""", TimeSpan.FromHours(2)).Verifiable(Times.Exactly(1)))
            .RunAsync();

        Assert.That(run.Result.Action("Ask").Outputs["body"]["approved"], Is.EqualTo((FlowValue)true));
        Assert.That(run.Result.EndTime - run.Result.StartTime, Is.EqualTo(TimeSpan.FromHours(2)));
    }

    [Test]
    public async Task An_event_calls_the_action_back()
    {
        var run = await FlowTest.Parse(Approval)
            .MockHttp(mock => mock.Post("https://hooks.example/ask").Returns(200))
            .After(TimeSpan.FromDays(1), happens => happens.Callback("Ask", """{ "approved": false }"""))
            .RunAsync();

        Assert.That(run.Result.Action("Ask").Outputs["body"]["approved"], Is.EqualTo((FlowValue)false));
    }

    [Test]
    public void An_event_that_finds_nobody_waiting_fails_the_test()
    {
        var test = FlowTest.Parse(Approval).MockAction("Ask", mock => mock.Succeeds()).After(TimeSpan.FromDays(1), happens => happens.Callback("Ask", "1"));

        Assert.That(async () => await test.RunAsync(), Throws.TypeOf<FlowTestException>().With.Message.Contains("The callback to action 'Ask' after P1D found no such action waiting."));
    }

    [TestCase("""[{ "callback": {} }]""", "'callback' belongs to entries with 'action' or 'operation'.")]
    [TestCase("""[{ "action": "A", "callback": {}, "respond": {} }]""", "An entry stands for its action ('respond') or calls it back ('callback'), not both.")]
    [TestCase("""[{ "action": "A", "callback": { "after": "soon" } }]""", "'after' must be an ISO 8601 duration")]
    [TestCase("""[{ "action": "A", "callback": { "headers": { "X": 1 } } }]""", "Header 'X' must be text")]
    [TestCase("""[{ "action": "A", "callback": [] }]""", "'callback' must be an object or an array of at least one")]
    public void Faults_of_callbacks_are_named(string mocks, string message) =>
        Assert.That(() => MockSet.Parse(mocks, "mocks.json"), Throws.TypeOf<MockFormatException>().With.Message.Contains(message));

    [Test]
    public void Callbacks_of_a_mock_are_used_in_turn()
    {
        var mock = MockSet.Parse("""[{ "action": "A", "callback": [{ "body": 1 }, { "body": 2, "after": "PT5S" }] }]""", "mocks.json").Actions.Single();

        Assert.That(mock.Callbacks.Select(callback => callback.Message.Body.AsInteger), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(mock.Callbacks[1].After, Is.EqualTo(TimeSpan.FromSeconds(5)));
    }
}
