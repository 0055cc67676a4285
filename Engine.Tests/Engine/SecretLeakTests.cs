using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security;
using System.Text;
using FlowEngine.Expressions;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace FlowEngine.Tests.Engine;

/// <summary>A flow that does what it can to show its secure parameters: in nested objects, in base64, in errors of expressions, requests, schemas, templates, scripts and actions of the host, in tracked properties.</summary>
[NonParallelizable] // Who listens to spans, listens to all runs of the process.
public sealed class SecretLeakTests
{
    private const string Key = "S3CR3T-pass phrase";
    private const string Password = "n3sted/Pass&word+1";
    private const string Pin = "8675309";

    private const string Actions = """
        {
          "Plain": { "type": "Compose", "inputs": "@parameters('config')" },
          "Number": { "type": "Compose", "inputs": { "pin": "@parameters('config')['pin']", "text": "pin @{parameters('config')['pin']}" } },
          "Base64": { "type": "Compose", "inputs": ["@base64(parameters('key'))", "@base64(concat('u:', parameters('key')))", "@base64(concat('us:', parameters('key'), '!'))", "@dataUri(parameters('key'))"] },
          "Encoded": { "type": "Compose", "inputs": ["@encodeUriComponent(parameters('config')['nested']['password'])", "@string(xml(json(concat('{\"a\":\"', parameters('config')['nested']['password'], '\"}'))))"] },
          "Text": { "type": "Compose", "inputs": "@string(parameters('config'))" },
          "Tracked": { "type": "Compose", "inputs": 1, "trackedProperties": { "config": "@parameters('config')", "pin": "@parameters('config')['pin']", "basic": "@base64(concat('u:', parameters('key')))" } },
          "Int": { "type": "Compose", "inputs": "@int(parameters('config')['nested']['password'])" },
          "Member": { "type": "Compose", "inputs": "@parameters('config')[parameters('key')]" },
          "Date": { "type": "Compose", "inputs": "@formatDateTime(parameters('key'), 'd')" },
          "Condition": { "type": "If", "expression": "@greater(parameters('key'), 1)", "actions": {} },
          "Foreach": { "type": "Foreach", "foreach": "@parameters('key')", "actions": {} },
          "Switch": { "type": "Switch", "expression": "@parameters('config')", "cases": {} },
          "Until": { "type": "Until", "expression": "@parameters('key')", "limit": { "count": 1 }, "actions": {} },
          "Schema": { "type": "ParseJson", "inputs": { "content": "@parameters('config')", "schema": { "type": "object", "properties": { "pin": { "type": "string" }, "nested": { "properties": { "password": { "enum": ["x"] } } } } } } },
          "Select": { "type": "Select", "inputs": { "from": "@parameters('key')", "select": "@item()" } },
          "Raw": { "type": "Http", "inputs": { "method": "POST", "uri": "https://x.example/a?k=@{parameters('config')['nested']['password']}&p=@{parameters('config')['pin']}", "headers": { "X-Key": "@parameters('key')" }, "body": "<a>@{parameters('key')}</a>", "retryPolicy": { "type": "none" } } },
          "Url": { "type": "Http", "inputs": { "method": "GET", "uri": "@{parameters('key')}", "retryPolicy": { "type": "none" } } },
          "Header": { "type": "Http", "inputs": { "method": "GET", "uri": "https://x.example/", "headers": { "X-Key": "@concat(parameters('key'), decodeUriComponent('%0A'))" }, "retryPolicy": { "type": "none" } } },
          "Script": { "type": "JavaScriptCode", "inputs": { "code": "throw new Error(workflowContext.actions.Plain.outputs.nested.password);" }, "runAfter": { "Plain": ["Succeeded"] } },
          "Own": { "type": "Leak", "inputs": "@parameters('config')" },
          "OwnCode": { "type": "LeakByCode", "inputs": "@parameters('key')" },
          "OwnFunction": { "type": "Compose", "inputs": "@leak(parameters('key'))" },
          "Variable": { "type": "InitializeVariable", "inputs": { "variables": [ { "name": "v", "type": "integer", "value": "@parameters('key')" } ] } },
          "Child": { "type": "Workflow", "inputs": { "host": { "workflow": { "id": "@parameters('key')" } } } }
        }
        """;

    // What may appear nowhere, and what only someone who looks for a part would see.
    private static readonly string[] Canaries =
    [
        Key, Password, Pin,
        Uri.EscapeDataString(Key), Uri.EscapeDataString(Password), Uri.EscapeDataString(Key).Replace("%20", "+", StringComparison.Ordinal), SecurityElement.Escape(Password)!,
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Key)), Convert.ToBase64String(Encoding.UTF8.GetBytes("u:" + Key)), Convert.ToBase64String(Encoding.UTF8.GetBytes("us:" + Key + "!")),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("u:" + Key))[4..20], Convert.ToBase64String(Encoding.UTF8.GetBytes("us:" + Key + "!"))[5..20],
    ];

    private static WorkflowEngine Engine(Serilog.ILogger log, HttpMessageHandler http) => WorkflowEngine.Create(builder => builder
        .UseLogger(log)
        .UseHttpHandler(http)
        .AddFunction(new FunctionSpec("leak", value => throw new InvalidOperationException($"refused {value.AsString}")))
        .AddAction("Leak", (scope, _) => throw new InvalidOperationException($"refused {scope.Inputs.ToJson()}", new IOException($"{scope.Inputs["nested"]["password"].AsString} and {scope.Inputs["pin"].AsInteger}")))
        .AddAction("LeakByCode", (scope, _) => throw new ActionFailedException("Refused", $"refused {scope.Inputs.AsString}") { Outputs = FlowValue.Object(("was", scope.Inputs)) }));

    [Test]
    public async Task Nothing_shows_in_logs_traces_events_and_records()
    {
        var sink = new Sink();
        using var log = new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(sink).CreateLogger();
        var spans = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WorkflowEngine.TelemetryName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans) spans.Add($"{span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Events.SelectMany(happened => happened.Tags))}");
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var http = new Quoting();
        await using var engine = Engine(log, http);
        var flow = engine.Parse($$"""
            { "parameters": { "key": { "type": "SecureString" }, "config": { "type": "SecureObject" } },
              "triggers": { "manual": { "type": "Request", "inputs": {} } }, "actions": {{Actions}}, "outputs": { "all": { "type": "Object", "value": "@parameters('config')" } } }
            """);
        var options = new RunOptions { Parameters = FlowValue.Parse($$"""{ "key": "{{Key}}", "config": { "nested": { "password": "{{Password}}" }, "pin": {{Pin}} } }""").AsObject };
        var lines = new List<string>();
        RunResult? run = null;

        await foreach (var happened in engine.WatchAsync(flow, TriggerRequest.Empty, options))
        {
            lines.Add(happened.ToString());
            run = happened.Result ?? run;
        }

        lines.AddRange(sink.Events.Select(Whole));
        lines.AddRange(spans);
        lines.Add(run!.ToRecordText());
        Assert.Multiple(() =>
        {
            Assert.That(sink.Events, Has.Count.GreaterThan(70));
            Assert.That(spans, Has.Count.GreaterThan(20));
            foreach (var canary in Canaries) Assert.That(lines.Where(line => line.Contains(canary, StringComparison.Ordinal)).Select(line => $"{canary} in {line}"), Is.Empty);
        });
    }

    [Test]
    public void The_values_that_a_secret_may_have_are_in_no_exception()
    {
        var flow = Workflow.Parse($$"""
            { "parameters": { "key": { "type": "SecureString", "allowedValues": ["{{Key}}"] } }, "triggers": { "manual": { "type": "Request", "inputs": {} } }, "actions": {} }
            """);

        var thrown = Assert.ThrowsAsync<InvalidInputException>(async () => await WorkflowEngine.Create().RunAsync(
            flow, TriggerRequest.Empty, new RunOptions { Parameters = FlowValue.Parse($$"""{ "key": "{{Password}}" }""").AsObject }));

        Assert.That(thrown!.ToString(), Does.Contain("'key'").And.Not.Contain(Key).And.Not.Contain(Password));
    }

    [TestCase("https://ann:pw@x.example/a?b=1", "https://REDACTED:REDACTED@x.example/a?b=1")]
    [TestCase("https://x.example/a?b=1&sig=abc&c=2#d", "https://x.example/a?b=1&sig=REDACTED&c=2#d")]
    [TestCase("https://x.example/a?Signature=abc", "https://x.example/a?Signature=REDACTED")]
    [TestCase("https://x.example/a@b?c", "https://x.example/a@b?c")]
    public void Addresses_show_no_credentials_and_no_signatures(string address, string shown) => Assert.That(ShownAddress.Redact(address), Is.EqualTo(shown));

    private static string Whole(LogEvent happened) => happened.RenderMessage(CultureInfo.InvariantCulture) + " " + string.Join(' ', happened.Properties) + happened.Exception;

    /// <summary>Fails as handlers do that quote the request.</summary>
    private sealed class Quoting : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
            throw new HttpRequestException($"No route for {request.RequestUri!.OriginalString} ({request.RequestUri}) with {request.Headers} {body}", null, HttpStatusCode.BadGateway);
        }
    }

    private sealed class Sink : ILogEventSink
    {
        public List<LogEvent> Events { get; } = [];

        public void Emit(LogEvent logEvent)
        {
            lock (Events) Events.Add(logEvent);
        }
    }
}
