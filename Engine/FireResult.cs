namespace FlowEngine;

/// <summary>What came of firing a trigger: runs, or the reason why none started.</summary>
public sealed record FireResult
{
    /// <summary>The runs, in the order of <c>splitOn</c>'s items; one without <c>splitOn</c>; empty where none started.</summary>
    public required IReadOnlyList<RunResult> Runs { get; init; }

    /// <summary>Whether the trigger splits its input; then the record is a list even for a single run.</summary>
    public bool IsSplit { get; init; }

    /// <summary>Why no run started; null where one did.</summary>
    public NotStarted? NotStarted { get; init; }

    /// <summary>What the server of an Http trigger said of the next question; null for other triggers, and where its outputs were given.</summary>
    public NextPoll? NextPoll { get; init; }

    /// <summary>The document that <c>flow run --json</c> prints.</summary>
    public FlowValue ToRecord() => NotStarted is not null
        ? NotStarted.ToRecord()
        : IsSplit ? FlowValue.Object(("runs", FlowArray.Create(Runs.Select(run => run.ToRecord())))) : Runs[0].ToRecord();
}

/// <summary>A trigger that started no run.</summary>
/// <param name="StatusCode">What an HTTP caller would get.</param>
/// <param name="Code">The service's code; null where the trigger only found nothing to do.</param>
/// <param name="Message">The service's words; null likewise.</param>
/// <param name="Trigger">The trigger's record: name, status (Skipped or Failed), times, error.</param>
public sealed record NotStarted(int StatusCode, string? Code, string? Message, FlowValue Trigger)
{
    internal FlowValue ToRecord()
    {
        var said = new FlowObjectBuilder().Add("statusCode", FlowValue.Integer(StatusCode));
        if (Code is not null) said.Add("code", FlowValue.String(Code));
        if (Message is not null) said.Add("message", FlowValue.String(Message));
        return FlowValue.Object(("notStarted", said.ToValue()), ("trigger", Trigger));
    }
}

/// <summary>No run started.</summary>
/// <param name="reason">Why.</param>
public sealed class RunNotStartedException(NotStarted reason) : Exception(reason.Message ?? "The trigger found nothing to do; no run started.")
{
    /// <summary>Why.</summary>
    public NotStarted Reason { get; } = reason;
}

/// <summary>An input that does not fit: a missing parameter, a value of another type, an unknown trigger.</summary>
/// <param name="message">What is wrong and what would do.</param>
public sealed class InvalidInputException(string message) : Exception(message);
