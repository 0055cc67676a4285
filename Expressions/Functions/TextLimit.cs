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
        if (length <= limit) return;
        throw new ExpressionException(string.Create(
            CultureInfo.InvariantCulture,
            $"The template language function '{function}' cannot be evaluated: its result of '{length}' characters exceeds the limit of '{limit}' characters."));
    }
}
