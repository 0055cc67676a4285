using FlowEngine.Actions;
using FlowEngine.Testing;

namespace FlowEngine.Tests;

/// <summary>What mocks in code can say besides what files can: conditions and answers that are code, and which requests are meant.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class CodeMockTests
{
    private const string Parcel = """
        {
          "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } },
          "actions": {
            "Weigh": {
              "type": "Http",
              "inputs": {
                "method": "POST", "uri": "https://scales.example/weigh", "queries": { "unit": "kg", "note": "", "place": "Ulm & Bonn" },
                "body": "@triggerBody()", "retryPolicy": { "type": "none" }
              }
            },
            "Each": { "type": "Foreach", "foreach": [ 3, 4 ], "actions": { "Label": { "type": "InvokeFunction", "inputs": { "functionName": "Label", "parameters": {}, "n": "@item()" } } }, "runAfter": { "Weigh": [ "Succeeded" ] } },
            "Answer": { "type": "Response", "inputs": { "statusCode": "@outputs('Weigh')['statusCode']", "body": "@body('Weigh')" }, "runAfter": { "Each": [ "Succeeded" ] } }
          }
        }
        """;

    private static FlowTest Test() => FlowTest.Parse(Parcel)
        .WithTriggerBody("""{ "to": "Ada" }""")
        .MockAction("Label", mock => mock.Succeeds());

    private static IEnumerable<TestCaseData> Fitting()
    {
        yield return new TestCaseData((Action<HttpMockBuilder>)(mock => mock.WithQuery("place", "Ulm & Bonn").WithQuery("unit")), true).SetArgDisplayNames("queries, decoded, in any order");
        yield return new TestCaseData((Action<HttpMockBuilder>)(mock => mock.WithQuery("note", "")), true).SetArgDisplayNames("an empty query");
        yield return new TestCaseData((Action<HttpMockBuilder>)(mock => mock.WithQuery("unit", "lb")), false).SetArgDisplayNames("another value");
        yield return new TestCaseData((Action<HttpMockBuilder>)(mock => mock.WithQuery("size")), false).SetArgDisplayNames("a query that is missing");
        yield return new TestCaseData((Action<HttpMockBuilder>)(mock => mock.Methods("PUT", "post")), true).SetArgDisplayNames("one of several methods");
        yield return new TestCaseData((Action<HttpMockBuilder>)(mock => mock.Methods("PUT", "DELETE")), false).SetArgDisplayNames("none of several methods");
        yield return new TestCaseData((Action<HttpMockBuilder>)(mock => mock.FromAction("weigh")), true).SetArgDisplayNames("the action");
        yield return new TestCaseData((Action<HttpMockBuilder>)(mock => mock.FromAction("Other")), false).SetArgDisplayNames("another action");
        yield return new TestCaseData((Action<HttpMockBuilder>)(mock => mock.Where(request => request.Body["to"].AsString == "Ada" && request.Query("unit") == "kg" && request.Header("Content-Type") is not null)), true).SetArgDisplayNames("code");
        yield return new TestCaseData((Action<HttpMockBuilder>)(mock => mock.Where(request => request.BodyText.Contains("Bob", StringComparison.Ordinal))), false).SetArgDisplayNames("code that says no");
    }

    [TestCaseSource(nameof(Fitting))]
    public async Task A_mock_answers_what_fits(Action<HttpMockBuilder> mock, bool fits)
    {
        var run = await Test().MockHttp(mock).MockHttp(other => other.Returns(404)).RunAsync();

        Assert.That(run["Weigh"].Outputs["statusCode"].AsInteger, Is.EqualTo(fits ? 200 : 404));
    }

    [Test]
    public async Task Code_makes_the_answer_of_each_request()
    {
        var run = await Test().MockHttp(mock => mock.Answers(request => MockResponse.Of(202, FlowValue.Object(("for", request.Body["to"]))))).RunAsync();

        Assert.That(run.Response!.StatusCode, Is.EqualTo(202));
        Assert.That(run.Response.Body.ToJson(), Is.EqualTo("""{"for":"Ada"}"""));
    }

    [Test]
    public async Task Code_gives_the_outcome_of_each_execution()
    {
        var run = await FlowTest.Parse(Parcel).WithTriggerBody("1").MockHttp(mock => mock.Returns(200))
            .MockAction("Label", mock => mock.Answers(action => action.Repetition[0] == 0 ? MockOutcome.Succeeds(action.Inputs["n"]) : MockOutcome.Fails("Torn", "no paper")).Verifiable(Times.Exactly(2)))
            .RunAsync();

        Assert.That(run["Each[0]/Label"].Outputs.AsInteger, Is.EqualTo(3));
        Assert.That((run["Each[1]/Label"].Status, run["Each[1]/Label"].Error), Is.EqualTo((ActionStatus.Failed, new ActionError("Torn", "no paper"))));
    }

    [Test]
    public async Task What_the_code_throws_fails_the_action_and_is_told()
    {
        var condition = await Test().MockHttp(mock => mock.Where(_ => throw new InvalidOperationException("odd"), "the address of Ada")).RunAsync();
        var answer = await Test().MockHttp(mock => mock.Post("*/weigh").Answers(_ => throw new InvalidOperationException("odd"))).RunAsync();
        var action = await FlowTest.Parse(Parcel).WithTriggerBody("1").MockHttp(mock => mock.Returns(200)).MockAction("Label", mock => mock.Answers(_ => throw new InvalidOperationException("odd"))).RunAsync();

        Assert.That(condition["Weigh"].Error, Is.EqualTo(new ActionError("MockFailed", "the address of Ada threw InvalidOperationException: odd")));
        Assert.That(answer["Weigh"].Error, Is.EqualTo(new ActionError("MockFailed", "The mock of POST */weigh threw InvalidOperationException: odd")));
        Assert.That(action["Each[0]/Label"].Error, Is.EqualTo(new ActionError("MockFailed", "The mock of action 'Label' threw InvalidOperationException: odd")));
    }

    [Test]
    public async Task A_condition_that_is_not_met_is_told_by_its_name()
    {
        var run = await Test().MockHttp(mock => mock.Where(_ => false, "a parcel for Bob")).RunAsync();

        Assert.That(run["Weigh"].Error!.Message, Does.EndWith("The nearest is any method any uri: a parcel for Bob is not met."));
    }

    [Test]
    public async Task An_answer_may_be_a_file_or_a_text()
    {
        using var shell = new Shell();
        var file = shell.File("weight.json", """{ "kg": 2 }""");

        var json = await Test().MockHttp(mock => mock.ReturnsFile(200, file)).RunAsync();
        var text = await Test().MockHttp(mock => mock.ReturnsText(200, "two kilos")).RunAsync();

        Assert.That(json.Response!.Body["kg"].AsInteger, Is.EqualTo(2));
        Assert.That(text.Response!.Body.AsString, Is.EqualTo("two kilos"));
    }

    [Test]
    public async Task Files_may_name_methods_queries_and_the_action()
    {
        var mocks = MockSet.Parse("""[ { "match": { "method": [ "PUT", "POST" ], "queries": { "unit": "k*" }, "action": "Weigh" }, "respond": 201 } ]""");

        Assert.That((await Test().WithMocks(mocks).RunAsync())["Weigh"].Outputs["statusCode"].AsInteger, Is.EqualTo(201));
        Assert.That(() => MockSet.Parse("""[ { "match": { "method": [ 1 ] }, "respond": 201 } ]"""), Throws.TypeOf<MockFormatException>().With.Message.Contains("mocks.json(1,16)"));
    }

    [Test]
    public async Task A_trigger_that_splits_gives_a_run_for_each_item()
    {
        var test = FlowTest.Parse("""
            {
              "triggers": { "Orders": { "type": "ApiConnection", "splitOn": "@triggerBody()", "inputs": { "host": { "connection": { "name": "shop" } } } } },
              "actions": { "Ask": { "type": "Http", "inputs": { "method": "GET", "uri": "https://shop.example/@{triggerBody()}" } } }
            }
            """).WithTriggerBody("""[ "a", "b" ]""").MockHttp(mock => mock.Get("https://shop.example/*").Verifiable(Times.Exactly(2)));

        var runs = await test.FireAsync();

        Assert.That(runs.Select(run => run.Requests.Single().Uri), Is.EquivalentTo(new[] { "https://shop.example/a", "https://shop.example/b" }));
        Assert.That(async () => await test.RunAsync(), Throws.TypeOf<InvalidInputException>().With.Message.Contains("use FireAsync"));
    }

    [Test]
    public async Task A_trigger_gets_method_and_queries()
    {
        var run = await FlowTest.Parse("""
            {
              "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": { "method": "GET" } } },
              "actions": { "Answer": { "type": "Response", "inputs": { "statusCode": 200, "body": "@triggerOutputs()['queries']" } } }
            }
            """).WithTriggerMethod("GET").WithTriggerQuery("zip", "89073").WithTriggerQuery("unit", "C").RunAsync();

        Assert.That(run.Response!.Body.ToJson(), Is.EqualTo("""{"zip":"89073","unit":"C"}"""));
    }
}
