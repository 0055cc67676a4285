namespace FlowEngine.Expressions;

/// <summary>The parsed texts of one document, so that validation and binding parse each text once.</summary>
/// <param name="dialect">The dialect in which the texts are parsed.</param>
/// <param name="limits">How long and how deep an expression may be; null takes the default.</param>
/// <param name="characters">How long the document is: it tells about how many texts there will be.</param>
internal sealed class TemplateTextCache(ExpressionDialect dialect = ExpressionDialect.Extended, ExpressionLimits? limits = null, int characters = 0)
{
    // One text alone needs no dictionary: with that and the parser's shared list of arguments compile-if went from 3,664 to 2,520 bytes.
    private TemplateText? _first;
    private readonly Lock _lock = new();
    // Large flows have a text of their own every 300 characters; what is more than 1,000 of them may be data.
    private readonly int _capacity = Math.Min(characters / 300, 1_000);
    private Dictionary<string, TemplateText>? _texts;
    private NameCache? _names;

    /// <summary>The dialect in which the texts are parsed.</summary>
    public ExpressionDialect Dialect => dialect;

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
        lock (_lock)
        {
            // Nearly all of it happens on the one thread that loads: a lock that nobody waits for costs less than a concurrent dictionary's nodes.
            _texts ??= new Dictionary<string, TemplateText>(_capacity, StringComparer.Ordinal);
            if (!_texts.TryGetValue(text, out var known)) _texts[text] = known = TemplateText.Parse(text, dialect, limits, _names ??= new NameCache());
            return known;
        }
    }
}
