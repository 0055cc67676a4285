using FlowEngine.Actions;
using FlowEngine.Testing;

namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class FlowTestTests
{
    private const string Orders = """
        {
          "parameters": { "key": { "type": "SecureString" }, "limit": { "type": "Int", "defaultValue": 5 } },
          "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } },
          "actions": {
            "Total": { "type": "InitializeVariable", "inputs": { "variables": [ { "name": "total", "type": "integer", "value": 0 } ] } },
            "Try": {
              "type": "Scope", "runAfter": { "Total": [ "Succeeded" ] },
              "actions": {
                "Get_orders": { "type": "Http", "inputs": { "method": "GET", "uri": "https://erp.example/orders?region=@{triggerBody()?['region']}", "headers": { "x-key": "@parameters('key')" } } },
                "For_each_order": {
                  "type": "Foreach", "foreach": "@body('Get_orders')", "runAfter": { "Get_orders": [ "Succeeded" ] }, "operationOptions": "Sequential",
                  "actions": {
                    "Post_invoice": { "type": "Http", "inputs": { "method": "POST", "uri": "https://erp.example/invoices", "body": { "order": "@item()" }, "retryPolicy": { "type": "none" } } },
                    "Count": { "type": "IncrementVariable", "inputs": { "name": "total", "value": 1 }, "runAfter": { "Post_invoice": [ "Succeeded" ] } }
                  }
                }
              }
            },
            "Send_mail": { "type": "ApiConnection", "inputs": { "host": { "connectionName": "shared_office365", "operationId": "SendEmailV2" }, "parameters": {} }, "runAfter": { "Try": [ "Succeeded", "Failed" ] } },
            "Answer": { "type": "Response", "inputs": { "statusCode": 200, "body": { "at": "@utcNow('yyyy-MM-dd')", "total": "@variables('total')" } }, "runAfter": { "Send_mail": [ "Succeeded" ] } }
          }
        }
        """;

    private static FlowTest Test() => FlowTest.Parse(Orders)
        .WithParameter("key", "a-secret-key")
        .WithTriggerBody("""{ "region": "EU" }""")
        .MockConnector("shared_office365", "SendEmailV2", mock => mock.Succeeds());

    /// <summary>Asking for any action of such a run once threw: what was inside had no record.</summary>
    [Test]
    public async Task What_is_inside_a_container_that_is_mocked_is_skipped()
    {
        var run = await Test().MockAction("Try", mock => mock.Fails("Gone")).RunAsync();
        var loop = await TestWithOrders().MockAction("For_each_order", mock => mock.Succeeds()).RunAsync();

        Assert.That((run["Try"].Status, run["Get_orders"].Status, run["For_each_order"].Status, run["Post_invoice"].Status), Is.EqualTo((ActionStatus.Failed, ActionStatus.Skipped, ActionStatus.Skipped, ActionStatus.Skipped)));
        Assert.That((loop["For_each_order"].Status, loop["Post_invoice"].Status), Is.EqualTo((ActionStatus.Succeeded, ActionStatus.Skipped)));
        Assert.That(run.ToString(), Does.Contain("✗ Try  Scope  Failed"));
    }

    private static FlowTest TestWithOrders() => Test().MockHttp(mock => mock.Get("https://erp.example/orders").ReturnsJson(200, "[1,2,3]"));

    [Test]
    public async Task A_run_shows_actions_repetitions_requests_variables_and_the_response()
    {
        var run = await TestWithOrders()
            .MockHttp(mock => mock.Post("https://erp.example/invoices").WithBodyJson("""{ "order": 3 }""").Returns(422))
            .MockHttp(mock => mock.Post("https://erp.example/invoices").Returns(201))
            .At("2026-01-31T08:00Z")
            .RunAsync();

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(run["Try/For_each_order"].Iteration(2)["Post_invoice"].Outputs["statusCode"], Is.EqualTo(FlowValue.Integer(422)));
        Assert.That(run["For_each_order[1]/Post_invoice"].Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(run.All("Post_invoice").Select(action => action.Status), Is.EqualTo(new[] { ActionStatus.Succeeded, ActionStatus.Succeeded, ActionStatus.Failed }));
        Assert.That(run.Requests.To("erp.example"), Has.Count.EqualTo(4));
        Assert.That(run.Requests.Matching("POST", "*/invoices")[2].Body.ToJson(), Is.EqualTo("""{"order":3}"""));
        Assert.That(run.Variables["total"], Is.EqualTo(FlowValue.Integer(2)));
        Assert.That(run.Response!.Body.ToJson(), Is.EqualTo("""{"at":"2026-01-31","total":2}"""));
    }

    [Test]
    public async Task Waits_take_virtual_time()
    {
        var run = await Test().MockHttp(mock => mock.Get("https://erp.example/orders*").Returns(503).Header("Retry-After", "3600").ThenJson(200, "[]")).RunAsync();

        Assert.That((run["Get_orders"].Attempts, run.Elapsed), Is.EqualTo((2, TimeSpan.FromHours(1))));
    }

    [Test]
    public async Task An_action_can_be_mocked_in_one_repetition()
    {
        var run = await TestWithOrders()
            .MockAction("Post_invoice", mock => mock.At(1).Fails("Throttled", "Slowly!"))
            .MockAction("Post_invoice", mock => mock.Succeeds())
            .RunAsync();

        Assert.That(run["For_each_order[1]/Post_invoice"].Error, Is.EqualTo(new ActionError("Throttled", "Slowly!")));
        Assert.That(run["For_each_order[0]/Post_invoice"].Status, Is.EqualTo(ActionStatus.Succeeded));
    }

    [Test]
    public void A_verifiable_mock_must_answer_so_often()
    {
        var failure = Assert.ThrowsAsync<FlowTestException>(() => Test()
            .MockHttp(mock => mock.Get("https://erp.example/orders").ReturnsJson(200, "[1]"))
            .MockHttp(mock => mock.Post("https://erp.example/invoices").Returns(201).Verifiable(Times.Exactly(2)))
            .RunAsync());

        Assert.That(failure!.Message, Does.StartWith("Expected the mock of POST https://erp.example/invoices to answer exactly 2 times, but it answered once."));
    }

    [Test]
    public async Task A_failure_shows_the_run_and_marks_the_place()
    {
        var run = await TestWithOrders().MockHttp(mock => mock.Post("*/invoices").Returns(201).Then(500).Then(201)).RunAsync();

        var failure = Assert.Throws<FlowTestException>(() => run.Expect("Post_invoice", ActionStatus.Succeeded));

        Assert.That(failure!.Message.ReplaceLineEndings("\n"), Is.EqualTo("""
            Expected 'Try/For_each_order[1]/Post_invoice' to be Succeeded, but it is Failed.

                workflow  Succeeded
                  ✓ Total  InitializeVariable  Succeeded
                  ✗ Try  Scope  Failed
                    ✓ Get_orders  Http  Succeeded  200
                    ✗ For_each_order  Foreach  Failed
                      ✓ [0]  Succeeded
                        ✓ Post_invoice  Http  Succeeded  201
                        ✓ Count  IncrementVariable  Succeeded
                      ✗ [1]  Failed
            >>>         ✗ Post_invoice  Http  Failed  500
                        ○ Count  IncrementVariable  Skipped
                      ✓ [2]  Succeeded
                        ✓ Post_invoice  Http  Succeeded  201
                        ✓ Count  IncrementVariable  Succeeded
                  ✓ Send_mail  ApiConnection  Succeeded
                  ✓ Answer  Response  Succeeded  200
            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public async Task A_request_without_a_mock_fails_with_the_nearest_one()
    {
        var run = await Test().MockHttp(mock => mock.Get("https://erp.example/order").Returns(200)).RunAsync();

        Assert.That(run["Get_orders"].Code, Is.EqualTo("MockNotFound"));
        Assert.That(run.ToString(), Does.Contain("The nearest is GET https://erp.example/order"));
    }

    [Test]
    public async Task Children_of_a_loop_without_repetitions_are_skipped()
    {
        var run = await Test().MockHttp(mock => mock.Get("https://erp.example/orders").ReturnsJson(200, "[]")).RunAsync();

        run.Expect("Try/For_each_order/Post_invoice", ActionStatus.Skipped);
    }

    [Test]
    public async Task A_path_that_leads_nowhere_names_the_nearest_action()
    {
        var run = await Test().MockHttp(mock => mock.Get("https://erp.example/orders").ReturnsJson(200, "[]")).RunAsync();

        Assert.That(() => run["Get_order"], Throws.TypeOf<FlowTestException>().With.Message.StartWith("The run has no action at 'Get_order'. Did you mean 'Get_orders'?"));
        Assert.That(() => run["For_each_order"].Iteration(0), Throws.TypeOf<FlowTestException>().With.Message.StartWith("'Try/For_each_order' has no repetition 0; it had 0."));
    }

    [Test]
    public async Task Messages_hide_secrets()
    {
        var run = await Test().MockAction("Get_orders", mock => mock.Fails("Denied", "The key a-secret-key is unknown.")).RunAsync();

        Assert.That(run.ToString(), Does.Contain("The key *sanitized* is unknown.").And.Not.Contain("a-secret-key"));
    }

    [Test]
    public async Task App_settings_are_those_of_the_environment_and_what_comes_from_elsewhere_is_hidden()
    {
        using var shell = new Shell();
        var flow = shell.Flow("""{ "Echo": { "type": "Compose", "inputs": "@concat(appsetting('Region'), '/', appsetting('Key'))" } }""");
        shell.File("key.txt", "f1le-s3cret");
        shell.File("connections.json", """{ "appSettings": { "Region": "none", "Key": { "$file": "key.txt" } } }""");
        shell.File("environments/north.json", """{ "appSettings": { "Region": "north" } }""");
        shell.File("environments/south.json", """{ "appSettings": { "Region": "south" } }""");
        var tests = shell.File("a.flowtest.json", """
            { "flow": "flow.json", "tests": [
                { "name": "alone", "expect": { "actions": { "Echo": { "outputs": "none/f1le-s3cret" } } } },
                { "name": "south", "environment": "south", "expect": { "actions": { "Echo": { "outputs": "south/wrong" } } } } ] }
            """);

        var run = await FlowTest.Load(flow).InEnvironment("north").RunAsync();
        var shown = await shell.CallAsync("test", tests, "--json");

        Assert.That(run["Echo"].Outputs, Is.EqualTo(FlowValue.String("north/f1le-s3cret")));
        Assert.That((shown.Json["passed"].AsInteger, shown.Json["failed"].AsInteger), Is.EqualTo((1, 1)), shown.ToString());
        Assert.That(shown.Out, Does.Contain("south/*sanitized*").And.Not.Contain("south/f1le-s3cret"));
    }

    [Test]
    public void A_flow_is_compiled_again_only_when_its_file_changed()
    {
        using var shell = new Shell();
        var file = shell.Flow();
        var first = CompiledFlows.Of(file);
        var second = CompiledFlows.Of(file);
        File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.That(second, Is.SameAs(first));
        Assert.That(CompiledFlows.Of(file), Is.Not.SameAs(first));
    }
}
