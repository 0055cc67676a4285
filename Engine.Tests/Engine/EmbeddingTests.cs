using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;
using Microsoft.Extensions.DependencyInjection;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace FlowEngine.Tests.Engine;

[Parallelizable(ParallelScope.All)]
public sealed class EmbeddingTests
{
    private const string Definition = """
        {
          "parameters": { "factor": { "type": "Int", "defaultValue": 2 }, "key": { "type": "SecureString", "defaultValue": "S3CR3T-1" } },
          "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } },
          "actions": {
            "Total": { "type": "Compose", "inputs": "@mul(triggerBody()['n'], parameters('factor'))" },
            "Key": { "type": "Compose", "inputs": "Bearer @{parameters('key')}" }
          },
          "outputs": { "total": { "type": "Int", "value": "@outputs('Total')" } }
        }
        """;

    [Test]
    public async Task Five_lines_run_a_flow()
    {
        await using var engine = WorkflowEngine.Create();
        var workflow = Workflow.Parse(Definition);
        var run = await engine.RunAsync(workflow, FlowValue.Parse("""{"n":21}"""));

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(run.Action("Total").Outputs, Is.EqualTo((FlowValue)42));
        Assert.That(run.Outputs["total"]["value"], Is.EqualTo((FlowValue)42));
    }

    [TestCase("\"1\"", "One")]
    [TestCase("2", "Two")]
    [TestCase("\"A\"", "Other")]
    [TestCase("3", "Other")]
    public async Task A_host_may_have_the_texts_of_cases_compared(string value, string expected)
    {
        const string Switch = """
            { "triggers": { "manual": { "type": "Request" } }, "actions": { "S": { "type": "Switch", "expression": "@triggerBody()", "cases": {
                "a": { "case": 1, "actions": { "One": { "type": "Compose", "inputs": 1 } } },
                "b": { "case": "2", "actions": { "Two": { "type": "Compose", "inputs": 2 } } },
                "c": { "case": "a", "actions": { "Small": { "type": "Compose", "inputs": 3 } } } },
              "default": { "actions": { "Other": { "type": "Compose", "inputs": 4 } } } } } }
            """;
        await using var engine = WorkflowEngine.Create();

        var texts = await engine.RunAsync(Workflow.Parse(Switch, options: new WorkflowOptions { SwitchComparesText = true }), FlowValue.Parse(value));
        var service = await engine.RunAsync(Workflow.Parse(Switch), FlowValue.Parse(value));

        Assert.That(new[] { "One", "Two", "Small", "Other" }.Where(name => texts.Action(name).Status == ActionStatus.Succeeded), Is.EqualTo(new[] { expected }));
        Assert.That(service.Action("One").Status, Is.EqualTo(ActionStatus.Failed), "the service fails every branch");
    }

    [Test]
    public async Task A_host_may_say_how_many_repetitions_run_side_by_side_where_the_flow_does_not()
    {
        const string Waits = """{ "triggers": { "manual": { "type": "Request" } }, "actions": { "L": { "type": "Foreach", "foreach": "@range(0, 6)", "actions": { "W": { "type": "Wait", "inputs": { "interval": { "count": 10, "unit": "Second" } } } } } } }""";
        await using var engine = WorkflowEngine.Create();
        async Task<double> Seconds(int? count)
        {
            var run = await engine.RunAsync(Workflow.Parse(Waits, options: new WorkflowOptions { ForeachConcurrency = count }), TriggerRequest.Empty, new RunOptions { Time = new VirtualTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)) });
            return (run.EndTime - run.StartTime).TotalSeconds;
        }

        Assert.That((await Seconds(null), await Seconds(3), await Seconds(1)), Is.EqualTo((10d, 20d, 60d)));
    }

    [TestCase(null, "", true)]
    [TestCase(true, "", false)]
    [TestCase(false, "\"operationOptions\": \"EnableSchemaValidation\",", true)]
    public async Task A_host_may_say_whether_bodies_are_checked(bool? checks, string trigger, bool starts)
    {
        var workflow = Workflow.Parse("""{ "triggers": { "manual": { #"type": "Request", "inputs": { "schema": { "type": "object" } } } }, "actions": {} }""".Replace("#", trigger), options: new WorkflowOptions { ChecksRequestSchema = checks });
        await using var engine = WorkflowEngine.Create();

        Assert.That((await engine.FireAsync(workflow, TriggerRequest.WithBody(FlowValue.Parse("1")))).NotStarted is null, Is.EqualTo(starts));
    }

    [Test]
    public async Task A_host_gets_the_engine_from_its_services_and_its_clock_is_taken()
    {
        var time = new VirtualTimeProvider(new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero));
        await using var services = new ServiceCollection().AddSingleton<TimeProvider>(time).AddFlowEngine().BuildServiceProvider();

        var run = await services.GetRequiredService<WorkflowEngine>().RunAsync(Flow.Of("""{ "Now": { "type": "Compose", "inputs": "@utcNow('yyyy-MM-dd')" } }"""));

        Assert.That(run.Action("Now").Outputs, Is.EqualTo(FlowValue.String("2026-01-31")));
    }

    [Test]
    public async Task Engine_parameters_serve_all_workflows_and_those_of_a_run_win()
    {
        await using var engine = WorkflowEngine.Create(builder => builder.UseParameters(FlowValue.Parse("""{"factor":3,"other":1}""")));
        var workflow = Workflow.Parse(Definition);

        var run = await engine.RunAsync(workflow, FlowValue.Parse("""{"n":1}"""));
        var own = await engine.RunAsync(
            workflow, TriggerRequest.WithBody(FlowValue.Parse("""{"n":1}""")), new RunOptions { Parameters = FlowValue.Parse("""{"factor":5}""").AsObject });

        Assert.That((run.Action("Total").Outputs, own.Action("Total").Outputs), Is.EqualTo(((FlowValue)3, (FlowValue)5)));
    }

    [TestCase("""{"factor":"x"}""", "type 'Int'")]
    [TestCase("""{"facto":1}""", "no parameter 'facto'")]
    public void A_parameter_that_does_not_fit_is_an_invalid_input(string parameters, string says)
    {
        var options = new RunOptions { Parameters = FlowValue.Parse(parameters).AsObject };

        Assert.That(
            async () => await WorkflowEngine.Create().RunAsync(Workflow.Parse(Definition), TriggerRequest.Empty, options),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains(says));
    }

    [Test]
    public void A_definition_with_errors_is_refused_with_all_of_them()
    {
        var exception = Assert.Throws<DefinitionException>(() => Workflow.Parse("""
            { "triggers": {}, "actions": { "A": { "type": "Compose", "inputs": "@concat('a'" }, "B": { "type": "Compose", "inputs": 1, "runAfter": { "Nope": ["Succeeded"] } } } }
            """));

        Assert.That(exception!.Diagnostics.Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error), Is.EqualTo(2));
        Assert.That(exception.Message, Does.Contain("workflow.json(1,").And.Contain("Nope"));
    }

    [Test]
    public async Task An_observer_sees_every_action_start_and_end_in_order()
    {
        var seen = new Seen();
        await using var engine = WorkflowEngine.Create(builder => builder.AddObserver(seen));

        await engine.RunAsync(Flow.Of("""
            { "Loop": { "type": "Foreach", "foreach": [1, 2], "actions": { "X": { "type": "Compose", "inputs": "@item()" } } },
              "Never": { "type": "Compose", "inputs": 1, "runAfter": { "Loop": ["Failed"] } } }
            """));

        Assert.That(seen.Events, Is.EqualTo(new[]
        {
            "run", "+Loop", "+Loop[0]/X", "-Loop[0]/X Succeeded", "Loop[0] Succeeded", "+Loop[1]/X", "-Loop[1]/X Succeeded", "Loop[1] Succeeded", "-Loop Succeeded", "-Never Skipped", "Succeeded",
        }));
    }

    [Test]
    public async Task The_log_names_runs_and_actions_and_never_a_secret()
    {
        var sink = new Sink();
        await using var engine = WorkflowEngine.Create(builder => builder.UseLogger(new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(sink).CreateLogger()));

        await engine.RunAsync(Workflow.Parse(Definition), FlowValue.Parse("""{"n":21}"""));

        Assert.That(sink.Lines, Has.Some.Contains("\"Total\""));
        Assert.That(string.Join('\n', sink.Lines), Does.Not.Contain("S3CR3T"));
    }

    [Test]
    public async Task A_secure_parameter_never_shows_in_the_record()
    {
        await using var engine = WorkflowEngine.Create();

        var run = await engine.RunAsync(Workflow.Parse(Definition), FlowValue.Parse("""{"n":1}"""));

        Assert.That(run.Action("Key").Outputs, Is.EqualTo(FlowValue.String("Bearer S3CR3T-1")));
        Assert.That(run.ToRecord()["actions"]["Key"]["outputs"], Is.EqualTo(FlowValue.String("Bearer *sanitized*")));
    }

    [Test]
    public async Task A_host_adds_an_action_of_its_own()
    {
        var greet = new ActionSpec(new ActionTypeInfo("Greet") { InputMembers = ["name"] }, plan => new Greet(plan));
        await using var engine = WorkflowEngine.Create();

        var run = await engine.RunAsync(Workflow.Parse(
            """{ "triggers": {}, "actions": { "G": { "type": "greet", "inputs": { "name": "@toUpper('ann')" } } } }""", new WorkflowOptions { Actions = [greet] }));

        Assert.That(run.Action("G").Outputs, Is.EqualTo(FlowValue.String("Hello, ANN")));
    }

    [Test]
    public async Task An_exception_of_a_hosts_action_fails_it_by_name()
    {
        var print = new ActionSpec(new ActionTypeInfo("Print"), _ => new Printer());
        await using var engine = WorkflowEngine.Create();

        var run = await engine.RunAsync(Workflow.Parse("""{ "triggers": {}, "actions": { "T": { "type": "Print" } } }""", new WorkflowOptions { Actions = [print] }));

        Assert.That(run.Action("T").Error!.Message, Does.Contain("'T'").And.Contain("out of paper"));
        Assert.That(run.Status, Is.EqualTo(ActionStatus.Failed));
    }

    [Test]
    public async Task Limits_of_the_engine_bound_what_an_expression_may_cost()
    {
        await using var engine = WorkflowEngine.Create(builder => builder.UseExpressionLimits(ExpressionLimits.Untrusted));

        var run = await engine.RunAsync(Flow.Of("""{ "Long": { "type": "Compose", "inputs": "@length(join(range(0, 100000), join(range(0, 50), ',')))" } }"""));

        Assert.That(run.Action("Long").Error!.Code, Is.EqualTo("InvalidTemplate"));
    }

    [Test]
    public async Task Many_runs_of_one_workflow_go_on_at_once()
    {
        await using var engine = WorkflowEngine.Create();
        var workflow = Workflow.Parse(Definition);

        var runs = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => Task.Run(() => engine.RunAsync(workflow, FlowValue.Object(("n", (FlowValue)n))))));

        Assert.That(runs.Select(run => run.Action("Total").Outputs.AsInteger), Is.EqualTo(Enumerable.Range(0, 200).Select(n => 2L * n)));
    }

    private sealed class Greet(ActionPlan plan) : IActionExecutor
    {
        public bool IsPure => true;

        public Expression? Inputs { get; } = plan.BindInputs();

        public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation) =>
            new(ActionOutcome.Succeeded(FlowValue.String("Hello, " + scope.Inputs["name"].AsString)));
    }

    private sealed class Printer : IActionExecutor
    {
        public bool IsPure => true;

        public Expression? Inputs => null;

        public ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation) => throw new IOException("out of paper");
    }

    private sealed class Seen : IRunObserver
    {
        public List<string> Events { get; } = [];

        public void OnRunStarted(RunStart run) => Events.Add("run");

        public void OnActionStarted(ActionRecord action) => Events.Add("+" + action.Path);

        public void OnActionCompleted(ActionRecord action) => Events.Add($"-{action.Path} {action.Status}");

        public void OnRepetitionCompleted(ActionRecord loop, RepetitionRecord repetition) => Events.Add($"{loop.Path}[{repetition.Index}] {repetition.Status}");

        public void OnRunCompleted(RunResult run) => Events.Add(run.Status.ToString());
    }

    private sealed class Sink : ILogEventSink
    {
        public List<string> Lines { get; } = [];

        public void Emit(LogEvent logEvent) => Lines.Add(logEvent.RenderMessage(System.Globalization.CultureInfo.InvariantCulture));
    }
}
