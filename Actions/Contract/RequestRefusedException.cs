namespace FlowEngine.Actions;

/// <summary>A message handler refuses to let a request out: no mock answers it, a policy forbids it. The action fails with this code, without retries.</summary>
/// <param name="code">The code of the action and of its error, such as <see cref="MockNotFound"/>.</param>
/// <param name="message">Why; shown as the error's message.</param>
public sealed class RequestRefusedException(string code, string message) : Exception(message)
{
    /// <summary>Mocks are given and none answers the request.</summary>
    public const string MockNotFound = "MockNotFound";

    /// <summary>The egress policy forbids the address.</summary>
    public const string EgressDenied = "EgressDenied";

    /// <summary>The code of the action and of its error.</summary>
    public string Code { get; } = code;
}
