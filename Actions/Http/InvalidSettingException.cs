namespace FlowEngine.Actions;

/// <summary>A setting of a call that can't be read; the action fails before its first request.</summary>
/// <param name="code">The service's code, such as <c>InvalidRetryPolicy</c>.</param>
/// <param name="message">What is wrong.</param>
internal sealed class InvalidSettingException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
