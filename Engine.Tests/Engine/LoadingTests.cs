using System.Text;
using FlowEngine.Actions;
using FlowEngine.Definitions;
using Newtonsoft.Json.Linq;

namespace FlowEngine.Tests.Engine;

[Parallelizable(ParallelScope.All)]
public sealed class LoadingTests
{
    private const string Doubles = """
        { "triggers": { "manual": { "type": "Request", "inputs": {} } },
          "actions": { "Total": { "type": "Compose", "inputs": "@mul(triggerBody()['n'], 2)" } },
          "outputs": { "total": { "type": "Int", "value": "@outputs('Total')" }, "note": { "type": "String", "value": "done" } } }
        """;

    private sealed record Totals(int Total, string? Note);

    private static async Task<long> TotalOf(Workflow workflow)
    {
        await using var engine = WorkflowEngine.Create();
        return (await engine.RunAsync(workflow, FlowValue.Parse("""{"n":21}"""))).Action("Total").Outputs.AsInteger;
    }

    [Test]
    public async Task A_stream_with_a_byte_order_mark_is_read_and_stays_open()
    {
        using var stream = new MemoryStream([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Doubles)]);

        var workflow = Workflow.Load(stream);

        Assert.That(stream.CanRead, Is.True);
        Assert.That(await TotalOf(workflow), Is.EqualTo(42));
    }

    [Test]
    public async Task A_stream_is_read_without_blocking()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Doubles));

        Assert.That(await TotalOf(await Workflow.LoadAsync(stream, file: "upload.json")), Is.EqualTo(42));
    }

    [Test]
    public async Task A_token_is_compiled() => Assert.That(await TotalOf(Workflow.Parse(JObject.Parse(Doubles))), Is.EqualTo(42));

    [Test]
    public void Diagnostics_are_data_where_a_host_wants_no_exception()
    {
        var document = Workflow.Read("""{ "triggers": {}, "actions": { "A": { "type": "Compose", "inputs": "@concat('a'" } } }""", file: "upload.json");

        Assert.That(document.HasErrors, Is.True);
        var error = document.Diagnostics.Single(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.That((error.Location.File, error.Location.Line), Is.EqualTo(("upload.json", 1)));
    }

    [Test]
    public async Task Outputs_come_as_a_type_of_the_host()
    {
        await using var engine = WorkflowEngine.Create();

        var run = await engine.RunAsync(Workflow.Parse(Doubles), FlowValue.Parse("""{"n":4}"""));

        Assert.That(run.Outputs.To<Totals>(), Is.EqualTo(new Totals(8, "done")));
        Assert.That(run.Action("Total").Outputs.To<int>(), Is.EqualTo(8));
        Assert.That(() => run.Action("Total").Outputs.To<Totals>(), Throws.TypeOf<InvalidCastException>().With.Message.Contains("Totals"));
    }

    [Test]
    public async Task The_record_comes_as_text_and_as_a_token()
    {
        await using var engine = WorkflowEngine.Create();

        var run = await engine.RunAsync(Workflow.Parse(Doubles), FlowValue.Parse("""{"n":4}"""));

        Assert.That(FlowValue.Parse(run.ToRecordText()), Is.EqualTo(run.ToRecord()));
        Assert.That(run.ToRecordText(), Does.Contain("\n  \"status\""));
        Assert.That((string?)run.ToRecord().ToJToken()["actions"]!["Total"]!["status"], Is.EqualTo("Succeeded"));
    }

    [Test]
    public void An_object_of_the_host_is_a_value_with_names_in_camel_case() =>
        Assert.That(TypedValues.ToFlowValue(new Totals(3, null)), Is.EqualTo(FlowValue.Parse("""{"total":3,"note":null}""")));

    [Test]
    public async Task A_run_may_ask_for_the_strict_dialect()
    {
        await using var engine = WorkflowEngine.Create();
        var workflow = Flow.Of("""{ "A": { "type": "Compose", "inputs": "@unique(createArray(1, 2, 1))" } }""");

        Assert.That((await engine.RunAsync(workflow)).Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(async () => await engine.RunAsync(workflow, TriggerRequest.Empty, new RunOptions { Strict = true }), Throws.TypeOf<DefinitionException>());
    }

    [Test]
    public async Task A_run_may_ask_for_another_product()
    {
        await using var engine = WorkflowEngine.Create();
        var workflow = Workflow.Parse("""
            { "triggers": { "manual": { "type": "Request", "inputs": { "schema": { "type": "object", "required": ["n"] } } } }, "actions": { "A": { "type": "Compose", "inputs": 1 } } }
            """);
        var request = TriggerRequest.WithBody(FlowValue.EmptyObject);

        Assert.That((await engine.FireAsync(workflow, request)).NotStarted, Is.Null);
        // Power Automate always checks the schema of a request (runtime reference, 4.2).
        Assert.That((await engine.FireAsync(workflow, request, new RunOptions { Host = HostProfile.PowerAutomate })).NotStarted!.StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task A_run_may_have_limits_of_its_own()
    {
        await using var engine = WorkflowEngine.Create();
        var workflow = Flow.Of("""{ "Long": { "type": "Compose", "inputs": "@length(join(range(0, 100000), join(range(0, 50), ',')))" } }""");

        var run = await engine.RunAsync(workflow, TriggerRequest.Empty, new RunOptions { Limits = FlowEngine.Expressions.ExpressionLimits.Untrusted });

        Assert.That(run.Action("Long").Error!.Code, Is.EqualTo("InvalidTemplate"));
    }
}
