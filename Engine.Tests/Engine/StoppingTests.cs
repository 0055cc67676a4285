using FlowEngine.Actions;

namespace FlowEngine.Tests.Engine;

[Parallelizable(ParallelScope.All)]
public sealed class StoppingTests
{
    private const string Waiting = """{ "Hook": { "type": "HttpWebhook", "inputs": { "subscribe": { "uri": "https://x.example/", "method": "POST", "body": "@listCallbackUrl()" }, "unsubscribe": {} } } }""";

    private sealed class Answers : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage());
    }

    [Test]
    public async Task A_stopping_engine_lets_runs_end_and_starts_no_others()
    {
        using var http = new Answers();
        await using var engine = WorkflowEngine.Create(builder => builder.UseHttpHandler(http));
        var run = await engine.StartAsync(Flow.Of(Waiting), TriggerRequest.Empty);

        var stopping = engine.StopAsync();

        Assert.That(async () => await engine.RunAsync(Flow.Of("{}")), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(stopping.IsCompleted, Is.False);
        Assert.That(run.Callback("Hook", new CallbackMessage()), Is.True, "callbacks are still taken");
        Assert.That(await stopping, Is.True);
        Assert.That((await run.Completion).Status, Is.EqualTo(ActionStatus.Succeeded));
    }

    [Test]
    public async Task Patience_ends_with_the_token()
    {
        using var http = new Answers();
        using var shutdown = new CancellationTokenSource();
        await using var engine = WorkflowEngine.Create(builder => builder.UseHttpHandler(http));
        var run = await engine.StartAsync(Flow.Of(Waiting), TriggerRequest.Empty);

        var stopping = engine.StopAsync(shutdown.Token);
        await shutdown.CancelAsync();

        Assert.That(await stopping, Is.True);
        Assert.That((await run.Completion).Status, Is.EqualTo(ActionStatus.Cancelled));
    }

    [Test]
    public async Task Disposing_cancels_what_is_under_way()
    {
        using var http = new Answers();
        var engine = WorkflowEngine.Create(builder => builder.UseHttpHandler(http));
        var run = await engine.StartAsync(Flow.Of(Waiting), TriggerRequest.Empty);

        await engine.DisposeAsync();

        Assert.That((await run.Completion).Status, Is.EqualTo(ActionStatus.Cancelled));
        Assert.That(async () => await engine.RunAsync(Flow.Of("{}")), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(async () => await engine.DisposeAsync(), Throws.Nothing, "twice is once");
    }

    [Test]
    public async Task Each_request_goes_out_by_a_client_that_is_asked_for_anew()
    {
        var asked = 0;
        using var http = new Answers();
        await using var engine = WorkflowEngine.Create(builder => builder.UseHttpClient(() =>
        {
            asked++;
            return new HttpClient(http, disposeHandler: false);
        }));

        var run = await engine.RunAsync(Flow.Of("""
            { "A": { "type": "Http", "inputs": { "method": "GET", "uri": "https://x.example/" } }, "B": { "type": "Http", "inputs": { "method": "GET", "uri": "https://x.example/" }, "runAfter": { "A": ["Succeeded"] } } }
            """));

        Assert.That((run.Status, asked), Is.EqualTo((ActionStatus.Succeeded, 2)));
    }
}
