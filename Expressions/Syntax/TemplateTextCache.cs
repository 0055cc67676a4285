using System.Collections.Concurrent;

namespace FlowEngine.Expressions;

/// <summary>The parsed texts of one document, so that validation and binding parse each text once.</summary>
/// <param name="dialect">The dialect in which the texts are parsed.</param>
/// <param name="limits">How long and how deep an expression may be; null takes the default.</param>
internal sealed class TemplateTextCache(ExpressionDialect dialect = ExpressionDialect.Extended, ExpressionLimits? limits = null)
{
    // One text alone needs no dictionary: with that and the parser's shared list of arguments compile-if went from 3,664 to 2,520 bytes.
    private TemplateText? _first;
    private ConcurrentDictionary<string, TemplateText>? _texts;

    /// <summary>The dialect in which the texts are parsed.</summary>
    public ExpressionDialect Dialect => dialect;

    private ExpressionLimits? Limits => limits;

    /// <summary>The text, parsed. Plain text is not kept: it costs nothing to parse, and a document is mostly that.</summary>
    public TemplateText Get(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.Contains('@', StringComparison.Ordinal)) return TemplateText.Parse(text, dialect, limits);
        if (_first is not { } first)
        {
            var parsed = TemplateText.Parse(text, dialect, limits);
            first = Interlocked.CompareExchange(ref _first, parsed, null) ?? parsed;
        }

        if (first.Text == text) return first;
        var texts = _texts ?? Interlocked.CompareExchange(ref _texts, new(StringComparer.Ordinal), null) ?? _texts;
        return texts.GetOrAdd(text, static (key, cache) => TemplateText.Parse(key, cache.Dialect, cache.Limits), this);
    }
}
