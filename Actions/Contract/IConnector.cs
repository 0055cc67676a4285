namespace FlowEngine.Actions;

/// <summary>An API behind the actions that call operations: a managed connector's stand-in, or a custom one. Any number of calls at once, from any thread.</summary>
public interface IConnector
{
    /// <summary>What actions call it by, without the prefix <c>shared_</c>; compared ignoring case.</summary>
    string Name { get; }

    /// <summary>Makes one attempt of a call. Send requests through <see cref="RunScope.SendAsync"/> only: they are recorded, mocked and guarded there.</summary>
    /// <param name="call">What is called, with evaluated values.</param>
    /// <param name="scope">The action that calls.</param>
    /// <param name="attempt">From 1; the action's retry policy makes the next.</param>
    /// <param name="cancellation">Ends the call: the action's limit, its request timeout, the end of the run.</param>
    /// <returns>The answer, whatever its status.</returns>
    /// <exception cref="ConnectorException">There is no answer: the call was refused, or nobody answered.</exception>
    ValueTask<ConnectorResponse> CallAsync(ConnectorCall call, RunScope scope, int attempt, CancellationToken cancellation);
}

/// <summary>Where a run finds connectors.</summary>
public interface IConnectorSource
{
    /// <summary>The names of all connectors, for messages.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>How much servers may be asked by the flow's own files, besides <see cref="HttpOptions.HostLimits"/>: where both have a limit, both hold.</summary>
    IReadOnlyList<HostLimit> HostLimits => [];

    /// <summary>The connector that an action's <c>host</c> means; null where there is none.</summary>
    IConnector? Find(ConnectorHost host);
}

/// <summary>What an action says of the connector that it calls.</summary>
/// <param name="ConnectionName">The name of its connection or connection reference; null where it gives none.</param>
/// <param name="ApiId">The id of the API, a path such as <c>/providers/Microsoft.PowerApps/apis/shared_office365</c>; null where it gives none.</param>
/// <param name="Reference">What the workflow's own file says of the connection: its entry of <c>connectionReferences</c> or of <c>$connections</c>; null where there is none.</param>
public sealed record ConnectorHost(string? ConnectionName, string? ApiId, FlowValue Reference);

/// <summary>A call of a connector's operation, its values evaluated.</summary>
public sealed record ConnectorCall
{
    /// <summary>Connection and API as the action names them.</summary>
    public required ConnectorHost Host { get; init; }

    /// <summary>The operation's id; null where <see cref="Method"/> and <see cref="Path"/> tell it (<c>ApiConnection</c>).</summary>
    public string? OperationId { get; init; }

    /// <summary>The method, in any case.</summary>
    public string? Method { get; init; }

    /// <summary>The path below the API's address, percent-encoded, its parameters filled in.</summary>
    public string? Path { get; init; }

    /// <summary>Parameters by name, flat: <c>body/x/y</c> is a member of the body. Empty where <see cref="Path"/> is given.</summary>
    public FlowObject Parameters { get; init; } = FlowObject.Empty;

    /// <summary>Query parameters beside a <see cref="Path"/>.</summary>
    public FlowObject Queries { get; init; } = FlowObject.Empty;

    /// <summary>Headers beside a <see cref="Path"/>.</summary>
    public FlowObject Headers { get; init; } = FlowObject.Empty;

    /// <summary>The body beside a <see cref="Path"/>; null for none.</summary>
    public FlowValue Body { get; init; }

    /// <summary>Where the action waits to be called back; null for calls that end with their answer. The operation's notification address is to be this one.</summary>
    public Uri? CallbackUri { get; init; }

    /// <summary>The settings of the connection, references and secrets resolved: <c>authentication</c>, <c>baseUrl</c> and what else docs/connections.md names. Empty where there are none.</summary>
    public FlowObject Connection { get; init; } = FlowObject.Empty;
}

/// <summary>What a connector answers.</summary>
public sealed record ConnectorResponse
{
    /// <summary>HTTP status, or what comes nearest to it. From 400 on the action fails.</summary>
    public required int StatusCode { get; init; }

    /// <summary>Object of text.</summary>
    public FlowValue Headers { get; init; } = FlowValue.EmptyObject;

    /// <summary>The body; see <see cref="HasBody"/>.</summary>
    public FlowValue Body { get; init; }

    /// <summary>Whether there is a body: null is one.</summary>
    public bool HasBody { get; init; }

    /// <summary>The wait that a 429 or 503 asks for; null where it says nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>A call got no answer.</summary>
/// <param name="code">The code of the action's error.</param>
/// <param name="message">Why, without a secret; the error's message.</param>
/// <param name="isRetryable">Whether another attempt may help.</param>
/// <param name="inner">What caused it.</param>
public sealed class ConnectorException(string code, string message, bool isRetryable = false, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The code of the action's error.</summary>
    public string Code { get; } = code;

    /// <summary>Whether another attempt may help.</summary>
    public bool IsRetryable { get; } = isRetryable;
}
