namespace FlowEngine.Tests.Cli;

/// <summary><c>flow run --occurrences</c>: a flow at the times of its schedule.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class OccurrenceTests
{
    private const string Weekdays = """
        {
          "parameters": { "minutes": { "type": "Int", "defaultValue": 30 } },
          "triggers": { "Tick": {
            "type": "Recurrence",
            "recurrence": { "frequency": "Week", "interval": 1, "timeZone": "W. Europe Standard Time", "startTime": "2026-01-05T00:00:00",
              "schedule": { "weekDays": ["Friday", "Monday"], "hours": [9], "minutes": ["@parameters('minutes')"] } }
          } },
          "actions": { "Now": { "type": "Compose", "inputs": "@utcNow('s')" } }
        }
        """;

    private const string Windows = """
        {
          "triggers": { "Window": { "type": "SlidingWindow", "inputs": { "delay": "PT5M" }, "recurrence": { "frequency": "Minute", "interval": 30, "startTime": "2026-01-05T08:00:00Z" } } },
          "actions": { "From": { "type": "Compose", "inputs": "@trigger().outputs.windowStartTime" }, "Wait": { "type": "Wait", "inputs": { "interval": { "unit": "Minute", "count": 40 } } } }
        }
        """;

    [Test]
    public async Task A_flow_runs_at_each_occurrence()
    {
        using var shell = new Shell();

        var shown = await shell.CallAsync("run", shell.File("flow.json", Weekdays), "--virtual-time", "--now", "2026-03-26T00:00:00Z", "--occurrences", "3", "--seed", "1", "--json");

        Assert.That(shown.Exit, Is.EqualTo(0), shown.Error);
        var runs = shown.Json["runs"].AsArray;
        Assert.That(runs.Select(run => run["actions"]["Now"]["outputs"].AsString), Is.EqualTo(new[] { "2026-03-27T08:30:00", "2026-03-30T07:30:00", "2026-04-03T07:30:00" }), "summer time begins between them");
        Assert.That(runs.Select(run => run["runId"].AsString).Distinct().Count(), Is.EqualTo(3));
    }

    [Test]
    public async Task Occurrences_may_be_months_apart_and_begin_within_a_second()
    {
        using var shell = new Shell();
        var flow = """{ "triggers": { "Tick": { "type": "Recurrence", "recurrence": { "frequency": "Month", "interval": 2, "startTime": "2026-01-31T08:00:00Z" } } }, "actions": { "Now": { "type": "Compose", "inputs": "@utcNow()" } } }""";

        var shown = await shell.CallAsync("run", shell.File("flow.json", flow), "--virtual-time", "--now", "2026-01-31T08:00:00.1234567Z", "--occurrences", "3", "--json");

        Assert.That(shown.Exit, Is.EqualTo(0), shown.Error);
        Assert.That(
            shown.Json["runs"].AsArray.Select(run => run["actions"]["Now"]["outputs"].AsString),
            Is.EqualTo(new[] { "2026-03-31T08:00:00.0000000Z", "2026-05-31T08:00:00.0000000Z", "2026-07-31T08:00:00.0000000Z" }));
    }

    [Test]
    public async Task Each_window_is_told_to_its_run_and_one_that_passes_meanwhile_comes_next()
    {
        using var shell = new Shell();

        var shown = await shell.CallAsync("run", shell.File("flow.json", Windows), "--virtual-time", "--now", "2026-01-05T08:35:00Z", "--occurrences", "2", "--json");

        Assert.That(shown.Exit, Is.EqualTo(0), shown.Error);
        Assert.That(
            shown.Json["runs"].AsArray.Select(run => run["actions"]["From"]["outputs"].AsString),
            Is.EqualTo(new[] { "2026-01-05T08:00:00Z", "2026-01-05T08:30:00Z" }));
        Assert.That(shown.Json["runs"][1]["startTime"].AsString, Is.EqualTo("2026-01-05T09:15:00Z"), "after the first one's wait");
    }

    [TestCase("\"startTime\":\"2026-01-05T08:00:00Z\",", "08:00:00Z 09:00:00Z 10:20:00Z|09:00:00Z 10:00:00Z 10:20:00Z|10:00:00Z 11:00:00Z 11:00:00Z", TestName = "Windows that have passed run first, at once")]
    [TestCase("", "10:20:00Z 11:20:00Z 11:20:00Z|11:20:00Z 12:20:00Z 12:20:00Z|12:20:00Z 13:20:00Z 13:20:00Z", TestName = "Without a start the first window begins now")]
    public async Task Windows_are_without_gaps(string start, string expected)
    {
        using var shell = new Shell();
        var flow = """
            { "triggers": { "W": { "type": "SlidingWindow", "recurrence": { #"frequency": "Hour", "interval": 1 } } },
              "actions": { "C": { "type": "Compose", "inputs": "@{substring(triggerOutputs()['windowStartTime'], 11)} @{substring(triggerOutputs()['windowEndTime'], 11)} @{utcNow('HH:mm:ssZ')}" } } }
            """.Replace("#", start);

        var shown = await shell.CallAsync("run", shell.File("flow.json", flow), "--virtual-time", "--now", "2026-01-05T10:20:00Z", "--occurrences", "3", "--json");

        Assert.That(shown.Exit, Is.EqualTo(0), shown.Error);
        Assert.That(string.Join('|', shown.Json["runs"].AsArray.Select(run => run["actions"]["C"]["outputs"].AsString)), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_window_is_scheduled_for_the_time_at_which_it_was_due()
    {
        using var shell = new Shell();
        var flow = Windows.Replace("trigger().outputs.windowStartTime", "trigger().scheduledTime");

        var shown = await shell.CallAsync("run", shell.File("flow.json", flow), "--virtual-time", "--now", "2026-01-05T08:50:00Z", "--occurrences", "1", "--json");

        Assert.That(shown.Json["runs"][0]["actions"]["From"]["outputs"].AsString, Is.EqualTo("2026-01-05T08:35:00Z"), shown.Error);
    }

    [Test]
    public async Task A_beat_whose_conditions_are_not_met_is_told()
    {
        using var shell = new Shell();
        var flow = """
            {
              "triggers": { "Tick": { "type": "Recurrence", "recurrence": { "frequency": "Day", "interval": 1, "startTime": "2026-01-05T08:00:00Z" }, "conditions": [{ "expression": "@equals(dayOfWeek(utcNow()), 2)" }] } },
              "actions": {}
            }
            """;

        var shown = await shell.CallAsync("run", shell.File("flow.json", flow), "--virtual-time", "--now", "2026-01-05T00:00:00Z", "--occurrences", "3", "--json");

        Assert.That(shown.Json["runs"].AsArray, Has.Count.EqualTo(1));
        Assert.That(shown.Error, Does.Contain("no run at 2026-01-05T08:00:00Z: The conditions of trigger 'Tick' are not met.").And.Contain("no run at 2026-01-07T08:00:00Z"));
    }

    [Test]
    public async Task A_schedule_that_has_no_occurrence_starts_no_run()
    {
        using var shell = new Shell();
        var flow = """{ "triggers": { "Tick": { "type": "Recurrence", "recurrence": { "frequency": "Month", "interval": 12, "startTime": "2026-02-01T08:00:00Z", "schedule": { "monthDays": [31] } } } }, "actions": {} }""";

        var shown = await shell.CallAsync("run", shell.File("flow.json", flow), "--virtual-time", "--now", "2027-01-05T00:00:00Z", "--occurrences", "3");

        Assert.That(shown.Exit, Is.EqualTo(2), shown.ToString());
        Assert.That(shown.Error, Does.Contain("has no further occurrence: 0 of 3 came"));
    }

    [TestCase("--occurrences", "2", "--virtual-time")]
    public async Task A_trigger_without_a_schedule_is_wrong_usage(params string[] options)
    {
        using var shell = new Shell();
        var flow = shell.File("flow.json", """{ "triggers": { "manual": { "type": "Request", "inputs": {} } }, "actions": {} }""");

        var shown = await shell.CallAsync(["run", flow, .. options]);

        Assert.That(shown.Exit, Is.EqualTo(1));
        Assert.That(shown.Error, Does.Contain("goes with a trigger of type Recurrence, SlidingWindow or Http"));
    }

    [Test]
    public async Task A_schedule_that_cannot_be_read_when_it_is_known_is_an_invalid_input()
    {
        using var shell = new Shell();

        var shown = await shell.CallAsync("run", shell.File("flow.json", Weekdays), "--virtual-time", "--occurrences", "1", "--param", "minutes=77");

        Assert.That(shown.Exit, Is.EqualTo(2));
        Assert.That(shown.Error, Does.Contain("77 in 'minutes'"));
    }
}
