using System.Collections.Concurrent;

namespace FlowEngine.Testing;

/// <summary>Collects what tests cover, flow by flow. Give the same one to all tests; they may run at once.</summary>
public sealed class CoverageCollector
{
    private readonly ConcurrentDictionary<string, Lazy<FlowCoverage>> _flows = new(StringComparer.Ordinal);

    /// <summary>The flows tested so far, by file.</summary>
    public IReadOnlyList<FlowCoverage> Flows => [.. _flows.Values.Select(flow => flow.Value).OrderBy(flow => flow.File, StringComparer.Ordinal)];

    /// <summary>How many of all actions started in any test.</summary>
    public CoverageShare ActionShare => Flows.Aggregate(default(CoverageShare), (sum, flow) => sum + flow.ActionShare);

    /// <summary>How many of all branches were taken in any test.</summary>
    public CoverageShare BranchShare => Flows.Aggregate(default(CoverageShare), (sum, flow) => sum + flow.BranchShare);

    /// <summary>How many of all ways through expressions were taken in any test.</summary>
    public CoverageShare ExpressionShare => Flows.Aggregate(default(CoverageShare), (sum, flow) => sum + flow.ExpressionShare);

    /// <summary>The workflow, compiled so that its expressions are counted: run this one, and add the run.</summary>
    public Workflow Watch(Workflow workflow)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        return Of(workflow).Watched(workflow);
    }

    /// <summary>Counts a run.</summary>
    public void Add(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        Of(run.Workflow).Add(run);
    }

    /// <summary>Lists a flow even where none of its tests starts a run.</summary>
    internal FlowCoverage Of(Workflow workflow) =>
        _flows.GetOrAdd(Path.GetFullPath(workflow.Document.File), _ => new Lazy<FlowCoverage>(() => new FlowCoverage(workflow))).Value;
}
