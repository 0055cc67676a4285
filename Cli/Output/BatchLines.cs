using System.Globalization;

namespace FlowEngine.Cli;

/// <summary>What became of the messages that runs sent to batches, for the user: runs that started of them, messages that wait.</summary>
internal static class BatchLines
{
    public static IEnumerable<string> Of(FireResult result, IReadOnlyList<WaitingBatch> waiting)
    {
        foreach (var run in result.Runs.SelectMany(run => run.BatchRuns).DistinctBy(run => run.RunId))
            yield return $"a batch started '{run.Workflow.Name}' ({run.RunId}): {run.Status}";
        foreach (var batch in waiting)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"warning: {batch.Messages} message(s) in batch '{batch.Batch}', partition '{batch.Partition}', of '{batch.Workflow}' were not released and end with the process; --virtual-time waits for a recurrence");
        }
    }
}
