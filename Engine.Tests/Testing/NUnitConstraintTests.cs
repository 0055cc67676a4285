using FlowEngine.Testing;
using FlowEngine.Testing.NUnit;

namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class NUnitConstraintTests
{
    private const string Orders = """
        {
          "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } },
          "actions": {
            "Total": { "type": "InitializeVariable", "inputs": { "variables": [ { "name": "total", "type": "integer", "value": 0 } ] } },
            "Get_orders": { "type": "Http", "inputs": { "method": "GET", "uri": "https://erp.example/orders" }, "runAfter": { "Total": [ "Succeeded" ] } },
            "Each": {
              "type": "Foreach", "foreach": "@body('Get_orders')", "runAfter": { "Get_orders": [ "Succeeded" ] }, "operationOptions": "Sequential",
              "actions": {
                "Post": { "type": "Http", "inputs": { "method": "POST", "uri": "https://erp.example/invoices", "body": { "order": "@item()", "by": "flow" }, "retryPolicy": { "type": "none" } } },
                "Count": { "type": "IncrementVariable", "inputs": { "name": "total", "value": 1 }, "runAfter": { "Post": [ "Succeeded" ] } }
              }
            },
            "Tell": { "type": "Compose", "inputs": "late", "runAfter": { "Each": [ "Failed" ] } },
            "Answer": { "type": "Response", "inputs": { "statusCode": 200, "headers": { "x-kind": "a-b" }, "body": { "total": "@variables('total')" } }, "runAfter": { "Tell": [ "Succeeded", "Skipped" ] } }
          }
        }
        """;

    private static Task<FlowTestRun> RunAsync(int secondInvoice = 201) => FlowTest.Parse(Orders)
        .MockHttp(mock => mock.Get("https://erp.example/orders").Returns(503).Header("Retry-After", "60").ThenJson(200, "[7,8]"))
        .MockHttp(mock => mock.Post("https://erp.example/invoices").Returns(201).Then(secondInvoice, FlowValue.Parse("""{ "code": "X", "text": "no" }""")))
        .RunAsync();

    private static string MessageOf(Action assertion)
    {
        using (new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext())
        {
            return Assert.Throws<AssertionException>(() => assertion())!.Message;
        }
    }

    [Test]
    public async Task Constraints_hold_for_a_run_that_is_as_expected()
    {
        var run = await RunAsync();

        Assert.That(run, Flow.Succeeded & Flow.Action("Tell").Skipped & Flow.Variable("total", 2) & Flow.VariableJson("total", "2"));
        Assert.That(run["Each[1]/Post"], Flow.Succeeded.WithCode("Created"));
        Assert.That(run, Flow.Action("Get_orders").Succeeded.WithAttempts(2).WithBodyJson("[7, 8]"));
        Assert.That(run, Flow.Action("Each[0]/Post").WithInputsLike("""{ "body": { "order": 7 } }""").WithOutputsLike("""{ "statusCode": 201 }"""));
        Assert.That(run, Flow.Sent("POST", "*/invoices").Times(2) & Flow.Sent("DELETE", "*").Never & Flow.Sent("POST", "*").WithBodyLike("""{ "order": 8 }""").Once);
        Assert.That(run, Flow.Sent("GET", "*/orders").By("Get_orders").Answered(503).Once);
        Assert.That(run, Flow.SentInOrder("GET */orders", "GET */orders", "POST */invoices"));
        Assert.That(run, Flow.Responded(200).WithBodyJson("""{ "total": 2 }""").WithHeader("X-Kind", "a*"));
        Assert.That(run, Flow.TookAtLeast(TimeSpan.FromMinutes(1)) & Flow.TookAtMost(TimeSpan.FromMinutes(1)));
        Assert.That(run, Flow.That("@equals(variables('total'), 2)") & Flow.Matches("""{ "actions": { "Count": "Succeeded" } }"""));
        Assert.That(run.Response!.Body, IsJson.EqualTo("""{ "total": 2.0 }""") & IsJson.Like("{}"));
    }

    [Test]
    public async Task A_status_that_differs_shows_the_cause_and_marks_it_in_the_tree()
    {
        var run = await RunAsync(secondInvoice: 422);

        var message = MessageOf(() => Assert.That(run, Flow.Action("Post").Succeeded));

        Assert.That(message, Does.Contain("Expected: action 'Post' Succeeded"));
        Assert.That(message, Does.Contain("actions.Each[1]/Post.status should be \"Succeeded\", but is \"Failed\""));
        Assert.That(message.Split('\n').Where(line => line.StartsWith(">>>", StringComparison.Ordinal)), Has.One.Contains("✗ Post  Http  Failed  422"));
        Assert.That(message.Split('\n'), Has.Some.Contains("✓ Post"), "the other repetition is in the tree, unmarked");
    }

    [Test]
    public async Task A_run_that_failed_tells_why_where_success_was_asked_for()
    {
        var run = await FlowTest.Parse(Orders.Replace("\"Tell\": [ \"Succeeded\", \"Skipped\" ]", "\"Tell\": [ \"Succeeded\" ]", StringComparison.Ordinal)).RunAsync();

        var message = MessageOf(() => Assert.That(run, Flow.Succeeded));

        Assert.That(message, Does.Contain("No mock answers GET https://erp.example/orders"));
    }

    [Test]
    public async Task Body_and_outputs_are_compared_exactly_or_by_their_members()
    {
        var run = await RunAsync(secondInvoice: 422);

        Assert.That(run, Flow.Action("Each[1]/Post").Failed.WithBodyJson("""{ "text": "no", "code": "X" }"""));
        Assert.That(run, Flow.Action("Each[1]/Post").WithOutputsLike("""{ "body": { "code": "X" } }"""));
        Assert.That(MessageOf(() => Assert.That(run, Flow.Action("Each[1]/Post").WithBodyJson("""{ "code": "X" }"""))), Does.Contain("further member 'text'"));
        Assert.That(MessageOf(() => Assert.That(run["Each[1]/Post"].Body, IsJson.EqualTo("""{ "code": "Y", "text": "no" }"""))), Does.Contain("value.code should be \"Y\", but is \"X\""));
    }

    [Test]
    public async Task A_request_that_was_not_sent_lists_those_that_were()
    {
        var run = await RunAsync();

        Assert.That(MessageOf(() => Assert.That(run, Flow.Sent("POST", "*/mails"))), Does.Contain("GET https://erp.example/orders"));
        Assert.That(MessageOf(() => Assert.That(run, Flow.SentInOrder("POST */invoices", "GET */orders"))), Does.Contain("Expected the request 'GET */orders' after 'POST */invoices'"));
    }

    [Test]
    public async Task An_action_that_is_not_there_names_the_nearest()
    {
        var run = await RunAsync();

        Assert.That(MessageOf(() => Assert.That(run, Flow.Action("Get_order").Succeeded)), Does.Contain("Did you mean 'Get_orders'?"));
    }

    [Test]
    public void A_constraint_on_something_else_says_what_it_is_for() =>
        Assert.That(() => Assert.That("run", Flow.Succeeded), Throws.ArgumentException.With.Message.Contains("FlowTestRun"));

    public static IEnumerable<TestCaseData> OfTheExamples => FlowTests.Of(Repository.Locate("examples"));

    [TestCaseSource(nameof(OfTheExamples))]
    public async Task Tests_of_files_are_test_cases(FlowTestCase test) => Assert.That(await FlowTestOutcome.OfAsync(test), Flow.Passed);
}
