using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Reads the <c>events</c> of a test: what happens to the run from outside.</summary>
internal sealed class EventReader(MockMembers members)
{
    private static readonly string[] CallbackMembers = ["after", "callback", "repetition", "headers", "body"];
    private static readonly string[] CancelMembers = ["after", "cancel", "repetition"];
    private static readonly string[] Members = ["after", "callback", "cancel", "repetition", "headers", "body"];

    /// <summary>Callbacks read so far.</summary>
    public List<RunCallback> Callbacks { get; } = [];

    /// <summary>Cancellations read so far.</summary>
    public List<RunCancellation> Cancellations { get; } = [];

    public void Read(FlowValue events, string at)
    {
        if (events.AsArrayOrNull is not { } list)
        {
            members.Wrong("'events'", "an array", events, at);
            return;
        }

        for (var i = 0; i < list.Count; i++)
        {
            var pointer = JsonPointer.Append(at, i);
            if (list[i].TryGetMember("cancel", out var cancel)) ReadCancellation(list[i], cancel, pointer);
            else ReadCallback(list[i], pointer);
        }
    }

    private void ReadCallback(FlowValue happening, string at)
    {
        if (CallbackReader.Read(members, happening, at, happening.TryGetMember("callback", out _) ? CallbackMembers : Members) is not { } callback) return;
        if (members.Text(happening, "callback", at) is not { } action)
        {
            if (!happening.TryGetMember("callback", out _)) members.Wrong("an event", "an object with 'callback', the action that is called back, or 'cancel'", happening, at);
            return;
        }

        Callbacks.Add(new RunCallback(callback.After, action, callback.Message) { Repetition = Repetition(happening, at) });
    }

    private void ReadCancellation(FlowValue happening, FlowValue cancel, string at)
    {
        if (!members.IsObject(happening, at, "a cancellation", CancelMembers)) return;
        var after = TimeSpan.Zero;
        var hasTime = happening.TryGetMember("after", out var time);
        if (hasTime && !(IsoDuration.TryParse(time.AsStringOrNull, out after) && after >= TimeSpan.Zero))
            members.Wrong("'after'", "an ISO 8601 duration such as \"PT2H\"", time, JsonPointer.Append(at, "after"));
        var action = cancel.AsStringOrNull;
        if (action is null && cancel != FlowValue.True) members.Wrong("'cancel'", "the name of the action at which the run is cancelled, or true with 'after'", cancel, JsonPointer.Append(at, "cancel"));
        if (action is not null && hasTime) members.Wrong("'cancel'", "true where there is 'after'", cancel, JsonPointer.Append(at, "cancel"));
        Cancellations.Add(new RunCancellation(after, action) { Repetition = Repetition(happening, at) });
    }

    private IReadOnlyList<int> Repetition(FlowValue happening, string at) => MockReader.ReadRepetition(members, happening["repetition"], JsonPointer.Append(at, "repetition"));
}

/// <summary>A cancellation of a run from outside.</summary>
/// <param name="After">How long after its start, on its clock, where no action is named.</param>
/// <param name="Action">The action that it comes at; null where it comes at a time.</param>
internal sealed record RunCancellation(TimeSpan After, string? Action)
{
    /// <summary>Loop indexes, outermost first, or only the innermost; empty for the first that comes.</summary>
    public IReadOnlyList<int> Repetition { get; init; } = [];
}
