using FlowEngine.Actions;
using FlowEngine.Tests.Engine;

namespace FlowEngine.Tests.Actions;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class WaitActionTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);

    [TestCase("""{ "interval": { "count": 1, "unit": "Month" } }""", "2026-02-28T08:00:00Z")]
    [TestCase("""{ "interval": { "count": "2", "unit": "week" } }""", "2026-02-14T08:00:00Z")]
    [TestCase("""{ "interval": { "count": 0, "unit": "Day" } }""", "2026-01-31T08:00:00Z")]
    [TestCase("""{ "until": { "timestamp": "2026-01-31T10:00:00+01:00" } }""", "2026-01-31T09:00:00Z")]
    [TestCase("""{ "until": { "timestamp": "2026-01-31T09:30:00" } }""", "2026-01-31T09:30:00Z")]
    [TestCase("""{ "until": { "timestamp": "2020-01-01" } }""", "2026-01-31T08:00:00Z")]
    public async Task A_wait_ends_when_its_time_has_come(string inputs, string end)
    {
        var action = await RunAsync(inputs);

        Assert.That(action.EndTime, Is.EqualTo(DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.That((action.Status, action.Code, action.Outputs.IsNull), Is.EqualTo((ActionStatus.Succeeded, "OK", true)));
    }

    [TestCase("""{ "interval": { "count": "@sub(0, 1)", "unit": "Day" } }""")]
    [TestCase("""{ "interval": { "count": "@concat('x')", "unit": "Day" } }""")]
    [TestCase("""{ "interval": { "count": "@add(9223372036854775, 0)", "unit": "Day" } }""")]
    [TestCase("""{ "interval": { "count": 1, "unit": "@concat('Fortnight')" } }""")]
    [TestCase("""{ "until": { "timestamp": "@concat('soon')" } }""")]
    public async Task What_is_no_time_fails_as_assumed(string inputs)
    {
        var action = await RunAsync(inputs);

        Assert.That((action.Status, action.Code), Is.EqualTo((ActionStatus.Failed, "BadRequest")));
    }

    private static async Task<ActionRecord> RunAsync(string inputs) =>
        (await Flow.RunAsync($$"""{ "Do": { "type": "Wait", "inputs": {{inputs}} } }""", default, new RunOptions { Time = new VirtualTimeProvider(Start), Seed = 1 })).Action("Do");
}
