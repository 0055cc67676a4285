using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>How a declarative test went.</summary>
/// <param name="Test">The test.</param>
/// <param name="Failures">Every expectation that was not met; none where it passed.</param>
/// <param name="Tree">The run as a tree with the places marked; null where no run started.</param>
public sealed record FlowTestOutcome(FlowTestCase Test, IReadOnlyList<TestFailure> Failures, string? Tree)
{
    /// <summary>Whether every expectation was met.</summary>
    public bool Passed => Failures.Count == 0;

    /// <summary>The failures in words, and the run's tree below; <c>passed</c> where there are none.</summary>
    public override string ToString()
    {
        if (Passed) return "passed";
        var lines = string.Join('\n', Failures.Select(failure => "  " + failure.Message));
        return Tree is null ? lines : $"{lines}\n\n{Tree}";
    }

    /// <summary>Carries a test out. Secrets of the run show nowhere in the result.</summary>
    /// <param name="test">The test.</param>
    /// <param name="coverage">Counts what the run covers; null where nobody asks.</param>
    /// <param name="cancellation">Ends the run.</param>
    public static Task<FlowTestOutcome> OfAsync(FlowTestCase test, CoverageCollector? coverage = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(test);
        return OfAsync(test, null, coverage, cancellation);
    }

    /// <summary>The same with another flow in place of that of the test's file, which stays where children and files are found.</summary>
    internal static async Task<FlowTestOutcome> OfAsync(FlowTestCase test, Workflow? instead, CoverageCollector? coverage, CancellationToken cancellation)
    {
        FlowTestRun run;
        try
        {
            var arranged = Arrange(test);
            if (instead is not null) arranged.Instead(instead);
            if (coverage is not null) arranged.WithCoverage(coverage);
            run = await arranged.RunAsync(cancellation).ConfigureAwait(false);
        }
        catch (RunNotStartedException e) when (!test.Content["expect"]["notStarted"].IsNull)
        {
            return new FlowTestOutcome(test, Compare(e.Reason, test), null);
        }
        catch (FlowTestException e)
        {
            return new FlowTestOutcome(test, [new TestFailure("run", default, default, e.Message)], null);
        }
        catch (Exception e) when (e is RunNotStartedException or InvalidInputException or DefinitionException or Connectors.ConnectorFormatException or FileNotFoundException)
        {
            return new FlowTestOutcome(test, [new TestFailure("run", default, default, "No run could be tested: " + e.Message)], null);
        }

        if (test.Content["expect"].TryGetMember("notStarted", out var refused))
            return new FlowTestOutcome(test, [new TestFailure("notStarted", refused, default, $"No run should start, but one did: it is {run.Status}.")], run.Tree([]));
        List<TestFailure> failures =
        [
            .. run.CompareChecked(test.Content["expect"], test.Folder),
            .. run.MocksOfNothing(test.MockedActions).Select(words => new TestFailure("mocks", default, default, words)),
        ];
        return new FlowTestOutcome(test, failures, failures.Count == 0 ? null : run.Tree(failures));
    }

    private static List<TestFailure> Compare(NotStarted reason, FlowTestCase test)
    {
        var values = new ValueExpectation(test.Folder);
        foreach (var (name, expected) in test.Content["expect"]["notStarted"].AsObjectOrNull ?? FlowObject.Empty)
        {
            var found = name.ToUpperInvariant() switch { "STATUSCODE" => FlowValue.Integer(reason.StatusCode), "CODE" => FlowValue.String(reason.Code ?? string.Empty), _ => FlowValue.String(reason.Message ?? string.Empty) };
            values.Compare(expected, found, "notStarted." + name);
        }

        return values.Failures;
    }

    private static FlowTest Arrange(FlowTestCase test)
    {
        var content = test.Content;
        var trigger = content["trigger"];
        var flow = FlowTest.Load(test.Flow).WithMocks(test.Mocks).WithTriggerRequest(new TriggerRequest
        {
            HasBody = trigger.TryGetMember("body", out var body),
            Body = body,
            Method = trigger["method"].AsStringOrNull,
            RelativePath = trigger["path"].AsStringOrNull,
            Headers = Texts(trigger["headers"]),
            Queries = Texts(trigger["queries"]),
        });
        foreach (var callback in test.Callbacks) flow.After(callback.After, happens => happens.Callback(callback.Action, callback.Message, [.. callback.Repetition]));
        foreach (var cancellation in test.Cancellations)
        {
            if (cancellation.Action is { } action) flow.CancelAt(action, [.. cancellation.Repetition]);
            else flow.After(cancellation.After, happens => happens.Cancel());
        }

        if (IsoDuration.TryParse(content["actionTime"].AsStringOrNull, out var taken)) flow.WithActionTime(taken);
        if (trigger["name"].AsStringOrNull is { } name) flow.WithTrigger(name);
        foreach (var (parameter, value) in content["parameters"].AsObjectOrNull ?? FlowObject.Empty) flow.WithParameter(parameter, value);
        if (content["environment"].AsStringOrNull is { } environment) flow.InEnvironment(environment);
        if (content["now"].AsStringOrNull is { } now && TestTime.TryParse(now, out var time)) flow.At(time);
        return flow;
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Texts(FlowValue map) =>
        [.. (map.AsObjectOrNull ?? FlowObject.Empty).Select(member => new KeyValuePair<string, string>(member.Key, member.Value.AsString))];
}
