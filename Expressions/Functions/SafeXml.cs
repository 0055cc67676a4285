using System.Globalization;
using System.Xml;

namespace FlowEngine.Expressions;

/// <summary>The one way to read XML: no DTD is processed, no entity expanded, nothing fetched, size and depth bounded.</summary>
/// <remarks>A <c>!DOCTYPE</c> is an error; <see cref="ParsedXml"/> cuts it out before, where the service keeps its text.</remarks>
internal static class SafeXml
{
    /// <summary>Elements nested in each other; System.Xml takes quadratic time and the stack beyond.</summary>
    public const int MaxDepth = 256;

    private const long MaxCharacters = 104_857_600;

    /// <summary>Reads a document.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="maxDepth">How deep elements may be nested, at most <see cref="MaxDepth"/>.</param>
    /// <param name="keepSpace">Keeps text that is only white space, which is dropped otherwise.</param>
    /// <exception cref="XmlException">Not well-formed, or beyond the limits.</exception>
    public static XmlDocument Load(string text, int maxDepth = MaxDepth, bool keepSpace = false)
    {
        CheckDepth(text, Math.Min(maxDepth, MaxDepth));
        using var reader = Open(text, keepSpace);
        var document = new XmlDocument { XmlResolver = null, PreserveWhitespace = keepSpace };
        document.Load(reader);
        return document;
    }

    private static XmlReader Open(string text, bool keepSpace = false) => XmlReader.Create(
        new StringReader(text),
        new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreWhitespace = !keepSpace,
            MaxCharactersInDocument = MaxCharacters,
        });

    private static void CheckDepth(string text, int maxDepth)
    {
        using var reader = Open(text);
        while (reader.Read())
        {
            if (reader.Depth > maxDepth) throw new XmlException(string.Create(CultureInfo.InvariantCulture, $"The document is nested deeper than {maxDepth} levels."));
        }
    }
}
