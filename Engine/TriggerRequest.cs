namespace FlowEngine;

/// <summary>What starts a run: the request that a Request trigger receives, or the payload of another trigger fired by hand.</summary>
public sealed record TriggerRequest
{
    /// <summary>A bare start: no body, no headers.</summary>
    public static TriggerRequest Empty { get; } = new();

    /// <summary>HTTP method; null takes the trigger's own, else POST.</summary>
    public string? Method { get; init; }

    /// <summary>What follows the invoke address, still percent-encoded; a query string may follow.</summary>
    public string? RelativePath { get; init; }

    /// <summary>Header name to text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Query name to text, not percent-encoded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Queries { get; init; } = [];

    /// <summary>The body; see <see cref="HasBody"/>. Sent as JSON unless <see cref="Headers"/> name another Content-Type: then a string is the raw text.</summary>
    public FlowValue Body { get; init; }

    /// <summary>Whether there is a body: null is one.</summary>
    public bool HasBody { get; init; }

    /// <summary>The first header of that name, ignoring case; null where there is none.</summary>
    internal string? HeaderOf(string name)
    {
        for (var i = 0; i < Headers.Count; i++)
        {
            if (Headers[i].Key.Equals(name, StringComparison.OrdinalIgnoreCase)) return Headers[i].Value;
        }

        return null;
    }

    /// <summary>A request with that body, as JSON.</summary>
    public static TriggerRequest WithBody(FlowValue body) => new() { Body = body, HasBody = true };
}
