using System.Globalization;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Reads the tests of a file; every fault goes into the bag, with its place.</summary>
internal sealed class FlowTestReader(DiagnosticBag faults, string folder)
{
    private static readonly string[] FileMembers = ["$schema", "flow", "defaults", "tests"];
    private static readonly string[] TestMembers = ["name", "environment", "trigger", "parameters", "mocks", "now", "actionTime", "events", "expect", "cases"];
    private static readonly string[] CaseMembers = ["name", "environment", "trigger", "parameters", "mocks", "now", "actionTime", "events", "expect"];
    private static readonly string[] TriggerMembers = ["name", "body", "headers", "queries", "method", "path"];

    private readonly MockMembers _members = new(faults);
    private readonly TestMocksReader _mocks = new(folder);

    public List<FlowTestCase> Read(FlowValue root)
    {
        var tests = new List<FlowTestCase>();
        if (!_members.IsObject(root, string.Empty, "a test file", FileMembers)) return tests;
        var flow = ReadFlow(root);
        var defaults = root["defaults"];
        if (!defaults.IsNull) CheckTest(defaults, "/defaults", "'defaults'", CaseMembers);
        if (root["tests"].AsArrayOrNull is not { } list)
        {
            _members.Wrong("'tests'", "an array", root["tests"], root.TryGetMember("tests", out _) ? "/tests" : string.Empty);
            return tests;
        }

        for (var i = 0; i < list.Count; i++) ReadTest(flow, defaults, list[i], JsonPointer.Append("/tests", i), tests);
        return tests;
    }

    private string ReadFlow(FlowValue root)
    {
        if (root["flow"].AsStringOrNull is not { } name)
        {
            if (root.TryGetMember("flow", out var wrong)) _members.Wrong("'flow'", "the path of a flow's file", wrong, "/flow");
            else faults.Error(DiagnosticCodes.MockValue, "The file has no 'flow': the path of the flow that it tests.", string.Empty);
            return string.Empty;
        }

        var file = Path.Combine(folder, name);
        if (!File.Exists(file))
        {
            var beside = Path.GetDirectoryName(file) is { } at && Directory.Exists(at) ? Directory.EnumerateFiles(at, "*.json").Select(one => Path.GetFileName(one)).ToList() : [];
            var near = Expressions.NearestName.Find(Path.GetFileName(name), beside);
            faults.Error(DiagnosticCodes.MockValue, $"There is no flow '{name}' beside the test file.", "/flow", suggestion: near is null ? null : $"Did you mean '{near}'?");
        }

        return file;
    }

    private void ReadTest(string flow, FlowValue defaults, FlowValue test, string at, List<FlowTestCase> tests)
    {
        if (!CheckTest(test, at, "a test", TestMembers)) return;
        var name = _members.Text(test, "name", at);
        if (name is null && !test.TryGetMember("name", out _)) faults.Error(DiagnosticCodes.MockValue, "The test has no 'name'.", at);
        var merged = Merge(defaults, test);
        if (!test.TryGetMember("cases", out var cases))
        {
            tests.Add(Create(name ?? string.Empty, flow, merged));
            return;
        }

        var casesAt = JsonPointer.Append(at, "cases");
        if (cases.AsArrayOrNull is not { Count: > 0 } list)
        {
            _members.Wrong("'cases'", "an array of at least one", cases, casesAt);
            return;
        }

        for (var i = 0; i < list.Count; i++)
        {
            var pointer = JsonPointer.Append(casesAt, i);
            if (!CheckTest(list[i], pointer, "a case", CaseMembers)) continue;
            tests.Add(Create(_members.Text(list[i], "name", pointer) ?? string.Create(CultureInfo.InvariantCulture, $"{name} [{i}]"), flow, Merge(merged, list[i])));
        }
    }

    private bool CheckTest(FlowValue test, string at, string what, string[] members)
    {
        if (!_members.IsObject(test, at, what, members)) return false;
        if (test.TryGetMember("mocks", out var mocks)) _mocks.Read(mocks, JsonPointer.Append(at, "mocks"), faults);
        if (test.TryGetMember("trigger", out var trigger)) CheckTrigger(trigger, JsonPointer.Append(at, "trigger"));
        if (test.TryGetMember("parameters", out var parameters) && !parameters.IsObject) _members.Wrong("'parameters'", "an object", parameters, JsonPointer.Append(at, "parameters"));
        _members.Text(test, "environment", at);
        if (_members.Text(test, "now", at) is { } now && !TestTime.TryParse(now, out _)) _members.Wrong("'now'", "a time such as \"2026-01-31T08:00:00Z\"", test["now"], JsonPointer.Append(at, "now"));
        if (_members.Text(test, "actionTime", at) is { } taken && !(IsoDuration.TryParse(taken, out var time) && time >= TimeSpan.Zero))
            _members.Wrong("'actionTime'", "an ISO 8601 duration such as \"PT1S\"", test["actionTime"], JsonPointer.Append(at, "actionTime"));
        if (test.TryGetMember("events", out var events)) new EventReader(_members).Read(events, JsonPointer.Append(at, "events"));
        if (test.TryGetMember("expect", out var expect)) new ExpectationReader(_members, faults).Check(expect, JsonPointer.Append(at, "expect"));
        return true;
    }

    private void CheckTrigger(FlowValue trigger, string at)
    {
        if (!_members.IsObject(trigger, at, "'trigger'", TriggerMembers)) return;
        foreach (var text in new[] { "name", "method", "path" }) _members.Text(trigger, text, at);
        foreach (var map in new[] { "headers", "queries" })
        {
            if (!trigger.TryGetMember(map, out var values)) continue;
            if (values.AsObjectOrNull is { } o && o.All(member => member.Value.IsString)) continue;
            _members.Wrong($"'{map}'", "an object of texts", values, JsonPointer.Append(at, map));
        }
    }

    // Mocks and events were read where they stand; here they are of the test as merged.
    private FlowTestCase Create(string name, string flow, FlowValue content)
    {
        var known = new DiagnosticBag(strict: false);
        var events = new EventReader(new MockMembers(known));
        if (!content["events"].IsNull) events.Read(content["events"], string.Empty);
        _mocks.Named.Clear();
        return new FlowTestCase(name, flow, folder, content, content["mocks"].IsNull ? MockSet.Empty : _mocks.Read(content["mocks"], string.Empty, known))
        {
            MockedActions = [.. _mocks.Named],
            Callbacks = events.Callbacks,
            Cancellations = events.Cancellations,
        };
    }

    // Objects by member, all else replaced.
    private static FlowValue Merge(FlowValue under, FlowValue over)
    {
        if (under.AsObjectOrNull is not { } lower || over.AsObjectOrNull is not { } upper) return over;
        var result = lower.ToBuilder();
        foreach (var (name, value) in upper) result.Set(name, lower.TryGetExact(name, out var old) ? Merge(old, value) : value);
        return result.ToValue();
    }
}
