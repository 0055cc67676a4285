using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Tests.Engine;

[Parallelizable(ParallelScope.All)]
public sealed class ExtendingTests
{
    private sealed record Parcel(string To, decimal Weight, string? Note = null);

    private sealed record Label(string Text, int Stamps);

    private static string With(string actions) => $$"""{ "triggers": { "manual": { "type": "Request", "inputs": {} } }, "actions": {{actions}} }""";

    private static Task<RunResult> RunAsync(WorkflowEngine engine, string actions, RunOptions? options = null) => engine.RunAsync(engine.Parse(With(actions)), TriggerRequest.Empty, options);

    private static WorkflowEngine Printing(Action? before = null) => WorkflowEngine.Create(builder => builder.AddAction<Parcel, Label>("PrintLabel", (parcel, _, _) =>
    {
        before?.Invoke();
        if (parcel.Weight > 30) throw new ActionFailedException("TooHeavy", $"{parcel.Weight} kg is more than the post takes.");
        return new(new Label($"To {parcel.To}", (int)Math.Ceiling(parcel.Weight)));
    }));

    [Test]
    public async Task An_action_takes_and_gives_records_of_the_host()
    {
        await using var engine = Printing();

        var run = await RunAsync(engine, """{ "Print": { "type": "printlabel", "inputs": { "to": "@concat('A', 'nn')", "weight": 2.5 } } }""");

        Assert.That(run.Action("Print").Outputs.ToJson(), Is.EqualTo("""{"text":"To Ann","stamps":3}"""), "a whole number stays one");
    }

    [Test]
    public async Task A_failure_with_a_code_is_one_that_flows_can_handle()
    {
        await using var engine = Printing();

        var run = await RunAsync(engine, """
            { "Print": { "type": "PrintLabel", "inputs": { "to": "Ann", "weight": 31 } },
              "Courier": { "type": "Compose", "inputs": "@actions('Print')['error']['code']", "runAfter": { "Print": ["Failed"] } } }
            """);

        Assert.That((run.Status, run.Action("Courier").Outputs), Is.EqualTo((ActionStatus.Succeeded, FlowValue.String("TooHeavy"))));
    }

    [TestCase("""{ "to": "Ann" }""", "weight")]
    [TestCase("""{ "to": "Ann", "weight": 1, "colour": "red" }""", "colour")]
    public async Task Inputs_that_the_record_has_not_or_needs_are_told_when_the_flow_is_read(string inputs, string says)
    {
        await using var engine = Printing();

        var document = Workflow.Read(With($$"""{ "Print": { "type": "PrintLabel", "inputs": {{inputs}} } }"""), engine.WorkflowOptions);

        Assert.That(document.Diagnostics, Has.Some.Matches<Diagnostic>(diagnostic => diagnostic.Message.Contains($"'{says}'", StringComparison.Ordinal)));
    }

    [Test]
    public async Task Inputs_of_another_type_fail_the_action_before_it_runs()
    {
        var ran = false;
        await using var engine = Printing(() => ran = true);

        var run = await RunAsync(engine, """{ "Print": { "type": "PrintLabel", "inputs": { "to": "Ann", "weight": "@concat('hea', 'vy')" } } }""");

        Assert.That(run.Action("Print").Error!.Code, Is.EqualTo("BadRequest"));
        Assert.That(run.Action("Print").Error!.Message, Does.Contain("Parcel").And.Contain("weight"));
        Assert.That(ran, Is.False);
    }

    [Test]
    public async Task A_schema_is_checked_when_the_action_runs_and_shows_no_value()
    {
        await using var engine = WorkflowEngine.Create(builder => builder.AddAction(
            "Grade",
            (scope, _) => new(scope.Inputs["points"]),
            new HostActionOptions { IsPure = true, RunsInline = true, Schema = FlowValue.Parse("""{ "type": "object", "properties": { "points": { "type": "integer", "maximum": 100 } }, "required": ["points"] }""") }));

        var good = await RunAsync(engine, """{ "G": { "type": "Grade", "inputs": { "points": "@add(50, 1)" } } }""");
        var bad = await RunAsync(engine, """{ "G": { "type": "Grade", "inputs": { "points": "@add(50000, 1)" } } }""");

        Assert.That(good.Action("G").Outputs, Is.EqualTo((FlowValue)51));
        Assert.That(bad.Action("G").Error!.Message, Does.Contain("'points'").And.Contain("maximum").And.Not.Contain("50001"));
    }

    [Test]
    public void A_schema_that_is_none_is_refused_at_once() =>
        Assert.That(
            () => WorkflowEngine.Create(builder => builder.AddAction("X", (_, _) => default, new HostActionOptions { Schema = FlowValue.Parse("""{ "type": 7 }""") })),
            Throws.ArgumentException.With.Message.Contains("schema"));

    [TestCase("compose")]
    [TestCase("Batch")]
    [TestCase("printlabel")]
    public void A_name_of_an_action_that_is_taken_is_refused(string type) =>
        Assert.That(
            () => WorkflowEngine.Create(builder => builder.AddAction("PrintLabel", (_, _) => default).AddAction(type, (_, _) => default)),
            Throws.ArgumentException.With.Message.Contains($"'{type}'"));

    [Test]
    public async Task A_function_is_called_and_suggested_and_described()
    {
        await using var engine = WorkflowEngine.Create(builder => builder.AddFunction(new FunctionSpec("grossOf", (net, rate) => FlowValue.Decimal(net.AsDecimal * (1 + (rate.AsDecimal / 100))))
        {
            Summary = "The price with tax.",
            Parameters = ["net: Number", "rate: Number, in percent"],
            Examples = ["grossOf(100, 19) -> 119"],
        }));

        var run = await RunAsync(engine, """{ "Gross": { "type": "Compose", "inputs": "@grossof(100, 19)" } }""");
        var misspelt = Workflow.Read(With("""{ "Gross": { "type": "Compose", "inputs": "@grosOf(100, 19)" } }"""), engine.WorkflowOptions);

        Assert.That(run.Action("Gross").Outputs, Is.EqualTo((FlowValue)119m));
        Assert.That(misspelt.Diagnostics, Has.Some.Matches<Diagnostic>(diagnostic => diagnostic.ToString().Contains("grossOf", StringComparison.Ordinal)));
        Assert.That(engine.DescribeExtensions(), Does.Contain("### grossOf").And.Contain("The price with tax.").And.Contain("grossOf(100, 19) -> 119"));
    }

    [Test]
    public async Task A_function_that_throws_fails_the_action_by_its_name()
    {
        await using var engine = WorkflowEngine.Create(builder => builder.AddFunction(new FunctionSpec("oops", _ => throw new InvalidOperationException("no such customer"))));

        var run = await RunAsync(engine, """{ "A": { "type": "Compose", "inputs": "@oops(triggerBody())" } }""");

        Assert.That(run.Action("A").Error!.Message, Does.Contain("'oops' failed").And.Contain("no such customer"));
    }

    [TestCase("CONCAT")]
    [TestCase("unique")]
    [TestCase("own")]
    public void A_name_of_a_function_that_is_taken_is_refused(string name) =>
        Assert.That(
            () => WorkflowEngine.Create(builder => builder.AddFunction(new FunctionSpec("own", value => value)).AddFunction(new FunctionSpec(name, value => value))),
            Throws.ArgumentException.With.Message.Contains($"'{name}'"));

    [Test]
    public async Task A_trigger_of_the_host_listens_and_fires()
    {
        using var stopping = new CancellationTokenSource();
        var results = new List<FireResult>();
        await using var engine = WorkflowEngine.Create(builder => builder.UseParameters(FlowValue.Parse("""{"drop":"/in"}""")).AddTrigger(new TriggerSpec("FileDropped")
        {
            Listen = async (listening, cancellation) =>
            {
                foreach (var file in new[] { "a.txt", "b.txt" }) await listening.FireAsync(FlowValue.String($"{listening.Inputs["folder"].AsString}/{file}"));
                await stopping.CancelAsync();
                cancellation.ThrowIfCancellationRequested();
            },
        }));
        var workflow = engine.Parse("""
            { "parameters": { "drop": { "type": "String" } }, "triggers": { "dropped": { "type": "FileDropped", "inputs": { "folder": "@parameters('drop')" } } }, "actions": { "File": { "type": "Compose", "inputs": "@triggerBody()" } } }
            """);

        await engine.ListenAsync(workflow, results.Add, cancellation: stopping.Token);

        Assert.That(results.Select(result => result.Runs[0].Action("File").Outputs.AsString), Is.EqualTo(new[] { "/in/a.txt", "/in/b.txt" }));
    }

    [Test]
    public void A_trigger_type_that_nobody_added_is_an_error_that_suggests_those_that_were()
    {
        var options = WorkflowEngine.Create(builder => builder.AddTrigger(new TriggerSpec("FileDropped"))).WorkflowOptions;

        var document = Workflow.Read("""{ "triggers": { "t": { "type": "FileDroped" } }, "actions": {} }""", options);

        Assert.That(document.Diagnostics, Has.Some.Matches<Diagnostic>(diagnostic => diagnostic.ToString().Contains("FileDropped", StringComparison.Ordinal)));
        Assert.That(() => WorkflowEngine.Create(builder => builder.AddTrigger(new TriggerSpec("recurrence"))), Throws.ArgumentException.With.Message.Contains("'recurrence'"));
    }

    [Test]
    public async Task A_schedule_fires_at_its_times()
    {
        using var stopping = new CancellationTokenSource();
        var time = new VirtualTimeProvider(new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero));
        await using var engine = WorkflowEngine.Create(builder => builder.UseTime(time));
        var workflow = engine.Parse("""
            { "triggers": { "each": { "type": "Recurrence", "recurrence": { "frequency": "Hour", "interval": 2, "startTime": "2026-01-31T09:00:00Z" } } }, "actions": { "At": { "type": "Compose", "inputs": "@utcNow('HH:mm')" } } }
            """);
        var at = new List<string>();

        await engine.ListenAsync(
            workflow,
            fired =>
            {
                at.Add(fired.Runs[0].Action("At").Outputs.AsString);
                if (at.Count == 3) stopping.Cancel();
            },
            cancellation: stopping.Token);

        Assert.That(at, Is.EqualTo(new[] { "09:00", "11:00", "13:00" }));
    }

    [Test]
    public void A_flow_that_waits_for_a_caller_does_not_listen() =>
        Assert.That(async () => await WorkflowEngine.Create().ListenAsync(Flow.Of("{}")), Throws.TypeOf<InvalidInputException>());

    [Test]
    public async Task A_connector_in_code_answers_operations()
    {
        await using var engine = WorkflowEngine.Create(builder => builder.AddConnector(new Weather()));

        var run = await RunAsync(engine, """
            { "Ask": { "type": "OpenApiConnection", "inputs": { "host": { "apiId": "/providers/Microsoft.PowerApps/apis/shared_weather", "connectionName": "c", "operationId": "Now" }, "parameters": { "city": "Bonn" } } } }
            """);

        Assert.That(run.Action("Ask").Outputs["body"], Is.EqualTo(FlowValue.Parse("""{"city":"Bonn","degrees":7}""")));
        Assert.That(() => WorkflowEngine.Create(builder => builder.AddConnector(new Weather()).AddConnector(new Weather())), Throws.ArgumentException.With.Message.Contains("'weather'"));
    }

    private sealed class Weather : IConnector
    {
        public string Name => "weather";

        public ValueTask<ConnectorResponse> CallAsync(ConnectorCall call, RunScope scope, int attempt, CancellationToken cancellation) =>
            new(new ConnectorResponse { StatusCode = 200, HasBody = true, Body = FlowValue.Object(("city", call.Parameters["city"]), ("degrees", 7)) });
    }
}
