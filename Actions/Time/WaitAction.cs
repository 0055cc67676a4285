using System.Globalization;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>Waits for an <c>interval</c>, or <c>until</c> a time stamp, on the run's clock. A time that has passed ends it at once.</summary>
internal sealed class WaitAction(ActionPlan plan) : IActionExecutor
{
    private static readonly ActionOutcome Done = new(ActionStatus.Succeeded, ActionCodes.Ok, default, HasOutputs: false, Error: null);

    public static ActionSpec Spec { get; } = new(new ActionTypeInfo("Wait") { InputMembers = ["interval", "until"] }, plan => new WaitAction(plan));

    public bool IsPure => true;

    public Expression? Inputs { get; } = plan.BindInputs();

    public async ValueTask<ActionOutcome> ExecuteAsync(RunScope scope, CancellationToken cancellation)
    {
        var now = scope.Time.GetUtcNow();
        var hasInterval = scope.Inputs.TryGetMember("interval", out var interval) && !interval.IsNull;
        var hasUntil = scope.Inputs.TryGetMember("until", out var until) && !until.IsNull;
        if (hasInterval == hasUntil) return Failed("The 'Wait' action inputs must have either the property 'interval' or the property 'until'.");
        DateTimeOffset due;
        if (hasUntil)
        {
            var written = ValueText.Of(until["timestamp"]);
            if (!DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out due))
                return Failed($"The property 'timestamp' of the 'Wait' action inputs must be a date and time, but was '{written}'.");
        }
        else
        {
            var count = interval["count"];
            var unit = ValueText.Of(interval["unit"]);
            if (!TryGetCount(count, out var number)) return Failed($"The property 'count' of the 'Wait' action inputs must be an integer that is not negative, but was '{ValueText.Of(count)}'.");
            if (!TryAdd(now, number, unit, out due))
                return Failed($"The 'Wait' action cannot wait for '{number}' of the unit '{unit}'. The unit must be 'Second', 'Minute', 'Hour', 'Day', 'Week' or 'Month', and the time reached a date.");
        }

        if (due > now) await scope.DelayAsync(due - now, cancellation).ConfigureAwait(false);
        return Done;
    }

    private static bool TryGetCount(FlowValue written, out long count)
    {
        count = written.IsInteger ? written.AsInteger : -1;
        return (written.IsInteger || long.TryParse(written.AsStringOrNull, NumberStyles.Integer, CultureInfo.InvariantCulture, out count)) && count >= 0;
    }

    private static bool TryAdd(DateTimeOffset now, long count, string unit, out DateTimeOffset due)
    {
        due = now;
        var left = DateTimeOffset.MaxValue - now;
        if (unit.Equals("Month", StringComparison.OrdinalIgnoreCase))
        {
            // Calendar steps, from 31 January to the last of February (assumed).
            if (count > left.TotalDays / 31) return false;
            due = now.AddMonths((int)count);
            return true;
        }

        var ticks = unit.ToUpperInvariant() switch
        {
            "SECOND" => TimeSpan.TicksPerSecond,
            "MINUTE" => TimeSpan.TicksPerMinute,
            "HOUR" => TimeSpan.TicksPerHour,
            "DAY" => TimeSpan.TicksPerDay,
            "WEEK" => 7 * TimeSpan.TicksPerDay,
            _ => 0,
        };
        if (ticks == 0 || count > left.Ticks / ticks) return false;
        due = now.AddTicks(count * ticks);
        return true;
    }

    private static ActionOutcome Failed(string message) => ActionOutcome.Failed(ActionCodes.BadRequest, message);
}
