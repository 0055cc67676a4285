namespace FlowEngine;

/// <summary>What the answer to an Http trigger says of the next question: give it to the next firing as <see cref="RunOptions.LastPoll"/>.</summary>
/// <param name="Address">Where to ask (<c>Location</c>); null: where the trigger says.</param>
/// <param name="After">When to ask (<c>Retry-After</c>); null: when the recurrence says.</param>
/// <param name="IsWorking">Whether the server is at work still (202): then the recurrence decides, unless <paramref name="After"/> is below a minute.</param>
public sealed record NextPoll(Uri? Address, TimeSpan? After, bool IsWorking)
{
    /// <summary>When to ask, if the recurrence would be at <paramref name="occurrence"/>.</summary>
    public DateTimeOffset DueAt(DateTimeOffset answered, DateTimeOffset occurrence) =>
        After is { } after && (!IsWorking || after < TimeSpan.FromMinutes(1)) ? answered + after : occurrence;
}
