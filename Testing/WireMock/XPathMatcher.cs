using System.Xml;
using System.Xml.XPath;

namespace FlowEngine.Testing;

/// <summary>An XPath 1.0 over a body that is XML. Documents with a DTD are none: nothing is fetched, no entity is expanded.</summary>
internal sealed class XPathMatcher
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    private readonly XPathExpression _expression;

    private XPathMatcher(XPathExpression expression) => _expression = expression;

    /// <summary>Compiles an expression.</summary>
    /// <param name="expression">The XPath.</param>
    /// <param name="namespaces">Namespaces by prefix.</param>
    /// <exception cref="XPathException">It is none, or has a prefix without a namespace.</exception>
    /// <exception cref="ArgumentException">A prefix can't be one.</exception>
    public static XPathMatcher Create(string expression, IEnumerable<KeyValuePair<string, string>> namespaces)
    {
        var known = new XmlNamespaceManager(new NameTable());
        foreach (var (prefix, uri) in namespaces) known.AddNamespace(prefix, uri);
        return new XPathMatcher(XPathExpression.Compile(expression, known));
    }

    /// <summary>What it finds in a body: elements as XML, all else as text; a number or text that it gives; <c>true</c> alone for a condition that holds. Nothing where the body is no XML.</summary>
    public IReadOnlyList<string> Find(string body)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(body), Settings);
            return new XPathDocument(reader).CreateNavigator().Evaluate(_expression.Clone()) switch
            {
                XPathNodeIterator nodes => [.. nodes.Cast<XPathNavigator>().Select(node => node.NodeType == XPathNodeType.Element ? node.OuterXml : node.Value)],
                false => [],
                true => ["true"],
                double number => [XmlConvert.ToString(number)],
                var text => [(string)text],
            };
        }
        catch (XmlException)
        {
            return []; // No XML is an answer here: the mock then does not fit.
        }
    }
}
