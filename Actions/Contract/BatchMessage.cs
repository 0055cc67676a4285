namespace FlowEngine.Actions;

/// <summary>A message to a batch of another workflow, one with a Batch trigger.</summary>
/// <param name="Workflow">The workflow's name or reference name.</param>
/// <param name="Trigger">Its Batch trigger; null takes the only one.</param>
/// <param name="Batch">The batch: a name in the trigger's <c>configurations</c>, ignoring case.</param>
/// <param name="Partition">Messages of one partition are released together; compared exactly.</param>
/// <param name="Id">The message's id.</param>
/// <param name="Content">What it brings.</param>
internal sealed record BatchMessage(string Workflow, string? Trigger, string Batch, string Partition, string Id, FlowValue Content)
{
    /// <summary>The partition of messages that name none.</summary>
    public const string DefaultPartition = "DEFAULT";
}
