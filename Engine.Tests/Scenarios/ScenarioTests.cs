using FlowEngine.Testing;

namespace FlowEngine.Tests.Scenarios;

/// <summary>What is known of the service's runs, one case a line of data; see <see cref="Scenario"/>.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class ScenarioTests
{
    // A run on virtual time takes milliseconds: this only keeps a run that hangs from blocking the others.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [TestCaseSource(nameof(Cases))]
    public async Task A_run_ends_as_in_the_service(object data)
    {
        var scenario = (Scenario)data;
        var mocks = MockSet.Parse(scenario.Mocks);
        using var handler = new MockHttpHandler(mocks);
        await using var engine = WorkflowEngine.Create();
        var options = new RunOptions
        {
            Time = new VirtualTimeProvider(scenario.Now),
            Seed = 1,
            Parameters = scenario.Line["parameters"].AsObjectOrNull,
            HttpHandler = handler,
            Workflows = new Children(scenario.Line["workflows"]),
            Interceptor = new MockActionInterceptor(mocks),
        };

        var fired = await engine.FireAsync(Workflow.Parse(scenario.Definition), scenario.ToRequest(), options).WaitAsync(Patience);

        Assert.That(Difference(scenario.Expect, fired), Is.Null);
    }

    private static IEnumerable<TestCaseData> Cases()
    {
        foreach (var (file, scenario) in Scenario.ReadAll("Scenarios"))
            yield return Case(file, scenario);
    }

    private static TestCaseData Case(string file, Scenario scenario) =>
        new TestCaseData(scenario).SetArgDisplayNames(scenario.Name).SetCategory(Path.GetFileNameWithoutExtension(file));

    private static string? Difference(FlowValue expect, FireResult fired)
    {
        var record = fired.ToRecord();
        foreach (var excluded in expect["recordExcludes"].AsArrayOrNull ?? FlowArray.Empty)
        {
            if (record.ToJson().Contains(excluded.AsString, StringComparison.Ordinal)) return $"the record shows {excluded}";
        }

        if (expect["notStarted"].IsObject) return RecordComparison.Difference(expect["notStarted"], record["notStarted"], "notStarted");
        if (fired.NotStarted is not null) return $"no run started: {record["notStarted"]}";
        if (record.ToJson().Contains("\"MockNotFound\"", StringComparison.Ordinal)) return $"a request that no mock fits: {record["actions"]}";
        if (expect["runs"].AsArrayOrNull is not { } runs) return RunExpectation.Difference(expect, record);
        if (runs.Count != fired.Runs.Count) return $"expected {runs.Count} runs, but there were {fired.Runs.Count}";
        for (var i = 0; i < runs.Count; i++)
        {
            if (RunExpectation.Difference(runs[i], record["runs"][i]) is { } difference) return $"run {i}: {difference}";
        }

        return null;
    }

    /// <summary>The workflows that the scenario's flow can call by name.</summary>
    private sealed class Children(FlowValue definitions) : IWorkflowCatalog
    {
        public Workflow? Find(string name) => definitions.TryGetMember(name, out var definition) ? Workflow.Parse(definition.ToJson(), file: $"{name}/workflow.json") : null;
    }
}
