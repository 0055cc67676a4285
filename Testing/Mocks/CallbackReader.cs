using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Reads what calls an action back: <c>{after, headers, body}</c>, in mocks and in the events of tests.</summary>
internal static class CallbackReader
{
    /// <summary>The members of a callback in a mock.</summary>
    public static IReadOnlyList<string> Members { get; } = ["after", "headers", "body"];

    public static ScheduledCallback? Read(MockMembers members, FlowValue callback, string at, IReadOnlyList<string> allowed)
    {
        if (!members.IsObject(callback, at, "a callback", allowed)) return null;
        var after = TimeSpan.Zero;
        if (members.Text(callback, "after", at) is { } text && !(IsoDuration.TryParse(text, out after) && after >= TimeSpan.Zero))
            members.Wrong("'after'", "an ISO 8601 duration such as \"PT2H\"", callback["after"], JsonPointer.Append(at, "after"));
        return new ScheduledCallback(after, new CallbackMessage
        {
            Headers = Headers(members, callback, at),
            HasBody = callback.TryGetMember("body", out var body),
            Body = body,
        });
    }

    private static List<KeyValuePair<string, string>> Headers(MockMembers members, FlowValue callback, string at)
    {
        var read = new List<KeyValuePair<string, string>>();
        if (!callback.TryGetMember("headers", out var headers)) return read;
        var pointer = JsonPointer.Append(at, "headers");
        if (headers.AsObjectOrNull is not { } o)
        {
            members.Wrong("'headers'", "an object of texts", headers, pointer);
            return read;
        }

        foreach (var (name, value) in o)
        {
            if (value.AsStringOrNull is { } text) read.Add(new(name, text));
            else members.Wrong($"header '{name}'", "text", value, JsonPointer.Append(pointer, name));
        }

        return read;
    }
}
