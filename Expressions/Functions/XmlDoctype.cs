using System.Buffers;

namespace FlowEngine.Expressions;

/// <summary>A document type declaration as text; nothing in it is interpreted.</summary>
/// <param name="Name">The root's name.</param>
/// <param name="PublicId">The public identifier, or null.</param>
/// <param name="SystemId">The system identifier, or null.</param>
/// <param name="InternalSubset">What stands between the brackets, or null where there are none.</param>
/// <param name="Position">How many nodes of the document, the XML declaration included, stand before it.</param>
internal sealed record XmlDoctype(string Name, string? PublicId, string? SystemId, string? InternalSubset, int Position)
{
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n[>");

    /// <summary>Finds the declaration in a document that is known to be well-formed; null where there is none.</summary>
    public static XmlDoctype? Find(string document)
    {
        const string Opening = "<!DOCTYPE";
        var at = 0;
        for (var position = 0; ; position++)
        {
            at = SkipWhiteSpace(document, at);
            if (StartsWith(document, at, Opening)) return Read(document, at + Opening.Length, position);
            if (StartsWith(document, at, "<?")) at = After(document, "?>", at + 2);
            else if (StartsWith(document, at, "<!--")) at = After(document, "-->", at + 4);
            else return null;
        }
    }

    /// <summary>The declaration as System.Xml writes it.</summary>
    public override string ToString()
    {
        var ids = PublicId is not null ? $" PUBLIC \"{PublicId}\" \"{SystemId}\"" : SystemId is not null ? $" SYSTEM \"{SystemId}\"" : string.Empty;
        return InternalSubset is null ? $"<!DOCTYPE {Name}{ids}>" : $"<!DOCTYPE {Name}{ids}[{InternalSubset}]>";
    }

    private static XmlDoctype Read(string document, int start, int position)
    {
        var at = SkipWhiteSpace(document, start);
        var end = document.AsSpan(at).IndexOfAny(NameEnds) + at;
        var name = document[at..end];
        at = SkipWhiteSpace(document, end);
        string? publicId = null;
        string? systemId = null;
        if (StartsWith(document, at, "PUBLIC"))
        {
            publicId = Quoted(document, ref at);
            systemId = Quoted(document, ref at);
        }
        else if (StartsWith(document, at, "SYSTEM"))
        {
            systemId = Quoted(document, ref at);
        }

        at = SkipWhiteSpace(document, at);

        // System.Xml knows no difference between an empty subset and none, and writes both as [].
        var subset = document[at] == '[' ? document[(at + 1)..EndOfSubset(document, at + 1)] : string.Empty;
        return new XmlDoctype(name, publicId, systemId, subset, position);
    }

    private static int EndOfSubset(string document, int at)
    {
        while (document[at] != ']')
        {
            if (StartsWith(document, at, "<!--")) at = After(document, "-->", at + 4);
            else if (StartsWith(document, at, "<?")) at = After(document, "?>", at + 2);
            else if (document[at] is '"' or '\'') at = document.IndexOf(document[at], at + 1) + 1;
            else at++;
        }

        return at;
    }

    private static string Quoted(string document, ref int at)
    {
        var start = document.AsSpan(at).IndexOfAny('"', '\'') + at + 1;
        var end = document.IndexOf(document[start - 1], start);
        at = end + 1;
        return document[start..end];
    }

    private static int After(string document, string closing, int at) => document.IndexOf(closing, at, StringComparison.Ordinal) + closing.Length;

    private static bool StartsWith(string document, int at, string text) => document.AsSpan(at).StartsWith(text, StringComparison.Ordinal);

    private static int SkipWhiteSpace(string document, int at)
    {
        while (at < document.Length && document[at] is ' ' or '\t' or '\r' or '\n') at++;
        return at;
    }
}
