using System.Text;
using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>The messages of one partition that wait together, from the first one to their release. Its directory's lock guards it.</summary>
/// <param name="workflow">Whose trigger it is of.</param>
/// <param name="first">Its first message.</param>
internal sealed class OpenBatch(Workflow workflow, BatchMessage first)
{
    private readonly List<FlowValue> _items = [];
    private readonly TaskCompletionSource<IReadOnlyList<Run>> _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Count => _items.Count;

    public long Bytes { get; private set; }

    /// <summary>Releases it at its schedule's next occurrence; null where only messages do.</summary>
    public IDisposable? Timer { get; set; }

    /// <summary>Whether it will be released without further messages and without waiting in real time.</summary>
    public bool IsDueVirtually { get; set; }

    /// <summary>The runs that it started; completes when they have started.</summary>
    public Task<IReadOnlyList<Run>> Released => _released.Task;

    public void Add(BatchMessage message)
    {
        _items.Add(FlowValue.Object(("content", message.Content), ("messageId", FlowValue.String(message.Id))));
        Bytes += Encoding.UTF8.GetByteCount(message.Content.AsStringOrNull ?? message.Content.ToJson());
    }

    public void Complete(IReadOnlyList<Run> runs) => _released.TrySetResult(runs);

    /// <summary>Outputs of the trigger that it fires.</summary>
    public FlowValue ToOutputs() => FlowValue.Object(("body", FlowValue.Object(
        ("batchName", FlowValue.String(first.Batch)),
        ("partitionName", FlowValue.String(first.Partition)),
        ("items", FlowArray.Create(_items)))));

    /// <summary>As hosts see it.</summary>
    public WaitingBatch ToWaiting() => new(workflow.Name, first.Batch, first.Partition, _items.Count);
}

/// <summary>Messages that wait for the release of their batch.</summary>
/// <param name="Workflow">The workflow whose trigger the batch is of.</param>
/// <param name="Batch">The batch.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Messages">How many there are.</param>
public sealed record WaitingBatch(string Workflow, string Batch, string Partition, int Messages);
