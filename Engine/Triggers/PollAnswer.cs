using System.Globalization;
using System.Net.Http.Headers;
using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>What an Http trigger's server answered.</summary>
/// <param name="asked">The record of the question.</param>
/// <param name="trigger">Who asked.</param>
/// <param name="ticks">When the answer was there, in UTC.</param>
internal sealed class PollAnswer(ActionRecord asked, PlannedTrigger trigger, long ticks)
{
    private long StatusCode => asked.Outputs["statusCode"] is { IsInteger: true } code ? code.AsInteger : 0;

    /// <summary>Outputs of the trigger, for a firing by hand; null where it does not fire.</summary>
    public TriggerRequest? Firing =>
        StatusCode == 200 || (StatusCode > 0 && DecidesByStatus) ? TriggerRequest.WithBody(asked.Outputs) : null;

    /// <summary>Why no run starts.</summary>
    public NotStarted NotStarted => StatusCode is > 0 and < 400
        ? TriggerDispatcher.Told(trigger, ticks, ActionStatus.Skipped, new NotStarted(202, null, null, default), new ActionError("TriggerConditionNotMet", $"The server of trigger '{trigger.Name}' has nothing to do: it answered {StatusCode.ToString(CultureInfo.InvariantCulture)}."))
        : TriggerDispatcher.Told(
            trigger,
            ticks,
            ActionStatus.Failed,
            new NotStarted(400, asked.Code, asked.Error?.Message ?? $"The server of trigger '{trigger.Name}' answered {StatusCode.ToString(CultureInfo.InvariantCulture)}.", default));

    /// <summary>What it says of the next question.</summary>
    public NextPoll Next
    {
        get
        {
            var headers = asked.Outputs["headers"];
            var after = RetryAfter(headers["Retry-After"].AsStringOrNull);
            var address = Uri.TryCreate(headers["Location"].AsStringOrNull, UriKind.Absolute, out var location) && location.Scheme is "http" or "https" ? location : null;
            return new NextPoll(address, after, StatusCode == 202);
        }
    }

    private TimeSpan? RetryAfter(string? text)
    {
        if (!RetryConditionHeaderValue.TryParse(text, out var header)) return null;
        var wait = header.Delta ?? (header.Date - new DateTimeOffset(ticks, TimeSpan.Zero));
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private bool DecidesByStatus => trigger.Definition.Raw["conditions"].AsArrayOrNull is { } conditions && conditions.Any(condition => condition["expression"].ToJson().Contains("statusCode", StringComparison.OrdinalIgnoreCase));
}
