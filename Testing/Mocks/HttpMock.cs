using System.Text;
using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>An entry that answers HTTP requests.</summary>
/// <param name="Match">Which requests; a pattern without members fits all.</param>
/// <param name="Responses">The answers, at least one, used in turn; the last one repeats.</param>
internal sealed record HttpMock(RequestPattern Match, IReadOnlyList<MockResponse> Responses)
{
    /// <summary>The numbers, from 1, of those requests that it answers, counted over all that reach it and fit; empty for all.</summary>
    public IReadOnlyList<int> Calls { get; init; } = [];

    /// <summary>The step of a scenario that its answer is; null where it always answers.</summary>
    public MockScenario? Scenario { get; init; }

    /// <summary>Makes the answer of each request in place of <see cref="Responses"/>; null where those answer.</summary>
    internal Func<MockedRequest, MockResponse>? Answer { get; init; }
}

/// <summary>One answer of an HTTP mock.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">Headers, each with its values; Content-Type included where there is one.</param>
/// <param name="Body">The bytes sent.</param>
/// <param name="Delay">The wait before the answer, on the run's clock.</param>
/// <param name="Fault">What happens in place of an answer.</param>
public sealed record MockResponse(
    int Status,
    IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Headers,
    ReadOnlyMemory<byte> Body,
    TimeSpan Delay,
    MockFault Fault = MockFault.None)
{
    /// <summary>A status and no body.</summary>
    public static MockResponse Of(int status) => new(status, [], default, TimeSpan.Zero);

    /// <summary>A status and a body: a text as it stands, all else as JSON.</summary>
    public static MockResponse Of(int status, FlowValue body) => new(
        status,
        [new("Content-Type", [body.IsString ? MessageBody.TextType : MessageBody.JsonType])],
        Encoding.UTF8.GetBytes(body.AsStringOrNull ?? FlowJson.Write(body)),
        TimeSpan.Zero);

    /// <summary>A status and this JSON text as the body.</summary>
    public static MockResponse Json(int status, string json) => Of(status, FlowValue.Parse(json));
}

/// <summary>What may happen in place of an answer.</summary>
public enum MockFault
{
    /// <summary>Nothing: there is an answer.</summary>
    None,

    /// <summary>The answer never comes.</summary>
    Timeout,

    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>The host name can't be resolved.</summary>
    Unresolved,

    /// <summary>The answer says that it is JSON and is none: its body is cut off in the middle.</summary>
    Malformed,

    /// <summary>The connection breaks while the body is read: less comes than was announced.</summary>
    Truncated,
}
