using System.Globalization;
using FlowEngine.Definitions;

namespace FlowEngine.Tests.Definitions;

/// <summary>Windows of a SlidingWindow trigger: runtime reference, 4.4.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SlidingWindowsTests
{
    private const string Hourly = """{"frequency":"Hour","interval":1,"startTime":"2026-01-05T08:00:00Z"}""";

    [TestCase(Hourly, null, "2026-01-05T10:20:00Z", "2026-01-05T09:00:00Z", "2026-01-05T10:00:00Z", TestName = "The last window that ended")]
    [TestCase(Hourly, null, "2026-01-05T10:00:00Z", "2026-01-05T09:00:00Z", "2026-01-05T10:00:00Z", TestName = "A window is due at its end")]
    [TestCase(Hourly, "PT10M", "2026-01-05T10:09:00Z", "2026-01-05T08:00:00Z", "2026-01-05T09:00:00Z", TestName = "A delayed window is not due at its end")]
    [TestCase(Hourly, "PT10M", "2026-01-05T10:10:00Z", "2026-01-05T09:00:00Z", "2026-01-05T10:00:00Z", TestName = "A delayed window is due after the delay")]
    [TestCase(Hourly, null, "2026-01-05T08:30:00Z", "2026-01-05T08:00:00Z", "2026-01-05T09:00:00Z", TestName = "Where none ended, the first")]
    [TestCase(Hourly, null, "2020-01-01T00:00:00Z", "2026-01-05T08:00:00Z", "2026-01-05T09:00:00Z", TestName = "Before the start, the first")]
    [TestCase("""{"frequency":"Day","interval":1,"startTime":"2026-03-28T00:00:00","timeZone":"W. Europe Standard Time"}""", null, "2026-03-30T05:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", TestName = "Days keep the wall time of the zone")]
    [TestCase("""{"frequency":"Month","interval":1,"startTime":"2026-01-31T00:00:00Z"}""", null, "2026-03-15T00:00:00Z", "2026-01-31T00:00:00Z", "2026-02-28T00:00:00Z", TestName = "Months keep the day of the start")]
    public void The_window_that_is_due_is(string recurrence, string? delay, string moment, string start, string end)
    {
        var windows = SlidingWindows.Read(FlowValue.Parse(recurrence), delay is null ? default : FlowValue.String(delay), At("2026-01-01T00:00:00Z"));

        Assert.That(windows.DueAt(At(moment)), Is.EqualTo(new SlidingWindow(At(start), At(end))));
    }

    [TestCase(null, "2026-01-01T00:00:00Z", "2026-01-05T09:00:00Z")]
    [TestCase(null, "2026-01-05T09:00:00Z", "2026-01-05T10:00:00Z")]
    [TestCase("PT90M", "2026-01-05T09:00:00Z", "2026-01-05T10:30:00Z")]
    [TestCase("PT90M", "2026-01-05T10:30:00Z", "2026-01-05T11:30:00Z")]
    public void Windows_fire_at_their_end_and_the_delay_later(string? delay, string after, string due)
    {
        var windows = SlidingWindows.Read(FlowValue.Parse(Hourly), delay is null ? default : FlowValue.String(delay), At("2026-01-01T00:00:00Z"));

        Assert.That(windows.NextAfter(At(after)), Is.EqualTo(At(due)));
    }

    [TestCase("""{"frequency":"Day","interval":1,"schedule":{"hours":[1]}}""", "null", "schedule")]
    [TestCase(Hourly, "\"soon\"", "delay \"soon\"")]
    [TestCase(Hourly, "\"-PT1H\"", "delay \"-PT1H\"")]
    [TestCase(Hourly, "5", "delay 5")]
    public void What_cannot_be_read_is_named(string recurrence, string delay, string message) =>
        Assert.That(
            () => SlidingWindows.Read(FlowValue.Parse(recurrence), FlowValue.Parse(delay), At("2026-01-01T00:00:00Z")),
            Throws.TypeOf<FormatException>().With.Message.Contains(message));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
