using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using FlowEngine.Actions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace FlowEngine.Tests.Engine;

/// <summary>docs/logging.md: which events there are, their levels and properties, and what never stands in them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LoggingTests
{
    private const string Secret = "S3CR3T-pass phrase";

    private const string Handled = """
        { "Loop": { "type": "Foreach", "foreach": [7], "actions": {
              "Try": { "type": "Compose", "inputs": "@int('x')", "trackedProperties": { "order": "@item()" } },
              "Catch": { "type": "Compose", "inputs": 1, "runAfter": { "Try": ["Failed"] } } } } }
        """;

    private static async Task<(RunResult Run, List<LogEvent> Events)> LogAsync(Workflow workflow, LogEventLevel level, RunOptions? options = null, FlowValue body = default)
    {
        var sink = new Sink();
        using var log = new LoggerConfiguration().MinimumLevel.Is(level).WriteTo.Sink(sink).CreateLogger();
        await using var engine = WorkflowEngine.Create(builder => builder.UseLogger(log));
        var run = await engine.RunAsync(workflow, new TriggerRequest { Body = body, HasBody = true, Headers = [new("x-ms-client-tracking-id", "order-7")] }, options);
        return (run, sink.Events);
    }

    private static string Property(LogEvent happened, string name) => happened.Properties.TryGetValue(name, out var value) ? Text(value) : string.Empty;

    private static string Text(LogEventPropertyValue value) => value is ScalarValue scalar ? Convert.ToString(scalar.Value, CultureInfo.InvariantCulture) ?? "null" : value.ToString(null, CultureInfo.InvariantCulture);

    [Test]
    public async Task A_failure_that_the_flow_handles_is_a_warning_and_no_error()
    {
        var (run, events) = await LogAsync(Flow.Of(Handled), LogEventLevel.Debug);

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(events.Max(happened => happened.Level), Is.EqualTo(LogEventLevel.Warning));
        var failed = events.Single(happened => happened.Level == LogEventLevel.Warning);
        Assert.That(
            new[] { "RunId", "Workflow", "ActionPath", "Iteration", "Status", "Code", "Attempt", "CorrelationId", "ErrorCode" }.Select(name => Property(failed, name)),
            Is.EqualTo(new[] { run.RunId, "workflow", "Loop[0]/Try", "0", "Failed", "BadRequest", "1", "order-7", "InvalidTemplate" }));
        Assert.That(failed.Properties["Duration"], Is.InstanceOf<ScalarValue>().With.Property("Value").InstanceOf<double>());
        Assert.That(failed.Properties["TrackedProperties"].ToString(), Does.Contain("order").And.Contain("7"));
    }

    [Test]
    public async Task The_one_error_of_a_run_that_failed_names_the_action_and_why()
    {
        var (_, events) = await LogAsync(Flow.Of("""{ "Scope": { "type": "Scope", "actions": { "Bad": { "type": "Compose", "inputs": "@int('x')" } } } }"""), LogEventLevel.Information);

        var error = events.Single(happened => happened.Level == LogEventLevel.Error);
        Assert.That((Property(error, "Status"), Property(error, "ActionPath"), Property(error, "ErrorCode")), Is.EqualTo(("Failed", "Scope/Bad", "InvalidTemplate")));
        Assert.That(error.RenderMessage(CultureInfo.InvariantCulture), Does.Contain("'int'").And.Contain("cannot be converted"));
    }

    [Test]
    public async Task Who_has_only_the_log_finds_file_line_and_repetition_of_what_failed()
    {
        const string json = """
            { "triggers": { "manual": { "type": "Request", "inputs": {} } },
              "actions": {
                "Loop": { "type": "Foreach", "foreach": [1, "x", 3], "operationOptions": "Sequential",
                  "actions": {
                    "Number": { "type": "Compose",
                      "inputs": "number @{int(item())}" } } } } }
            """;

        var (_, events) = await LogAsync(Workflow.Parse(json, file: "flows/orders.json"), LogEventLevel.Debug);

        foreach (var level in new[] { LogEventLevel.Warning, LogEventLevel.Error })
        {
            var failed = events.First(happened => happened.Level == level);
            Assert.That(
                new[] { "ActionPath", "Iteration", "Location", "ErrorCode" }.Select(name => Property(failed, name)),
                Is.EqualTo(new[] { "Loop[1]/Number", "1", "flows/orders.json(6,31)", "InvalidTemplate" }),
                failed.RenderMessage(CultureInfo.InvariantCulture));
        }
    }

    [Test]
    public async Task An_answer_that_fails_a_run_is_told_by_its_status()
    {
        using var http = new Echo { Status = HttpStatusCode.Conflict };

        var (_, events) = await LogAsync(Flow.Of("""{ "Post": { "type": "Http", "inputs": { "method": "POST", "uri": "https://x.example/", "body": 1 } } }"""), LogEventLevel.Error, new RunOptions { HttpHandler = http });

        Assert.That(events.Single().RenderMessage(CultureInfo.InvariantCulture), Does.Contain("\"Post\"").And.Contain("HTTP 409"));
    }

    [Test]
    public async Task A_host_that_changes_its_level_is_heard()
    {
        var kept = new Kept();
        await using var engine = WorkflowEngine.Create(builder => builder.UseLogger((Microsoft.Extensions.Logging.ILogger)kept));
        var flow = Flow.Of("""{ "A": { "type": "Compose", "inputs": 1 } }""");
        await engine.RunAsync(flow);
        var before = kept.Entries.Count;

        kept.Lowest = LogLevel.Debug;
        await engine.RunAsync(flow);

        Assert.That((before, kept.Entries.Count - before), Is.EqualTo((2, 3)));
    }

    [Test]
    public async Task Values_stand_at_verbose_alone()
    {
        var flow = Flow.Of("""{ "A": { "type": "Compose", "inputs": "the payload" } }""");

        var debug = await LogAsync(flow, LogEventLevel.Debug);
        var verbose = await LogAsync(flow, LogEventLevel.Verbose);

        Assert.That(debug.Events.Select(Whole), Has.None.Contains("the payload"));
        Assert.That(verbose.Events.Where(happened => Property(happened, "Outputs").Contains("the payload", StringComparison.Ordinal)).Select(happened => happened.Level), Is.Not.Empty.And.All.EqualTo(LogEventLevel.Verbose));
    }

    [Test]
    public async Task A_value_does_not_forge_lines()
    {
        var (_, events) = await LogAsync(Flow.Of("""{ "A": { "type": "Compose", "inputs": "@int(concat('x', decodeUriComponent('%0A'), '[ERR] forged'))" } }"""), LogEventLevel.Verbose);

        Assert.That(events.Select(Whole), Has.None.Contains("\n"));
    }

    private static Workflow Leaking(string values) => Workflow.Parse($$"""
        {
          "parameters": { "key": { "type": "SecureString" } },
          "triggers": { "manual": { "type": "Request", "inputs": {} } },
          "actions": {
            "Concat": { "type": "Compose", "inputs": "Bearer @{parameters('key')}", "trackedProperties": { "key": "@parameters('key')" } },
            "Send": { "type": "Http", "inputs": { "method": "POST", "uri": "https://x.example/?k=@{encodeUriComponent(parameters('key'))}", "headers": { "X-Key": "@base64(parameters('key'))" }, "body": { "key": "@parameters('key')" } } },
            "Throws": { "type": "Compose", "inputs": "@int(parameters('key'))" },
            "Own": { "type": "Leak", "inputs": "@parameters('key')" },
            "Secured": { "type": "Compose", "inputs": "{{values}}", "runtimeConfiguration": { "secureData": { "properties": ["inputs", "outputs"] } } }
          }
        }
        """, WorkflowEngine.Create(Leak).WorkflowOptions);

    private static void Leak(WorkflowEngineBuilder builder) => builder.AddAction("Leak", (scope, _) => throw new InvalidOperationException($"refused {scope.Inputs.AsString}"));

    [Test]
    [NonParallelizable] // Who listens, listens to all runs of the process.
    public async Task A_secret_parameter_is_in_no_line_of_the_log_and_in_no_trace()
    {
        using var http = new Echo();
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WorkflowEngine.TelemetryName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans) spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        var options = new RunOptions { HttpHandler = http, Parameters = FlowValue.Object(("key", FlowValue.String(Secret))).AsObject };

        var (run, events) = await LogAsync(Leaking("another-hidden-value"), LogEventLevel.Verbose, options);

        var hidden = new[] { Secret, Uri.EscapeDataString(Secret), Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Secret)), "another-hidden-value" };
        var lines = events.Select(Whole).ToList();
        var traces = spans.Where(span => Equals(span.GetTagItem("flowengine.run.id"), run.RunId) || span.Kind == ActivityKind.Client)
            .Select(span => $"{span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))}").ToList();
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Count.GreaterThan(10));
            Assert.That(traces, Has.Count.GreaterThan(5));
            foreach (var text in hidden)
            {
                Assert.That(lines, Has.None.Contains(text));
                Assert.That(traces, Has.None.Contains(text));
                Assert.That(run.ToRecordText(), Does.Not.Contain(text));
            }
        });
    }

    [Test]
    public void A_trigger_that_fails_on_a_secret_does_not_tell_it()
    {
        var workflow = Workflow.Parse("""
            { "parameters": { "key": { "type": "SecureString" } },
              "triggers": { "manual": { "type": "Request", "inputs": {}, "conditions": [ { "expression": "@equals(int(parameters('key')), 1)" } ] } }, "actions": {} }
            """);

        var thrown = Assert.ThrowsAsync<RunNotStartedException>(async () => await WorkflowEngine.Create().RunAsync(
            workflow, TriggerRequest.Empty, new RunOptions { Parameters = FlowValue.Object(("key", FlowValue.String(Secret))).AsObject }));

        Assert.That(thrown!.ToString(), Does.Not.Contain(Secret).And.Contain("int"));
    }

    [Test]
    public async Task Hosts_without_Serilog_get_properties_as_properties()
    {
        var kept = new Kept();
        await using var services = new ServiceCollection().AddSingleton<ILoggerFactory>(kept).AddFlowEngine().BuildServiceProvider();

        var run = await services.GetRequiredService<WorkflowEngine>().RunAsync(Flow.Of("""{ "Bad": { "type": "Compose", "inputs": "@int('x')" } }"""));

        var error = kept.Entries.Single(entry => entry.Level == LogLevel.Error);
        Assert.That(error.State["RunId"], Is.EqualTo(run.RunId));
        Assert.That((string?)error.State["{OriginalFormat}"], Does.StartWith("Run {RunId}"));
        Assert.That(error.Text, Does.StartWith($"Run {run.RunId} of workflow ended Failed").And.Contain("'int'"));
        Assert.That(kept.Entries, Has.None.Matches<Entry>(entry => entry.Level < LogLevel.Information), "as the host's level says");
    }

    [Test]
    [NonParallelizable] // Who listens, listens to all runs of the process.
    public async Task Spans_belong_together_and_the_context_goes_with_requests()
    {
        using var http = new Echo();
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is WorkflowEngine.TelemetryName or "LoggingTests",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans) spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("LoggingTests");
        using var caller = source.StartActivity("caller")!;
        await using var engine = WorkflowEngine.Create(builder => builder.UseHttpHandler(http));

        await engine.RunAsync(Flow.Of("""
            { "Wait": { "type": "Wait", "inputs": { "interval": { "count": 0, "unit": "Second" } } },
              "Get": { "type": "Http", "inputs": { "method": "GET", "uri": "https://x.example/a" }, "runAfter": { "Wait": ["Succeeded"] } } }
            """));

        Assert.That(Activity.Current, Is.SameAs(caller), "the caller's span stays");
        var mine = spans.Where(span => span.TraceId == caller.TraceId).ToList();
        var run = mine.Single(span => span.DisplayName == "run workflow");
        var action = mine.Single(span => span.DisplayName == "action Get");
        var request = mine.Single(span => span.Kind == ActivityKind.Client);
        Assert.That((run.ParentSpanId, action.ParentSpanId, request.ParentSpanId), Is.EqualTo((caller.SpanId, run.SpanId, action.SpanId)));
        Assert.That(http.Traceparent, Is.EqualTo(request.Id));
        Assert.That(
            new[] { "http.request.method", "url.full", "server.address", "server.port", "http.response.status_code" }.Select(name => request.GetTagItem(name)),
            Is.EqualTo(new object[] { "GET", "https://x.example/a", "x.example", 443, 200 }));
    }

    [Test]
    [NonParallelizable] // Who listens, listens to all runs of the process.
    public async Task Runs_and_actions_are_measured()
    {
        var measured = new List<(string Name, double Value, Dictionary<string, object?> Tags)>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, own) => { if (instrument.Meter.Name == WorkflowEngine.TelemetryName) own.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            lock (measured) measured.Add((instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value)));
        });
        listener.Start();
        await using var engine = WorkflowEngine.Create();

        await engine.RunAsync(
            Workflow.Parse("""{ "triggers": {}, "actions": { "Wait": { "type": "Wait", "inputs": { "interval": { "count": 90, "unit": "Second" } } } } }""", file: "measured.json"),
            TriggerRequest.Empty,
            new RunOptions { Time = new VirtualTimeProvider() });

        var own = measured.Where(one => Equals(one.Tags.GetValueOrDefault("flowengine.workflow.name"), "measured")).ToList();
        Assert.That(own.Select(one => (one.Name, one.Value)), Is.EquivalentTo(new[] { ("flowengine.action.duration", 90.0), ("flowengine.run.duration", 90.0) }));
        Assert.That(own.Single(one => one.Name == "flowengine.run.duration").Tags["flowengine.run.status"], Is.EqualTo("Succeeded"));
    }

    [Test]
    public async Task Child_runs_are_logged_too()
    {
        using var shell = new Shell();
        shell.File("parent.json", """
            { "parameters": { "key": { "type": "SecureString" } }, "triggers": { "m": { "type": "Request", "inputs": {} } },
              "actions": { "Call": { "type": "Workflow", "inputs": { "host": { "workflow": { "id": "child" } }, "body": "@parameters('key')" } } } }
            """);
        shell.File("child.json", """{ "triggers": { "m": { "type": "Request", "inputs": {} } }, "actions": { "Answer": { "type": "Response", "inputs": { "statusCode": 200, "body": "got @{triggerBody()}" } } } }""");
        var options = new RunOptions { Parameters = FlowValue.Object(("key", FlowValue.String(Secret))).AsObject };

        var (_, events) = await LogAsync(WorkflowCatalog.Open(shell.Path("."))["parent"], LogEventLevel.Verbose, options);

        Assert.That(events.Where(happened => happened.MessageTemplate.Text.StartsWith("Run {RunId} of {Workflow} ended", StringComparison.Ordinal)).Select(happened => Property(happened, "Workflow")), Is.EquivalentTo(new[] { "child", "parent" }));
        Assert.That(events.Select(Whole), Has.None.Contains(Secret), "what the parent hides, the child's log hides too");
    }

    [Test]
    public async Task The_command_line_writes_compact_json()
    {
        using var shell = new Shell();
        var flow = shell.Flow(Handled);

        var shown = await shell.CallAsync("run", flow, "--quiet", "--log", shell.Path("run.log"), "--log-level", "warning");

        Assert.That(shown.Exit, Is.Zero);
        var line = FlowValue.Parse((await File.ReadAllLinesAsync(shell.Path("run.log"))).Single());
        Assert.That((line["@l"].AsString, line["ActionPath"].AsString, line["Iteration"].AsString), Is.EqualTo(("Warning", "Loop[0]/Try", "0")));
    }

    [TestCase("--log-level", "warning")]
    [TestCase("--log", "x.log", "--log-level", "loud")]
    [TestCase("--log", "no/such/folder/x.log")]
    public async Task A_log_that_can_not_be_is_a_wrong_call(params string[] options)
    {
        using var shell = new Shell();
        options = [.. options.Select(option => option.EndsWith(".log", StringComparison.Ordinal) ? shell.Path(option) : option)];

        var shown = await shell.CallAsync(["run", shell.Flow(), .. options]);

        Assert.That(shown.Exit, Is.EqualTo(1));
        Assert.That(shown.Error, Does.Contain("log"));
    }

    private static string Whole(LogEvent happened) => happened.RenderMessage(CultureInfo.InvariantCulture) + " " + string.Join(' ', happened.Properties.Select(property => $"{property.Key}={Text(property.Value)}")) + happened.Exception;

    private sealed class Sink : ILogEventSink
    {
        public List<LogEvent> Events { get; } = [];

        public void Emit(LogEvent logEvent)
        {
            lock (Events) Events.Add(logEvent);
        }
    }

    private sealed class Echo : HttpMessageHandler
    {
        public string? Traceparent { get; private set; }

        public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Traceparent = request.Headers.TryGetValues("traceparent", out var values) ? values.Single() : null;
            var body = request.Content is null ? "{}" : await request.Content.ReadAsStringAsync(cancellationToken);
            return new HttpResponseMessage(Status) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        }
    }

    private sealed record Entry(LogLevel Level, Dictionary<string, object?> State, string Text);

    private sealed class Kept : ILoggerFactory, Microsoft.Extensions.Logging.ILogger
    {
        public List<Entry> Entries { get; } = [];

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public Microsoft.Extensions.Logging.ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public LogLevel Lowest { get; set; } = LogLevel.Information;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= Lowest;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (state is not IReadOnlyList<KeyValuePair<string, object?>> properties) return;
            Assert.That(state.ToString(), Is.EqualTo(formatter(state, exception)), "who writes the state as it is, writes the message");
            Entries.Add(new Entry(logLevel, properties.ToDictionary(), formatter(state, exception)));
        }

        public void Dispose()
        {
        }
    }
}
