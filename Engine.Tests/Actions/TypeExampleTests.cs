using System.Globalization;
using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Testing;
using FlowEngine.Tests.Scenarios;

namespace FlowEngine.Tests.Actions;

/// <summary>Every type of action and trigger has an example, and it runs as it says.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class TypeExampleTests
{
    private static IEnumerable<TestCaseData> Examples()
    {
        foreach (var spec in BuiltInActions.Table) yield return Case("action " + spec.Info.Type, TypeExample.TryGetAction(spec.Info.Type, out var example) ? example : null);
        foreach (var type in TriggerTypes.All) yield return Case("trigger " + type, TypeExample.TryGetTrigger(type, out var example) ? example : null);

        static TestCaseData Case(string name, TypeExample? example) => new TestCaseData(name, example).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Examples))]
    public async Task An_example_runs_as_it_says(string name, object? found)
    {
        Assert.That(found, Is.Not.Null, "no file in Actions/Examples");
        var example = ((TypeExample)found!).Content;
        var mocks = MockSet.Parse(example["mocks"].IsNull ? "[]" : example["mocks"].ToJson());
        using var handler = new MockHttpHandler(mocks);
        await using var engine = WorkflowEngine.Create();
        var workflow = Workflow.Parse(example["flow"].ToJson());
        Assert.That(TypesOf(example["flow"]), Does.Contain(name.Split(' ')[1]), "the example shows its type");
        var options = new RunOptions
        {
            Time = new VirtualTimeProvider(example["now"].AsStringOrNull is { } now ? DateTimeOffset.Parse(now, CultureInfo.InvariantCulture) : null),
            Seed = 1,
            HttpHandler = handler,
            Interceptor = new MockActionInterceptor(mocks),
            Workflows = new Beside(example["workflows"]),
            Artifacts = new Files(example["artifacts"]),
        };

        var fired = await engine.FireAsync(workflow, new Scenario(name, example).ToRequest(), options);

        Assert.That(workflow.Document.Diagnostics.Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Information), Is.Empty);
        Assert.That(fired.NotStarted, Is.Null);
        var expected = example["expect"]["runs"].AsArrayOrNull ?? FlowArray.Create(example["expect"]);
        Assert.That(fired.Runs, Has.Count.EqualTo(expected.Count));
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.That(expected[i]["actions"].AsObject, Is.Not.Empty, "an example says what comes of its actions");
            Assert.That(RunExpectation.Difference(expected[i], fired.Runs[i].ToRecord()), Is.Null);
        }

        foreach (var (batch, expectation) in fired.Runs[0].BatchRuns.Zip(example["expect"]["batches"].AsArrayOrNull ?? FlowArray.Empty))
            Assert.That(RunExpectation.Difference(expectation, batch.ToRecord()), Is.Null);
    }

    private static IEnumerable<string> TypesOf(FlowValue value) => value.AsObjectOrNull is { } o
        ? (o["type"].AsStringOrNull is { } type ? new[] { type } : []).Concat(o.SelectMany(member => TypesOf(member.Value)))
        : [];

    private sealed class Beside(FlowValue workflows) : IWorkflowCatalog
    {
        public Workflow? Find(string name) => workflows.TryGetMember(name, out var found) ? Found(name, found) : null;

        private readonly Dictionary<string, Workflow> _compiled = [];

        private Workflow Found(string name, FlowValue definition)
        {
            lock (_compiled) return _compiled.TryGetValue(name, out var workflow) ? workflow : _compiled[name] = Workflow.Parse(definition.ToJson(), file: $"{name}/workflow.json");
        }
    }

    private sealed class Files(FlowValue artifacts) : IArtifactSource
    {
        public string? Read(string path) => artifacts[path].AsStringOrNull;
    }
}
