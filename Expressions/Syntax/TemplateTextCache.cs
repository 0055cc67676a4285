using System.Collections.Concurrent;

namespace FlowEngine.Expressions;

/// <summary>The parsed texts of one document, so that validation and binding parse each text once.</summary>
/// <param name="dialect">The dialect in which the texts are parsed.</param>
/// <param name="maxNesting">See <see cref="ExpressionLimits.MaxNesting"/>; null takes the default.</param>
public sealed class TemplateTextCache(ExpressionDialect dialect = ExpressionDialect.Extended, int? maxNesting = null)
{
    private readonly ConcurrentDictionary<string, TemplateText> _texts = new(StringComparer.Ordinal);

    /// <summary>The dialect in which the texts are parsed.</summary>
    public ExpressionDialect Dialect => dialect;

    private int? MaxNesting => maxNesting;

    /// <summary>The text, parsed. Plain text is not kept: it costs nothing to parse, and a document is mostly that.</summary>
    public TemplateText Get(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains('@', StringComparison.Ordinal)
            ? _texts.GetOrAdd(text, static (key, cache) => TemplateText.Parse(key, cache.Dialect, cache.MaxNesting), this)
            : TemplateText.Parse(text, dialect, maxNesting);
    }
}
