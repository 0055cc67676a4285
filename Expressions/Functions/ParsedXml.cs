using System.Text;
using System.Xml;

namespace FlowEngine.Expressions;

/// <summary>A document and its document type declaration, which <see cref="Document"/> must not hold: System.Xml would interpret it.</summary>
/// <param name="Document">The document.</param>
/// <param name="Doctype">The declaration, or null.</param>
internal sealed record ParsedXml(XmlDocument Document, XmlDoctype? Doctype)
{
    /// <summary>Reads a document.</summary>
    /// <exception cref="XmlException">Not well-formed, or beyond the limits.</exception>
    /// <exception cref="ExpressionException">The budget of the evaluation is used up.</exception>
    public static ParsedXml Parse(EvaluationContext context, string text)
    {
        // What System.Xml makes of a tag.
        context.Budget.Take(context.Limits, text.Length >> 3, (2L * text.Length) + (150L * text.AsSpan().Count('<')));
        var doctype = XmlDoctype.CutFrom(ref text);
        return new ParsedXml(SafeXml.Load(text, context.Limits.MaxXmlDepth), doctype);
    }

    /// <summary>Reads the document that content holds; the byte order mark is no part of it.</summary>
    /// <exception cref="FormatException">Bad base64 or charset.</exception>
    /// <exception cref="XmlException">Not well-formed, or beyond the limits.</exception>
    public static ParsedXml Parse(EvaluationContext context, BinaryContent content)
    {
        var text = content.ToText();
        return Parse(context, text.StartsWith('\uFEFF') ? text[1..] : text);
    }

    /// <summary>The document as text, the way System.Xml's DOM writes it (recorded: <c>&lt;a /&gt;</c>).</summary>
    /// <exception cref="ArgumentException">Something that has no form in XML, such as <c>]]&gt;</c> in a CDATA section.</exception>
    public override string ToString()
    {
        if (Doctype is null) return Document.OuterXml;
        var text = new StringBuilder();
        var position = 0;
        foreach (XmlNode node in Document.ChildNodes)
        {
            if (position++ == Doctype.Position) text.Append(Doctype);
            text.Append(node.OuterXml);
        }

        return text.ToString();
    }
}
