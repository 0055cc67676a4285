using System.Collections.Concurrent;
using System.Globalization;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Testing;

/// <summary>A call of <c>if</c>, <c>coalesce</c>, <c>and</c> or <c>or</c> in a flow, and which ways the tests took through it.</summary>
/// <param name="Function">The function.</param>
/// <param name="Text">The call as written, cut where it is long.</param>
/// <param name="Action">The action in whose definition it stands; null for triggers and outputs.</param>
/// <param name="Line">Its line in the flow's file, from 1.</param>
/// <param name="Column">Its column, from 1.</param>
public sealed record CoveredExpression(string Function, string Text, string? Action, int Line, int Column)
{
    private int[] _reached = [];

    /// <summary>The ways: both sides of an <c>if</c>; for the others, with which argument the evaluation ended.</summary>
    public IReadOnlyList<CoveredWay> Ways
    {
        get
        {
            if (Function == "if") return [new("true", Reached(1)), new("false", Reached(2))];
            return [.. Enumerable.Range(0, _reached.Length).Select(i => new CoveredWay(
                string.Create(CultureInfo.InvariantCulture, $"up to argument {i + 1}"),
                Reached(i) - (i + 1 < _reached.Length ? Reached(i + 1) : 0)))];
        }
    }

    /// <summary>How many of its ways were taken.</summary>
    public CoverageShare Share => new(Ways.Count(way => way.IsCovered), Ways.Count);

    internal Counter CreateCounter(int arguments) => new(_reached = new int[arguments]);

    private int Reached(int argument) => Volatile.Read(ref _reached[argument]);

    /// <summary>Counts its arguments.</summary>
    internal sealed class Counter(int[] reached) : IBranchCounter
    {
        void IBranchCounter.Reached(int argument) => Interlocked.Increment(ref reached[argument]);
    }
}

/// <summary>A way through an expression.</summary>
/// <param name="Name">Such as <c>true</c> or <c>up to argument 1</c>.</param>
/// <param name="Hits">How often it was taken.</param>
public readonly record struct CoveredWay(string Name, int Hits)
{
    /// <summary>Whether it was taken in any test.</summary>
    public bool IsCovered => Hits > 0;
}

/// <summary>Counts the ways through the expressions of one flow.</summary>
internal sealed class ExpressionBranches(WorkflowDocument document) : IBranchProbe
{
    private const int ShownCharacters = 60;

    private readonly ConcurrentDictionary<(string Path, int Start, string Function), Lazy<(CoveredExpression Expression, CoveredExpression.Counter Counter)>> _calls = new();

    // The longest path that leads to a call is that of the action it belongs to.
    private readonly IReadOnlyList<ActionDefinition> _actions = [.. (document.Definition?.Root.AllActions() ?? []).OrderByDescending(action => action.Path.Length)];

    /// <summary>All calls with more than one way, in the order of the file.</summary>
    public IReadOnlyList<CoveredExpression> All => [.. _calls.Values.Select(call => call.Value.Expression).OrderBy(call => call.Line).ThenBy(call => call.Column)];

    /// <summary>How many ways were taken in any test.</summary>
    public CoverageShare Share => All.Aggregate(default(CoverageShare), (sum, call) => sum + call.Share);

    public IBranchCounter Bound(string function, int arguments, ExpressionSource source, TextSpan span) =>
        _calls.GetOrAdd((source.Path, span.Start, function), _ => new(() => Create(function, arguments, source, span))).Value.Counter;

    private (CoveredExpression Expression, CoveredExpression.Counter Counter) Create(string function, int arguments, ExpressionSource source, TextSpan span)
    {
        var place = document.Locate(source.Path, span);
        var owner = _actions.FirstOrDefault(action => source.Path.StartsWith(action.Path + "/", StringComparison.Ordinal));
        var text = source.Text.Substring(span.Start, Math.Min(span.Length, source.Text.Length - span.Start));
        var expression = new CoveredExpression(function, text.Length <= ShownCharacters ? text : text[..ShownCharacters] + "…", owner?.Name, place.Line, place.Column);
        return (expression, expression.CreateCounter(arguments));
    }
}
