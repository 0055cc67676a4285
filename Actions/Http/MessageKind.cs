namespace FlowEngine.Actions;

/// <summary>Whose message a body belongs to: the rules for a missing Content-Type differ.</summary>
public enum MessageKind
{
    /// <summary>An answer to a request of ours: a body without type is text (runtime reference, 3.14).</summary>
    Response,

    /// <summary>A request that starts a run or calls back: a body without type is binary content (runtime reference, 4.2).</summary>
    Request,
}

/// <summary>A body as flows see it.</summary>
/// <param name="Value">The value; see <paramref name="IsPresent"/>.</param>
/// <param name="IsPresent">Whether there is one: no bytes, no member <c>body</c>.</param>
/// <param name="JsonError">The reader's words where the type says JSON and the text is none; null otherwise.</param>
public readonly record struct DecodedBody(FlowValue Value, bool IsPresent, string? JsonError)
{
    /// <summary>No bytes were sent.</summary>
    public static DecodedBody Absent => default;

    internal static DecodedBody Of(FlowValue value) => new(value, true, null);
}

/// <summary>A body as it goes over the wire.</summary>
/// <param name="Bytes">Its bytes.</param>
/// <param name="ContentType">The type that fits them, unless the sender names another.</param>
public sealed record EncodedBody(byte[] Bytes, string ContentType);
