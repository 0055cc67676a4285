using System.Net;
using System.Text;
using FlowEngine.Actions;

namespace FlowEngine.Tests.Engine;

/// <summary>A run that is cancelled in the middle of everything ends at once, and every action has its record.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CancellationTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);

    private const string Everything = """
        {
          "Done": { "type": "Compose", "inputs": 1 },
          "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "https://slow.example/call" } },
          "After_call": { "type": "Compose", "inputs": 1, "runAfter": { "Call": ["Succeeded", "Failed", "Skipped", "TimedOut"] } },
          "Delay": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Day" } } },
          "Hook": { "type": "HttpWebhook", "inputs": { "subscribe": { "method": "POST", "uri": "https://hooks.example/subscribe", "body": "@listCallbackUrl()" }, "unsubscribe": { "method": "DELETE", "uri": "https://hooks.example/subscribe" } } },
          "Child": { "type": "Workflow", "inputs": { "host": { "workflow": { "id": "Child" } } } },
          "Parallel_loop": { "type": "Foreach", "foreach": "@range(0, 30)", "actions": {
              "Each_wait": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Day" } } },
              "Each_then": { "type": "Compose", "inputs": 1, "runAfter": { "Each_wait": ["Succeeded"] } } } },
          "Sequential_loop": { "type": "Foreach", "foreach": "@range(0, 3)", "operationOptions": "Sequential", "actions": {
              "Item_call": { "type": "Http", "inputs": { "method": "GET", "uri": "https://slow.example/item" } } } },
          "Poll": { "type": "Until", "expression": "@equals(1, 2)", "limit": { "count": 60, "timeout": "P1D" }, "actions": {
              "Poll_wait": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Hour" } } } } },
          "Group": { "type": "Scope", "actions": {
              "Choice": { "type": "If", "expression": "@true", "actions": {
                  "Pick": { "type": "Switch", "expression": "@string('a')", "cases": { "A": { "case": "a", "actions": {
                      "Deep_wait": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Day" } } } } } },
                    "default": { "actions": { "Not_picked": { "type": "Compose", "inputs": 1 } } } } },
                "else": { "actions": { "Not_chosen": { "type": "Compose", "inputs": 1 } } } },
              "Next_in_group": { "type": "Scope", "actions": { "Inner": { "type": "Compose", "inputs": 1 } }, "runAfter": { "Choice": ["Succeeded"] } } } },
          "Async": { "type": "Http", "inputs": { "method": "GET", "uri": "https://async.example/start" } },
          "Retrying": { "type": "Http", "inputs": { "method": "GET", "uri": "https://failing.example/" } },
          "Script": { "type": "JavaScriptCode", "inputs": { "code": "return 1;" } }
        }
        """;

    [Test]
    public async Task Everything_under_way_ends_at_once_and_nothing_is_without_a_record()
    {
        using var server = new SlowServer();
        var time = new VirtualTimeProvider(Start);
        await using var engine = WorkflowEngine.Create(builder => builder.UseWorkflows(new WaitingChild()));
        var workflow = Flow.Of(Everything);
        var run = await engine.StartAsync(workflow, TriggerRequest.Empty, new RunOptions { Time = time, Seed = 1, HttpHandler = server });
        await server.AllHaveCome;

        run.Cancel();
        var result = await run.Completion;

        Assert.That((result.Status, result.EndTime), Is.EqualTo((ActionStatus.Cancelled, Start)));
        Assert.That(result.Action("Done").Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(result.Action("Script").Status, Is.EqualTo(ActionStatus.Succeeded).Or.EqualTo(ActionStatus.Cancelled));
        foreach (var name in new[] { "Call", "Delay", "Hook", "Child", "Parallel_loop", "Sequential_loop", "Poll", "Group", "Choice", "Pick", "Deep_wait", "Async", "Retrying" })
            Assert.That((name, result.Action(name).Status, result.Action(name).Code), Is.EqualTo((name, ActionStatus.Cancelled, "ActionCancelled")));
        foreach (var name in new[] { "After_call", "Next_in_group", "Inner" })
            Assert.That((name, result.Action(name).Status, result.Action(name).Code), Is.EqualTo((name, ActionStatus.Skipped, "ActionCancelled")));
        foreach (var name in new[] { "Not_picked", "Not_chosen" })
            Assert.That((name, result.Action(name).Status, result.Action(name).Code), Is.EqualTo((name, ActionStatus.Skipped, "ActionSkipped")));
        var loop = result.Action("Parallel_loop").Repetitions;
        Assert.That(loop.Select(repetition => repetition.Action("Each_wait")!.Value.Status), Is.EqualTo(Enumerable.Repeat(ActionStatus.Cancelled, 20).Concat(Enumerable.Repeat(ActionStatus.Skipped, 10))));
        Assert.That(loop.Select(repetition => (repetition.Status, repetition.Action("Each_then")!.Value.Status)), Is.All.EqualTo((ActionStatus.Cancelled, ActionStatus.Skipped)));
        Assert.That(result.Action("Sequential_loop").Repetitions.Select(repetition => repetition.Action("Item_call")!.Value.Status), Is.EqualTo(new[] { ActionStatus.Cancelled, ActionStatus.Skipped, ActionStatus.Skipped }));
        Assert.That(server.Unsubscribed, Is.EqualTo(1));
        Assert.That(Missing(workflow, result), Is.Empty);
    }

    [Test]
    public async Task A_hosts_token_ends_it_the_same_way()
    {
        using var server = new SlowServer();
        using var host = new CancellationTokenSource();
        await using var engine = WorkflowEngine.Create(builder => builder.UseWorkflows(new WaitingChild()));
        var run = engine.RunAsync(Flow.Of(Everything), TriggerRequest.Empty, new RunOptions { Time = new VirtualTimeProvider(Start), Seed = 1, HttpHandler = server }, host.Token);
        await server.AllHaveCome;

        await host.CancelAsync();
        var result = await run;

        Assert.That((result.Status, result.EndTime), Is.EqualTo((ActionStatus.Cancelled, Start)));
    }

    // Names of actions without a record; children of loops have theirs in the repetitions.
    private static List<string> Missing(Workflow workflow, RunResult result)
    {
        var text = result.ToRecord().ToJson();
        return [.. workflow.Document.Definition!.AllActions().Select(action => action.Name).Where(name => !text.Contains($"\"{name}\":{{\"status\":", StringComparison.Ordinal))];
    }

    private sealed class WaitingChild : IWorkflowCatalog
    {
        private readonly Workflow _child = Workflow.Parse(
            """
            { "triggers": { "manual": { "type": "Request", "inputs": {} } },
              "actions": { "Wait": { "type": "Wait", "inputs": { "interval": { "count": 1, "unit": "Day" } } }, "Answer": { "type": "Response", "inputs": { "statusCode": 200 }, "runAfter": { "Wait": ["Succeeded"] } } } }
            """,
            file: "Child.json");

        public Workflow? Find(string name) => name == "Child" ? _child : null;
    }

    /// <summary>Two hosts hang, so virtual time stands still; one says 202, one fails.</summary>
    private sealed class SlowServer : HttpMessageHandler
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _waited = 5;
        private int _unsubscribed;

        public Task AllHaveCome => _all.Task;

        public int Unsubscribed => _unsubscribed;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Delete)
            {
                Interlocked.Increment(ref _unsubscribed);
                return new HttpResponseMessage(HttpStatusCode.OK);
            }

            if (Interlocked.Decrement(ref _waited) == 0) _all.TrySetResult();
            switch (request.RequestUri!.Host)
            {
                case "slow.example":
                    await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
                    throw new InvalidOperationException("It never ends by itself.");
                case "async.example":
                    return new HttpResponseMessage(HttpStatusCode.Accepted) { Headers = { Location = new Uri("https://async.example/poll") } };
                case "failing.example":
                    return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
                default:
                    return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
            }
        }
    }
}
