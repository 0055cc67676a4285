using System.Net;
using System.Net.Http.Json;
using System.Text;
using FlowEngine;
using FlowEngine.Actions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace WebHost.Tests;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WebTests : IDisposable
{
    private readonly Approver _approver = new();
    private readonly Beats _beats = new();
    private readonly VirtualTimeProvider _time = new(new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero));
    private readonly WebApplicationFactory<Program> _host;

    public WebTests() => _host = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host.ConfigureTestServices(services =>
    {
        // Requests of flows end here, not in the network.
        services.ConfigureAll<HttpClientFactoryOptions>(options => options.HttpMessageHandlerBuilderActions.Add(handler => handler.PrimaryHandler = _approver));
    }));

    public void Dispose()
    {
        _host.Dispose();
        _approver.Dispose();
    }

    [Test]
    public async Task A_flow_answers_under_its_name_and_path_with_its_Response()
    {
        using var client = _host.CreateClient();

        var answer = await client.PostAsJsonAsync(new Uri("/quote/de", UriKind.Relative), new { article = "A-1", pieces = 2 });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Headers.GetValues("X-Country"), Is.EqualTo(new[] { "de" }));
        Assert.That(await Body(answer), Is.EqualTo(FlowValue.Parse("""{"net":19.0,"gross":22.61}""")));
    }

    [Test]
    public async Task A_failure_of_an_action_of_the_host_is_one_that_the_flow_handles()
    {
        using var client = _host.CreateClient();

        var answer = await client.PostAsJsonAsync(new Uri("/quote/de", UriKind.Relative), new { article = "B-1", pieces = 2 });

        Assert.That((answer.StatusCode, (await Body(answer))["code"].AsString), Is.EqualTo((HttpStatusCode.NotFound, "UnknownArticle")));
    }

    [TestCase("""{"article":"A-1"}""", HttpStatusCode.BadRequest, "TriggerInputSchemaMismatch")]
    [TestCase("""{"article":""", HttpStatusCode.BadRequest, "InvalidRequestContent")]
    public async Task A_request_that_does_not_fit_starts_no_run(string body, HttpStatusCode status, string code)
    {
        using var client = _host.CreateClient();

        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await client.PostAsync(new Uri("/quote/de", UriKind.Relative), content);

        Assert.That(answer.StatusCode, Is.EqualTo(status));
        Assert.That((await Body(answer))["error"]["code"].AsString, Is.EqualTo(code));
    }

    [TestCase("/nothing")]
    [TestCase("/heartbeat")]
    public async Task What_takes_no_requests_is_not_found(string path)
    {
        using var client = _host.CreateClient();

        Assert.That((await client.GetAsync(new Uri(path, UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task An_action_that_waits_is_called_back_once()
    {
        using var client = _host.CreateClient();

        var answer = await client.PostAsJsonAsync(new Uri("/approve", UriKind.Relative), new { approver = "https://approver.example/" });
        var address = new Uri(await _approver.AnswerTo.Task);
        var first = await client.PostAsJsonAsync(address.PathAndQuery, new { ok = true });
        var second = await client.PostAsJsonAsync(address.PathAndQuery, new { ok = false });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.NotFound)));
    }

    [Test]
    public async Task Schedules_run_while_the_host_lives()
    {
        using var host = _host.WithWebHostBuilder(builder => builder.ConfigureTestServices(services => services
            .AddSingleton(_ => WorkflowCatalog.Open(WriteHeartbeat()))
            .AddSingleton(_ => WorkflowEngine.Create(engine => engine.UseTime(_time).AddObserver(_beats)))));
        using var client = host.CreateClient();

        Assert.That(await _beats.Third.Task, Is.EqualTo("11:00"));
    }

    [Test]
    public async Task Health_tells_flows_with_errors()
    {
        using var client = _host.CreateClient();
        Assert.That(await client.GetStringAsync(new Uri("/health", UriKind.Relative)), Is.EqualTo("Healthy"));

        var folder = Directory.CreateTempSubdirectory("flowengine-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "broken.json"), """{ "triggers": {}, "actions": { "A": { "type": "Compose", "inputs": "@concat('a'" } } }""");
        using var broken = _host.WithWebHostBuilder(host => host.UseSetting("Flows:Folder", folder.FullName));
        using var asking = broken.CreateClient();
        Assert.That(await asking.GetStringAsync(new Uri("/health", UriKind.Relative)), Is.EqualTo("Degraded"));
        folder.Delete(recursive: true);
    }

    private static async Task<FlowValue> Body(HttpResponseMessage answer) => FlowValue.Parse(await answer.Content.ReadAsStringAsync());

    // Its own folder: the other flows are not written for an engine without the host's action.
    private static string WriteHeartbeat()
    {
        var folder = Directory.CreateTempSubdirectory("flowengine-").FullName;
        File.Copy(Path.Combine(AppContext.BaseDirectory, "flows", "heartbeat.json"), Path.Combine(folder, "heartbeat.json"));
        return folder;
    }

    private sealed class Approver : HttpMessageHandler
    {
        public TaskCompletionSource<string> AnswerTo { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            AnswerTo.TrySetResult(FlowValue.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))["answerTo"].AsString);
            return new HttpResponseMessage();
        }
    }

    private sealed class Beats : IRunObserver
    {
        private int _count;

        public TaskCompletionSource<string> Third { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnActionCompleted(ActionRecord action)
        {
            if (Interlocked.Increment(ref _count) == 3) Third.TrySetResult(action.Outputs.AsString);
        }
    }
}
