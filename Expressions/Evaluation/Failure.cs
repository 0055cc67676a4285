namespace FlowEngine.Expressions;

/// <summary>A node that fails whenever it is reached: an unknown function, a wrong argument count, a name that doesn't exist.</summary>
/// <param name="message">The service's words.</param>
/// <param name="detail">Our second line.</param>
internal sealed class Failure(string message, string? detail = null) : Expression
{
    /// <summary>The service's words.</summary>
    public string Message { get; } = message;

    public override FlowValue Evaluate(EvaluationContext context)
    {
        var failure = new ExpressionException(Message, detail);
        failure.Claim(Source, Span);
        throw failure;
    }
}
