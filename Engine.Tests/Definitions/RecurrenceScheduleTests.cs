using System.Globalization;
using FlowEngine.Definitions;

namespace FlowEngine.Tests.Definitions;

/// <summary>When recurrences are due: runtime reference, 4.3.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RecurrenceScheduleTests
{
    [TestCase("""{"frequency":"Minute","interval":15,"startTime":"2026-01-05T08:00:00Z"}""", "2026-01-05T08:20:00Z", "2026-01-05T08:30:00Z 2026-01-05T08:45:00Z", TestName = "Minutes count from the start")]
    [TestCase("""{"frequency":"hour","interval":"2","startTime":"2026-01-05T08:00:00+02:00"}""", "2026-01-05T06:00:00Z", "2026-01-05T08:00:00Z", TestName = "The occurrence after one is the next")]
    [TestCase("""{"frequency":"Day","interval":1,"startTime":"2026-03-01T08:00:00Z"}""", "2026-02-01T00:00:00Z", "2026-03-01T08:00:00Z 2026-03-02T08:00:00Z", TestName = "A start that lies ahead is the first")]
    [TestCase("""{"frequency":"Day","interval":3,"startTime":"2026-01-01T08:00:00Z"}""", "2026-01-08T00:00:00Z", "2026-01-10T08:00:00Z 2026-01-13T08:00:00Z", TestName = "A start in the past skips to the next")]
    [TestCase("""{"frequency":"Month","interval":1,"startTime":"2026-01-31T08:00:00Z"}""", "2026-02-01T00:00:00Z", "2026-02-28T08:00:00Z 2026-03-31T08:00:00Z", TestName = "Months keep the day of the start, clamped")]
    [TestCase("""{"frequency":"Year","interval":1,"startTime":"2024-02-29T00:00:00Z"}""", "2027-03-01T00:00:00Z", "2028-02-29T00:00:00Z", TestName = "Years keep the date of the start")]
    [TestCase("""{"frequency":"Day","interval":1,"startTime":"2026-03-28T08:00:00","timeZone":"W. Europe Standard Time"}""", "2026-03-28T00:00:00Z", "2026-03-28T07:00:00Z 2026-03-29T06:00:00Z", TestName = "Days keep the wall time of the zone")]
    [TestCase("""{"frequency":"Hour","interval":24,"startTime":"2026-03-28T08:00:00","timeZone":"W. Europe Standard Time"}""", "2026-03-28T00:00:00Z", "2026-03-28T07:00:00Z 2026-03-29T07:00:00Z", TestName = "Hours are elapsed time")]
    [TestCase("""{"frequency":"Day","interval":1,"startTime":"2026-03-28T02:30:00","timeZone":"Europe/Berlin"}""", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z 2026-03-30T00:30:00Z", TestName = "A time in the gap of spring moves by the gap")]
    [TestCase("""{"frequency":"Day","interval":1,"startTime":"2026-10-24T02:30:00","timeZone":"w. europe standard time"}""", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z 2026-10-26T01:30:00Z", TestName = "A time in the overlap of autumn counts once at its first passing")]
    [TestCase("""{"frequency":"Week","interval":2,"startTime":"2026-01-07T09:00:00Z","schedule":{"weekDays":["Monday"],"hours":[9],"minutes":[0]}}""", "2026-01-07T00:00:00Z", "2026-01-19T09:00:00Z 2026-02-02T09:00:00Z", TestName = "Every other Monday counts weeks from that of the start")]
    [TestCase("""{"frequency":"Day","interval":1,"startTime":"2026-01-05T00:00:00Z","schedule":{"hours":[17,"9"],"minutes":[30,0]}}""", "2026-01-05T09:10:00Z", "2026-01-05T09:30:00Z 2026-01-05T17:00:00Z 2026-01-05T17:30:00Z 2026-01-06T09:00:00Z", TestName = "Hours and minutes combine")]
    [TestCase("""{"frequency":"Day","interval":1,"startTime":"2026-01-05T10:20:00Z","schedule":{"hours":[8,12]}}""", "2026-01-05T00:00:00Z", "2026-01-05T12:20:00Z 2026-01-06T08:20:00Z", TestName = "Minutes left out are those of the start and nothing comes before it")]
    [TestCase("""{"frequency":"Month","interval":1,"startTime":"2026-01-01T06:00:00Z","schedule":{"monthDays":[-1,31,15]}}""", "2026-01-20T00:00:00Z", "2026-01-31T06:00:00Z 2026-02-15T06:00:00Z 2026-02-28T06:00:00Z", TestName = "Days of the month count from either end and missing ones are skipped")]
    [TestCase("""{"frequency":"Day","interval":1,"startTime":"2026-01-01T00:00:00","timeZone":"W. Europe Standard Time","schedule":{"hours":[2,3],"minutes":[15]}}""", "2026-03-28T12:00:00Z", "2026-03-29T01:15:00Z 2026-03-30T00:15:00Z", TestName = "Two times that the gap makes one run once")]
    public void The_next_occurrences_are(string recurrence, string after, string expected)
    {
        var due = expected.Split(' ');

        var schedule = RecurrenceSchedule.Read(FlowValue.Parse(recurrence), At("2026-01-01T00:00:00Z"));

        Assert.That(schedule.OccurrencesAfter(At(after)).Take(due.Length), Is.EqualTo(due.Select(At)));
    }

    [Test]
    public void Without_a_start_it_counts_from_when_it_was_saved()
    {
        var schedule = RecurrenceSchedule.Read(FlowValue.Parse("""{"frequency":"Minute","interval":5}"""), At("2026-01-05T08:02:30Z"));

        Assert.That(schedule.NextAfter(At("2026-01-05T08:03:00Z")), Is.EqualTo(At("2026-01-05T08:07:30Z")));
    }

    [TestCase("""{"frequency":"Hour","interval":1,"startTime":"2026-01-05T08:00:00Z","endTime":"2026-01-05T10:00:00Z"}""", "2026-01-05T08:30:00Z", "2026-01-05T09:00:00Z 2026-01-05T10:00:00Z", TestName = "Nothing comes after the end")]
    [TestCase("""{"frequency":"Day","interval":1,"startTime":"2026-01-05T08:00:00","endTime":"2026-01-07T08:30:00","timeZone":"W. Europe Standard Time","schedule":{"hours":[8,9]}}""", "2026-01-06T07:30:00Z", "2026-01-06T08:00:00Z 2026-01-07T07:00:00Z", TestName = "The end of a schedule is in its zone")]
    public void The_last_occurrences_are(string recurrence, string after, string expected)
    {
        var schedule = RecurrenceSchedule.Read(FlowValue.Parse(recurrence), At("2026-01-01T00:00:00Z"));

        Assert.That(schedule.OccurrencesAfter(At(after)).Take(10), Is.EqualTo(expected.Split(' ').Select(At)));
    }

    [TestCase("Day")]
    [TestCase("Week")]
    [TestCase("Month")]
    [TestCase("Year")]
    public void An_interval_longer_than_time_has_no_second_occurrence(string frequency)
    {
        var schedule = RecurrenceSchedule.Read(
            FlowValue.Parse($$"""{"frequency":"{{frequency}}","interval":2147483647,"startTime":"2026-01-01T00:00:00","timeZone":"Pacific Standard Time"}"""),
            At("2026-01-01T00:00:00Z"));

        Assert.That(schedule.OccurrencesAfter(At("2026-01-01T00:00:00Z")), Is.EqualTo(new[] { At("2026-01-01T08:00:00Z") }));
        Assert.That(schedule.NextAfter(DateTimeOffset.MaxValue), Is.Null);
    }

    [Test]
    public void A_schedule_that_never_comes_has_no_next()
    {
        var schedule = RecurrenceSchedule.Read(
            FlowValue.Parse("""{"frequency":"Month","interval":12,"startTime":"2026-02-01T00:00:00Z","schedule":{"monthDays":[31]}}"""),
            At("2026-01-01T00:00:00Z"));

        Assert.That(schedule.NextAfter(At("2026-01-01T00:00:00Z")), Is.Null);
    }

    [TestCase("""{"frequency":"Fortnight","interval":1}""", "frequency \"Fortnight\"")]
    [TestCase("""{"frequency":"Day","interval":0}""", "interval 0")]
    [TestCase("""{"frequency":"Day","interval":1,"startTime":"soon"}""", "start time \"soon\"")]
    [TestCase("""{"frequency":"Day","interval":1,"startTime":"08:00"}""", "start time \"08:00\"")]
    [TestCase("""{"frequency":"Day","interval":1,"startTime":"9999-12-31T23:59:59"}""", "start time \"9999-12-31T23:59:59\"")]
    [TestCase("""{"frequency":"Hour","interval":1,"schedule":{"minutes":[5]}}""", "the frequency Hour")]
    [TestCase("""{"frequency":"Month","interval":1,"schedule":{"monthDays":[0]}}""", "0 in 'monthDays'")]
    [TestCase("""{"frequency":"Day","interval":1,"timeZone":"Mars"}""", "time zone \"Mars\"")]
    [TestCase("""{"frequency":"Day","interval":1,"schedule":{"hours":[24]}}""", "24 in 'hours'")]
    [TestCase("""{"frequency":"Week","interval":1,"schedule":{"weekDays":["1"]}}""", "\"1\" in 'weekDays'")]
    public void What_cannot_be_read_is_named(string recurrence, string message) =>
        Assert.That(() => RecurrenceSchedule.Read(FlowValue.Parse(recurrence), At("2026-01-01T00:00:00Z")), Throws.TypeOf<FormatException>().With.Message.Contains(message));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
