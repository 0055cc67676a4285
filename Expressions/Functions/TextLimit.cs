using System.Globalization;

namespace FlowEngine.Expressions;

/// <summary>Keeps functions from building texts beyond <see cref="ExpressionLimits.MaxTextLength"/>.</summary>
internal static class TextLimit
{
    /// <summary>Refuses a result of that many characters where it is too long, before it is built.</summary>
    /// <exception cref="ExpressionException">The result would be too long.</exception>
    public static void Check(EvaluationContext context, string function, long length)
    {
        var limit = context.Limits.MaxTextLength;
        if (length <= limit)
        {
            context.Budget.CheckBytes(context.Limits, 2 * length);
            return;
        }

        throw TooLong(function, length, limit);
    }

    /// <summary>The text of a value. One that would be too long is refused before it is written.</summary>
    /// <exception cref="ExpressionException">The text would be too long, or is content that can't be decoded.</exception>
    public static string Text(EvaluationContext context, string function, FlowValue value)
    {
        Check(context, function, value.Size);
        return ValueText.Of(value);
    }

    private static ExpressionException TooLong(string function, long length, int limit) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The template language function '{function}' cannot be evaluated: its result of '{length}' characters exceeds the limit of '{limit}' characters."));
}
