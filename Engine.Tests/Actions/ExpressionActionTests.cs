using FlowEngine.Actions;
using FlowEngine.Tests.Engine;

namespace FlowEngine.Tests.Actions;

/// <summary>The designer's old actions of dates and numbers; values as of the like-named functions.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class ExpressionActionTests
{
    [TestCase("CurrentTime", "{}", "2026-03-01T08:00:00.0000000Z")]
    [TestCase("AddToTime", """{ "baseTime": "2026-01-31T00:00:00Z", "interval": 1, "timeUnit": "Day" }""", "2026-02-01T00:00:00.0000000Z")]
    [TestCase("SubtractFromTime", """{ "baseTime": "2026-01-31T00:00:00Z", "interval": 7, "timeUnit": "Day" }""", "2026-01-24T00:00:00.0000000Z")]
    [TestCase("GetFutureTime", """{ "interval": 1, "timeUnit": "Month" }""", "2026-04-01T08:00:00.0000000Z")]
    [TestCase("GetPastTime", """{ "interval": 2, "timeUnit": "Hour" }""", "2026-03-01T06:00:00.0000000Z")]
    [TestCase("ConvertTimezone", """{ "baseTime": "2026-01-31T12:00:00Z", "sourceTimeZone": "UTC", "destinationTimeZone": "Tokyo Standard Time", "formatString": "yyyy-MM-dd HH:mm" }""", "2026-01-31 21:00")]
    [TestCase("FormatNumber", """{ "number": 3.14159, "format": "#.00" }""", "3.14")]
    public async Task A_kind_is_a_call_of_the_function_of_that_name(string kind, string inputs, string expected)
    {
        var action = await RunAsync(kind, inputs);

        Assert.That(action.Outputs.ToJson(), Is.EqualTo($$"""{"body":"{{expected}}"}"""));
    }

    [TestCase("IndexOf", """{ "text": "Hello World", "searchText": "world" }""", "6")]
    [TestCase("IndexOf", """{ "text": "Hello", "searchText": "x" }""", "-1")]
    [TestCase("Substring", """{ "text": "Hello World", "startIndex": 6, "length": 3 }""", "\"Wor\"")]
    [TestCase("Substring", """{ "text": "Hello World", "startIndex": 6 }""", "\"World\"")]
    public async Task Texts_have_kinds_too_whose_inputs_are_assumed(string kind, string inputs, string expected)
    {
        var action = await RunAsync(kind, inputs);

        Assert.That(action.Outputs.ToJson(), Is.EqualTo($$"""{"body":{{expected}}}"""), action.Error?.Message);
    }

    [Test]
    public async Task An_unknown_kind_fails()
    {
        var action = await RunAsync("Bogus", "{}");

        Assert.That((action.Status, action.Error?.Code), Is.EqualTo((ActionStatus.Failed, "InvalidExpressionActionKind")));
    }

    [Test]
    public async Task What_the_function_refuses_fails_the_action()
    {
        var action = await RunAsync("AddToTime", """{ "baseTime": "never", "interval": 1, "timeUnit": "Day" }""");

        Assert.That((action.Status, action.Code, action.Error?.Code), Is.EqualTo((ActionStatus.Failed, "BadRequest", "InvalidTemplate")));
    }

    private static async Task<ActionRecord> RunAsync(string kind, string inputs)
    {
        var options = new RunOptions { Time = new VirtualTimeProvider(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero)), Seed = 1 };
        var run = await Flow.RunAsync($$"""{ "Do": { "type": "Expression", "kind": "{{kind}}", "inputs": {{inputs}} } }""", default, options);
        return run.Action("Do");
    }
}
