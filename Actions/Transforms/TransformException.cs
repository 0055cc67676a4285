namespace FlowEngine.Actions;

/// <summary>A transform has nothing to work with, or fails.</summary>
/// <param name="code">The code of the action and of its error.</param>
/// <param name="message">What went wrong.</param>
internal sealed class TransformException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
