using FlowEngine.Actions;
using FlowEngine.Testing;
using FlowEngine.Testing.NUnit;

namespace FlowEngine.Tests;

/// <summary>The samples of docs/testing.md: they stand there as they run here; <c>flows/</c> has their flows.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TestingPageTests
{
    [Test]
    public async Task A_wrong_key_is_refused()
    {
        var run = await FlowTest.Load("flows/customers/flow.json")
            .WithParameter("webhookKey", "right")
            .WithTriggerBody("""{ "id": 17 }""")
            .WithTriggerHeader("x-api-key", "wrong")
            .RunAsync();

        Assert.That(run, Flow.Succeeded & Flow.Responded(401).WithBodyJson("\"wrong key\"") & Flow.Action("Get_customer").Skipped);
    }

    [Test]
    public async Task A_mailing_list_that_is_down_is_told_of()
    {
        var run = await FlowTest.Load("flows/customers/flow.json")
            .WithParameter("webhookKey", "right")
            .WithTriggerBody("""{ "id": 17 }""")
            .WithTriggerHeader("x-api-key", "right")
            .MockHttp(m => m.Get("https://crm.example/customers/17").ReturnsJson(200, """{ "first": "Ada", "last": "Lovelace" }"""))
            .MockHttp(m => m.Put("https://mail.example/members/17").Returns(500, FlowValue.String("out of order")))
            .RunAsync();

        Assert.That(run, Flow.Responded(502).WithBodyJson("\"mailing list: out of order\"").WithHeader("Content-Type", "text/plain*"));
        Assert.That(run, Flow.Action("Update_mailing").Failed & Flow.Action("Answer_done").Skipped);
        Assert.That(run, Flow.Sent("PUT", "*/members/17").WithBodyJson("""{ "name": "Ada Lovelace", "town": "unknown" }""").Once);
        Assert.That(run["Get_customer"].TrackedProperties, IsJson.EqualTo("""{ "customer": 17 }"""));
    }

    [Test]
    public async Task The_fourth_call_of_a_loop_fails()
    {
        var run = await FlowTest.Load("flows/work/flow.json")
            .WithTriggerBody("""{ "count": 5 }""")
            .MockHttp(m => m.Post("https://one.example/work").OnCall(4).Returns(500))
            .MockHttp(m => m.Post("https://one.example/work").Returns(200).After("PT5S"))
            .MockHttp(m => m.Post("https://two.example/work").OnCall(1, 4, 5).Returns(200))
            .MockHttp(m => m.Post("https://two.example/work").Returns(400))
            .RunAsync();

        Assert.That(run, Flow.Succeeded & Flow.Responded(200).WithBodyJson("""{ "done": [200, 200, 200, 500, 200] }"""));
        Assert.That(run["Until_enough"].Iterations, Is.EqualTo(5));
        Assert.That(run["Until_enough[3]/Ask_one"], Flow.Failed.WithCode("InternalServerError"));
        Assert.That(run.All("Ask_two").Select(action => action.Status), Is.EqualTo(new[]
        {
            ActionStatus.Succeeded, ActionStatus.Failed, ActionStatus.Failed, ActionStatus.Succeeded, ActionStatus.Succeeded,
        }));
        Assert.That(run.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(20)), "four answers of five seconds, on the run's clock");
    }

    [Test]
    public async Task A_blob_that_is_there_already_is_not_kept()
    {
        var run = await FlowTest.Load("flows/upload/flow.json")
            .WithTriggerPath("photos/cat.png")
            .WithTriggerBody("\"the picture\"")
            .MockConnector("storage", "uploadBlob", a => a.Fails("BlobAlreadyExists", "The blob is there already."))
            .RunAsync();

        Assert.That(run, Flow.Failed & Flow.Responded(500).WithBodyJson("\"cat.png is not kept\""));
        Assert.That(run, Flow.Action("Upload").Failed.WithError("BlobAlreadyExists").WithInputsLike("""{ "parameters": { "containerName": "photos" } }"""));
    }

    public static IEnumerable<TestCaseData> Files => FlowTests.Of("flows");

    [TestCaseSource(nameof(Files))]
    public async Task Flows(FlowTestCase test) => Assert.That(await FlowTestOutcome.OfAsync(test), Flow.Passed);

    /// <summary>Every C# block of the page that has a test of this file has it word for word.</summary>
    [TestCase(nameof(A_wrong_key_is_refused))]
    [TestCase(nameof(A_mailing_list_that_is_down_is_told_of))]
    [TestCase(nameof(The_fourth_call_of_a_loop_fails))]
    [TestCase(nameof(A_blob_that_is_there_already_is_not_kept))]
    [TestCase("Files")]
    public void The_page_shows_the_test(string member)
    {
        var source = Repository.Text("Engine.Tests/Testing/TestingPageTests.cs").ReplaceLineEndings("\n").Split('\n');
        var from = Array.FindIndex(source, line => line.StartsWith("    public", StringComparison.Ordinal) && line.Contains(' ' + member, StringComparison.Ordinal));
        var to = Array.FindIndex(source, from, line => line == "    }" || line.EndsWith("Flow.Passed);", StringComparison.Ordinal));
        var code = string.Join('\n', source[from..(to + 1)].Select(line => line.Length > 4 ? line[4..] : line));

        Assert.That(Repository.Text("docs/testing.md").ReplaceLineEndings("\n"), Does.Contain(code));
    }
}
