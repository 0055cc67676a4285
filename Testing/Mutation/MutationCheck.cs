using System.Collections.Concurrent;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Changes flows one thing at a time and tells which changes no test notices.</summary>
/// <param name="Noticed">How many mutants failed at least one test.</param>
/// <param name="Survivors">Those that no test noticed, by file and place.</param>
internal sealed record MutationCheck(int Noticed, IReadOnlyList<MutantSurvivor> Survivors)
{
    // A change may make a flow go on for as long as its limits let it; that is noticed.
    private static readonly TimeSpan LongestTest = TimeSpan.FromSeconds(10);

    /// <summary>How many mutants were tested; those that are no valid flow any more don't count.</summary>
    public int Total => Noticed + Survivors.Count;

    /// <summary>Noticed of all, from 0 to 100, not rounded.</summary>
    public double Percent => new CoverageShare(Noticed, Total).Percent;

    /// <summary>Tests the mutants of every flow that the tests test. The tests must pass on the flows as they are.</summary>
    /// <param name="tests">The tests.</param>
    /// <param name="parallel">How many mutants are tested at once.</param>
    /// <param name="cancellation">Ends the check.</param>
    public static async Task<MutationCheck> OfAsync(IReadOnlyList<FlowTestCase> tests, int parallel, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(tests);
        var noticed = 0;
        var survivors = new ConcurrentBag<MutantSurvivor>();
        foreach (var flow in tests.GroupBy(test => Path.GetFullPath(test.Flow), StringComparer.Ordinal))
        {
            var workflow = CompiledFlows.Of(flow.First().Flow).Workflow;
            var document = workflow.Document;
            var ofFlow = flow.ToList();
            var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellation };
            await Parallel.ForEachAsync(FlowMutant.Of(document), options, async (mutant, token) =>
            {
                if (mutant.Apply(workflow) is not { } changed) return;
                if (await IsNoticedAsync(changed, ofFlow, token).ConfigureAwait(false)) Interlocked.Increment(ref noticed);
                else survivors.Add(new MutantSurvivor(mutant, mutant.Locate(document)));
            }).ConfigureAwait(false);
        }

        return new MutationCheck(noticed, [.. survivors.OrderBy(survivor => survivor.Place.File, StringComparer.Ordinal).ThenBy(survivor => survivor.Place.Line).ThenBy(survivor => survivor.Place.Column).ThenBy(survivor => survivor.Mutant.Description, StringComparer.Ordinal)]);
    }

    private static async Task<bool> IsNoticedAsync(Workflow changed, List<FlowTestCase> tests, CancellationToken cancellation)
    {
        foreach (var test in tests)
        {
            using var limit = new CancellationTokenSource(LongestTest, TimeProvider.System);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            var outcome = await FlowTestOutcome.OfAsync(test, changed, null, ending.Token).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            if (!outcome.Passed) return true;
        }

        return false;
    }
}

/// <summary>A mutant that no test noticed.</summary>
/// <param name="Mutant">What was changed.</param>
/// <param name="Place">Where.</param>
internal sealed record MutantSurvivor(FlowMutant Mutant, SourceLocation Place)
{
    /// <summary>In the form that editors and build servers recognise.</summary>
    public override string ToString() => $"{Place.File}({Place.Line},{Place.Column}): no test notices: {Mutant.Description}";
}
