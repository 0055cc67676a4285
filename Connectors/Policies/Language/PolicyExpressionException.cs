namespace FlowEngine.Connectors;

/// <summary>A policy expression is wrong, or fails when it is evaluated.</summary>
/// <param name="message">What is wrong, without the values of secrets.</param>
/// <param name="position">Where in the expression, from 0.</param>
/// <param name="length">How many characters.</param>
/// <param name="inner">What caused it.</param>
internal sealed class PolicyExpressionException(string message, int position, int length = 1, Exception? inner = null) : Exception(message, inner)
{
    public int Position { get; } = position;

    public int Length { get; } = length;

    /// <summary>The name that was probably meant.</summary>
    public string? Suggestion { get; init; }
}
