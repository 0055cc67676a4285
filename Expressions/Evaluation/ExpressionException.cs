namespace FlowEngine.Expressions;

/// <summary>An expression that can't be evaluated. <see cref="Exception.Message"/> holds the service's words, whole and nothing else.</summary>
/// <param name="message">The service's words.</param>
/// <param name="detail">Our second line: which argument, the value that surprised, the nearest name. Never a secret or a whole payload.</param>
/// <param name="inner">The cause, if any.</param>
public sealed class ExpressionException(string message, string? detail = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The service's code: <c>InvalidTemplate</c>.</summary>
    public string Code { get; init; } = "InvalidTemplate";

    /// <summary>Our second line, or null.</summary>
    public string? Detail { get; } = detail;

    /// <summary>The template text in which it happened; null until a node has claimed the failure.</summary>
    public ExpressionSource? Template { get; private set; }

    /// <summary>The failing sub-expression in <see cref="Template"/>.</summary>
    public TextSpan Span { get; private set; }

    /// <summary>Says where it happened, unless something inside <paramref name="expression"/> has said so. Always false, so that it can serve as an exception filter.</summary>
    internal bool PlaceAt(Expression expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return Claim(expression.Source, expression.Span);
    }

    /// <summary>Claims the failure for a sub-expression; the innermost wins. Always false, so that it can serve as an exception filter.</summary>
    internal bool Claim(ExpressionSource? source, TextSpan span)
    {
        if (Template is null && source is not null)
        {
            Template = source;
            Span = span;
        }

        return false;
    }
}
