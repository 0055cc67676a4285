using FlowEngine.Actions;

namespace FlowEngine.Cli;

/// <summary>What happened in a run, in numbers: for the summary line.</summary>
internal sealed class RunCounts
{
    private readonly int[] _byStatus = new int[Enum.GetValues<ActionStatus>().Length];

    public int Retries { get; set; }

    public int this[ActionStatus status] => _byStatus[(int)status];

    public void Add(ActionStatus status) => _byStatus[(int)status]++;
}
