using FlowEngine.Actions;
using FlowEngine.Testing;

namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class MockSetTests
{
    // Place, code and words of what is wrong.
    [TestCase("{}", 1, 1, "FE7002", "A mocks file must be an array of entries, but is {}.")]
    [TestCase("[5]", 1, 2, "FE7002", "An entry must be an object, but is 5.")]
    [TestCase("[{\n  \"mach\": {}, \"respond\": {} }]", 2, 3, "FE7001", "An entry has no member 'mach'; it may have match, action, operation, repetition, call, respond, callback. Did you mean 'match'?")]
    [TestCase("[{\"match\":{\"url\":\"x\"},\"respond\":{}}]", 1, 12, "FE7001", "'match' has no member 'url'; it may have method, uri, action, queries, headers, body. Did you mean 'uri'?")]
    [TestCase("[{\"match\":{\"method\":5},\"respond\":{}}]", 1, 21, "FE7002", "'method' must be text, but is 5.")]
    [TestCase("[{\"match\":{\"headers\":{\"X\":5}},\"respond\":{}}]", 1, 27, "FE7002", "Header 'X' must be text, but is 5.")]
    [TestCase("[{\"match\":{}}]", 1, 2, "FE7002", "The entry has no 'respond'.")]
    [TestCase("[{\"respond\":[]}]", 1, 3, "FE7002", "'respond' must be an object or an array of at least one, but is [].")]
    [TestCase("[{\"respond\":{\"status\":\"200\"}}]", 1, 23, "FE7002", "'status' must be an HTTP status from 100 to 599, but is \"200\".")]
    [TestCase("[{\"respond\":{\"status\":20}}]", 1, 23, "FE7002", "'status' must be an HTTP status from 100 to 599, but is 20.")]
    [TestCase("[{\"respond\":{\"delay\":\"2s\"}}]", 1, 22, "FE7002", "'delay' must be an ISO 8601 duration such as \"PT2S\", but is \"2s\".")]
    [TestCase("[{\"respond\":{\"fault\":\"crash\"}}]", 1, 22, "FE7002", "'fault' must be one of timeout, reset, unresolved, malformed, truncated, but is \"crash\".")]
    [TestCase("[{\"respond\":{\"fault\":\"reset\",\"status\":500}}]", 1, 39, "FE7002", "'fault' reset stands in place of a response; it can't be combined with 'status'.")]
    [TestCase("[{\"respond\":{\"headers\":{\"X\":\"a\\r\\nb\"}}}]", 1, 29, "FE7002", "New-line, NUL or other control characters are not allowed in the value of header 'X'.")]
    [TestCase("[{\"respond\":{\"bodyFile\":\"../x.json\"}}]", 1, 25, "FE7003", "'bodyFile' must be a path beside the mocks file or below, but is '../x.json'.")]
    [TestCase("[{\"respond\":{\"body\":1,\"bodyfile\":\"x\"}}]", 1, 34, "FE7002", "A response has 'body' or 'bodyFile', not both.")]
    [TestCase("[{\"action\":\"A\",\"match\":{},\"respond\":{}}]", 1, 2, "FE7002", "An entry has one of 'match', 'action' and 'operation'.")]
    [TestCase("[{\"action\":\"A\",\"respond\":{\"status\":\"Done\"}}]", 1, 36, "FE7002", "'status' must be one of Succeeded, Failed, TimedOut, Skipped, Cancelled, but is \"Done\".")]
    [TestCase("[{\"operation\":{\"connection\":\"c\"},\"respond\":{}}]", 1, 3, "FE7002", "'operation' has no 'operationId'.")]
    [TestCase("[{\"match\":{}, x", 1, 16, "FE1001", "The file is not valid JSON: The text ends where ':' was expected after the name 'x'; not closed: the '{' of line 1, column 2, the '[' of line 1, column 1.")]
    public void A_fault_has_its_place_and_says_what_would_do(string json, int line, int column, string code, string? message)
    {
        var fault = Assert.Throws<MockFormatException>(() => MockSet.Parse(json))!.Diagnostics[0];

        Assert.That((fault.Code, fault.Location.Line, fault.Location.Column), Is.EqualTo((code, line, column)));
        if (message is not null) Assert.That(fault.Suggestion is null ? fault.Message : fault.Message + " " + fault.Suggestion, Is.EqualTo(message));
    }

    [Test]
    public void All_faults_are_listed() => Assert.That(
        Assert.Throws<MockFormatException>(() => MockSet.Parse("""[{"match":{"url":1}},{"respond":{"status":0}}]"""))!.Diagnostics, Has.Count.EqualTo(3));

    [Test]
    public void A_body_file_is_read_beside_the_mocks_file()
    {
        var folder = Directory.CreateTempSubdirectory("mocks").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "orders.json"), "[1, 2]");
            File.WriteAllText(Path.Combine(folder, "mocks.json"), """[{"respond":{"bodyFile":"orders.json"}}]""");

            var response = MockSet.Load(Path.Combine(folder, "mocks.json")).Http[0].Responses[0];

            Assert.That(System.Text.Encoding.UTF8.GetString(response.Body.Span), Is.EqualTo("[1, 2]"));
            Assert.That(response.Headers[0].Value[0], Is.EqualTo("application/json; charset=utf-8"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void A_file_that_is_not_there_is_a_fault_of_its_own() =>
        Assert.That(Assert.Throws<MockFormatException>(() => MockSet.Load("/no/such/mocks.json"))!.Diagnostics[0].Code, Is.EqualTo("FE1002"));

    [TestCase("""{"outputs":{"body":1}}""", ActionStatus.Succeeded, "OK")]
    [TestCase("""{"status":"succeeded","outputs":{"statusCode":201}}""", ActionStatus.Succeeded, "Created")]
    [TestCase("""{"status":"Failed","code":"Forbidden","error":{"code":"Forbidden","message":"no"}}""", ActionStatus.Failed, "Forbidden")]
    [TestCase("""{"status":"Failed","error":{"code":"E1","message":"no"}}""", ActionStatus.Failed, "E1")]
    [TestCase("""{"status":"TimedOut"}""", ActionStatus.TimedOut, "ActionTimedOut")]
    public void An_action_mock_ends_its_action(string response, ActionStatus status, string code)
    {
        var mock = MockSet.Parse("[{\"action\":\"Get_item\",\"respond\":" + response + "}]").Actions[0];

        Assert.That(mock.Action, Is.EqualTo("Get_item"));
        Assert.That((mock.Outcomes[0].Outcome.Status, mock.Outcomes[0].Outcome.Code), Is.EqualTo((status, code)));
    }

    [Test]
    public void An_operation_mock_tells_connection_operation_and_repetition()
    {
        var mock = MockSet.Parse("""[{"operation":{"connection":"shared_office365","operationId":"SendEmailV2"},"repetition":3,"respond":[{"status":"Failed"}]}]""").Actions[0];

        Assert.That((mock.Connection, mock.OperationId, mock.Repetition[0]), Is.EqualTo(("shared_office365", "SendEmailV2", 3)));
    }
}
