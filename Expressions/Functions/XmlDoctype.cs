using System.Xml;

namespace FlowEngine.Expressions;

/// <summary>A document type declaration as text; nothing in it is interpreted.</summary>
/// <param name="Name">The root's name.</param>
/// <param name="PublicId">The public identifier, or null.</param>
/// <param name="SystemId">The system identifier, or null.</param>
/// <param name="InternalSubset">What stands between the brackets, or null where there are none.</param>
/// <param name="Position">How many nodes of the document, the XML declaration included, stand before it.</param>
internal sealed record XmlDoctype(string Name, string? PublicId, string? SystemId, string? InternalSubset, int Position)
{
    /// <summary>Cuts the declaration out of a document; blanks take its place, so that lines and positions stay.</summary>
    /// <returns>The declaration, or null where there is none.</returns>
    /// <exception cref="XmlException">The declaration is not well-formed.</exception>
    public static XmlDoctype? CutFrom(ref string document)
    {
        const string Opening = "<!DOCTYPE";
        var scan = new Scanner(document);
        for (var position = 0; ; position++)
        {
            scan.SkipWhiteSpace();
            var start = scan.At;
            if (scan.TrySkip(Opening))
            {
                var doctype = Read(ref scan, position);
                document = string.Create(document.Length, (document, start, end: scan.At), static (blanked, cut) =>
                {
                    cut.document.CopyTo(blanked);
                    foreach (ref var c in blanked[cut.start..cut.end])
                    {
                        if (c is not ('\r' or '\n')) c = ' ';
                    }
                });
                return doctype;
            }

            if (scan.TrySkip("<?")) scan.SkipPast("?>");
            else if (scan.TrySkip("<!--")) scan.SkipPast("-->");
            else return null;
        }
    }

    /// <summary>The declaration as System.Xml writes it.</summary>
    public override string ToString()
    {
        var ids = PublicId is not null ? $" PUBLIC \"{PublicId}\" \"{SystemId}\"" : SystemId is not null ? $" SYSTEM \"{SystemId}\"" : string.Empty;
        return InternalSubset is null ? $"<!DOCTYPE {Name}{ids}>" : $"<!DOCTYPE {Name}{ids}[{InternalSubset}]>";
    }

    private static XmlDoctype Read(ref Scanner scan, int position)
    {
        scan.SkipWhiteSpace();
        var name = XmlConvert.VerifyName(scan.TakeName());
        string? publicId = null;
        string? systemId = null;
        scan.SkipWhiteSpace();
        if (scan.TrySkip("PUBLIC"))
        {
            publicId = scan.TakeLiteral();
            systemId = scan.TakeLiteral();
        }
        else if (scan.TrySkip("SYSTEM"))
        {
            systemId = scan.TakeLiteral();
        }

        scan.SkipWhiteSpace();

        // System.Xml knows no difference between an empty subset and none, and writes both as [].
        var subset = scan.TrySkip("[") ? scan.TakeSubset() : string.Empty;
        scan.SkipWhiteSpace();
        return scan.TrySkip(">") ? new XmlDoctype(name, publicId, systemId, subset, position) : throw Scanner.Malformed();
    }

    private ref struct Scanner(string text)
    {
        public int At { get; private set; }

        public static XmlException Malformed() => new("The document type declaration is not well-formed.");

        public void SkipWhiteSpace()
        {
            while (At < text.Length && text[At] is ' ' or '\t' or '\r' or '\n') At++;
        }

        public bool TrySkip(string token)
        {
            if (!text.AsSpan(At).StartsWith(token, StringComparison.Ordinal)) return false;
            At += token.Length;
            return true;
        }

        public void SkipPast(string closing)
        {
            var at = text.IndexOf(closing, At, StringComparison.Ordinal);
            At = at < 0 ? throw Malformed() : at + closing.Length;
        }

        public string TakeName()
        {
            var start = At;
            while (At < text.Length && text[At] is not (' ' or '\t' or '\r' or '\n' or '[' or '>')) At++;
            return At > start ? text[start..At] : throw Malformed();
        }

        public string TakeLiteral()
        {
            SkipWhiteSpace();
            if (At >= text.Length || text[At] is not ('"' or '\'')) throw Malformed();
            var start = At + 1;
            var end = text.IndexOf(text[At], start);
            At = end < 0 ? throw Malformed() : end + 1;
            return text[start..end];
        }

        public string TakeSubset()
        {
            var start = At;
            while (!TrySkip("]"))
            {
                if (At >= text.Length) throw Malformed();
                if (TrySkip("<!--")) SkipPast("-->");
                else if (TrySkip("<?")) SkipPast("?>");
                else if (text[At] is '"' or '\'') TakeLiteral();
                else At++;
            }

            return text[start..(At - 1)];
        }
    }
}
