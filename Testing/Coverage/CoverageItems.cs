using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>An action of a flow, and how the tests used it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Line">The line of its name in the flow's file, from 1.</param>
/// <param name="Branches">The ways it may go; empty where there is only one.</param>
public sealed record CoveredAction(string Name, string Type, int Line, IReadOnlyList<CoveredBranch> Branches)
{
    private readonly int[] _statuses = new int[Enum.GetValues<ActionStatus>().Length];
    private int _hits;

    /// <summary>How often it started; a skipped action has not.</summary>
    public int Hits => Volatile.Read(ref _hits);

    /// <summary>Whether it started in any test.</summary>
    public bool IsCovered => Hits > 0;

    /// <summary>How often it ended with that status.</summary>
    public int Ended(ActionStatus status) => Volatile.Read(ref _statuses[(int)status]);

    internal void Count(ActionStatus status)
    {
        Interlocked.Increment(ref _statuses[(int)status]);
        if (status != ActionStatus.Skipped) Interlocked.Increment(ref _hits);
    }
}

/// <summary>One of the ways that an action may go: a side of a condition, a case, a number of repetitions, a status that lets it start.</summary>
/// <param name="Name">Such as <c>true</c>, <c>case EU</c>, <c>no item</c>, <c>runAfter Try: Failed</c>.</param>
public sealed record CoveredBranch(string Name)
{
    private int _hits;

    /// <summary>How often it was taken.</summary>
    public int Hits => Volatile.Read(ref _hits);

    /// <summary>Whether it was taken in any test.</summary>
    public bool IsCovered => Hits > 0;

    internal void Count() => Interlocked.Increment(ref _hits);
}

/// <summary>A part of a whole.</summary>
/// <param name="Covered">How many are covered.</param>
/// <param name="Total">How many there are.</param>
public readonly record struct CoverageShare(int Covered, int Total)
{
    /// <summary>From 0 to 1; all of nothing is 1.</summary>
    public double Rate => Total == 0 ? 1 : (double)Covered / Total;

    /// <summary>From 0 to 100, not rounded.</summary>
    public double Percent => Rate * 100;

    /// <summary>Both shares together.</summary>
    public static CoverageShare operator +(CoverageShare left, CoverageShare right) => new(left.Covered + right.Covered, left.Total + right.Total);

    /// <summary>The same as the operator.</summary>
    public static CoverageShare Add(CoverageShare left, CoverageShare right) => left + right;
}
