using System.Security.Cryptography;
using System.Text;
using FlowEngine.Actions;

namespace FlowEngine.Connectors;

/// <summary>A call as its policies see it: the request, the answer once there is one, the variables.</summary>
internal sealed class PolicyContext(ConnectorRequest request, ConnectorOperation operation, RunScope scope, PolicyPlace state)
{
    public ConnectorRequest Request => request;

    public Uri OriginalUri { get; } = request.Uri;

    /// <summary>The answer; null until there is one.</summary>
    public ConnectorReply? Reply { get; set; }

    public ConnectorOperation Operation => operation;

    public RunScope Scope => scope;

    /// <summary>What the policies of this connector and connection remember from call to call.</summary>
    public PolicyPlace State => state;

    public required string Connector { get; init; }

    /// <summary>The key of unkeyed signatures; null for chance.</summary>
    public string? SigningKey { get; init; }

    public IReadOnlyDictionary<string, string> MatchedParameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Sends the request to the API.</summary>
    public required Func<ConnectorRequest, CancellationToken, ValueTask<ConnectorReply>> Send { get; init; }

    /// <summary>What is to be done once the answer is complete, in this order.</summary>
    public List<Action> Finally { get; } = [];

    /// <summary>What all expressions of the call together may cost.</summary>
    public PolicyCallBudget Budget { get; } = new();

    public Dictionary<string, object?> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>What went wrong; null while nothing has.</summary>
    public PolicyFailure? LastError { get; set; }

    public DateTimeOffset Started { get; } = scope.Time.GetUtcNow();

    public DateTimeOffset Now => scope.Time.GetUtcNow();

    public Guid RequestId { get; } = scope.Evaluation.NewGuid();

    public Guid NewGuid() => scope.Evaluation.NewGuid();

    public double NextDouble() => scope.Evaluation.NextDouble();

    /// <summary>The connection's signing key, else random bytes.</summary>
    public byte[] SigningBytes(int length)
    {
        if (SigningKey is null) return RandomNumberGenerator.GetBytes(length);
        scope.RecordSecret(FlowValue.String(SigningKey));
        return Encoding.UTF8.GetBytes(SigningKey);
    }

    /// <summary>The request's headers, the type of its body among them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> RequestHeaders() =>
        request.ContentType is { } type && request.Body is not null ? [.. request.Headers, new("Content-Type", type)] : request.Headers;
}

/// <summary>What ended a section: <c>context.LastError</c>.</summary>
/// <param name="Reason">A word, such as <c>RateLimitExceeded</c>.</param>
/// <param name="Message">A sentence.</param>
/// <param name="Source">The policy.</param>
internal sealed record PolicyFailure(string Reason, string Message, string Source);

/// <summary>A policy ends the sections; <c>on-error</c> runs, then the caller gets the answer.</summary>
/// <param name="failure">What went wrong.</param>
/// <param name="reply">What the caller gets unless <c>on-error</c> says otherwise; null for no answer at all.</param>
/// <param name="inner">What caused it.</param>
internal sealed class PolicyEndedException(PolicyFailure failure, ConnectorReply? reply, Exception? inner = null) : Exception(failure.Message, inner)
{
    public PolicyFailure Failure { get; } = failure;

    public ConnectorReply? Reply { get; } = reply;
}
