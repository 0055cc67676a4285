using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;
using JsonPointer = FlowEngine.Definitions.JsonPointer;

namespace FlowEngine.Connectors;

/// <summary>Reads how much a server may be asked: <c>limits</c> of a connection, and the entries of <c>hostLimits</c>. Numbers and durations stand there as such.</summary>
/// <param name="faults">Where faults go; null where the text has been checked.</param>
internal sealed class LimitReader(ConnectorFaults? faults = null)
{
    private static readonly string[] Members = ["requests", "period", "concurrency", "breaker"];
    private static readonly string[] BreakerMembers = ["failureRatio", "minimumRequests", "sampling", "break"];

    private static readonly TimeSpan HalfASecond = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly CircuitBreaker Usual = new(0.5, 10, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));

    /// <summary>The limit; null where nothing is limited.</summary>
    /// <param name="name">The host or the connection.</param>
    /// <param name="value">An object with <c>requests</c>, <c>period</c>, <c>concurrency</c>, <c>breaker</c>.</param>
    /// <param name="at">Its place.</param>
    public HostLimit? Read(string name, FlowValue value, string at = "")
    {
        if (ObjectOf(value, at, Members, "An object of limits") is not { } o) return null;
        var limit = new HostLimit(name)
        {
            Requests = Count(o, "requests", at, 1),
            Period = Duration(o, "period", at, TimeSpan.FromTicks(1), TimeSpan.FromDays(366)) ?? TimeSpan.FromSeconds(1),
            Concurrency = Count(o, "concurrency", at, 1),
            Breaker = BreakerOf(o["breaker"], JsonPointer.Append(at, "breaker")),
        };
        return limit.Requests is null && limit.Concurrency is null && limit.Breaker is null ? null : limit;
    }

    private CircuitBreaker? BreakerOf(FlowValue value, string at)
    {
        if (value.IsNull || ObjectOf(value, at, BreakerMembers, "A breaker") is not { } o) return null;
        return new CircuitBreaker(
            Share(o, "failureRatio", at) ?? Usual.FailureRatio,
            Count(o, "minimumRequests", at, 2) ?? Usual.MinimumRequests,
            Duration(o, "sampling", at, HalfASecond, Longest) ?? Usual.Sampling,
            Duration(o, "break", at, HalfASecond, Longest) ?? Usual.Break);
    }

    private FlowObject? ObjectOf(FlowValue value, string at, string[] members, string what)
    {
        if (value.AsObjectOrNull is not { } o)
        {
            Fault(DiagnosticCodes.ConnectionShape, $"{what} was expected here, with {string.Join(", ", members)}.", at);
            return null;
        }

        foreach (var name in o.Names)
        {
            if (members.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            var nearest = NearestName.Find(name, members);
            Fault(DiagnosticCodes.ConnectionMember, $"{what} has no member '{name}'; it may have {string.Join(", ", members)}.", JsonPointer.Append(at, name), nearest is null ? null : $"Did you mean '{nearest}'?");
        }

        return o;
    }

    private int? Count(FlowObject o, string name, string at, int least)
    {
        var value = o[name];
        if (value.IsNull) return null;
        if (value.IsInteger && value.AsInteger >= least && value.AsInteger <= int.MaxValue) return (int)value.AsInteger;
        Fault(DiagnosticCodes.ConnectionShape, $"'{name}' must be a whole number from {least}.", JsonPointer.Append(at, name));
        return null;
    }

    private double? Share(FlowObject o, string name, string at)
    {
        var value = o[name];
        if (value.IsNull) return null;
        if (value.IsNumber && value.AsDouble is > 0 and <= 1 and var share) return share;
        Fault(DiagnosticCodes.ConnectionShape, $"'{name}' must be a number above 0 and up to 1.", JsonPointer.Append(at, name));
        return null;
    }

    private TimeSpan? Duration(FlowObject o, string name, string at, TimeSpan least, TimeSpan most)
    {
        var value = o[name];
        if (value.IsNull) return null;
        if (IsoDuration.TryParse(value.AsStringOrNull, out var duration) && duration >= least && duration <= most) return duration;
        var range = least == HalfASecond ? "half a second to a day" : "longer than nothing, up to a year";
        Fault(DiagnosticCodes.ConnectionShape, $"'{name}' must be an ISO 8601 duration such as \"PT1S\", {range}.", JsonPointer.Append(at, name));
        return null;
    }

    private void Fault(string code, string message, string at, string? suggestion = null) => faults?.Error(code, message, at, suggestion);
}
