using System.Xml;

namespace FlowEngine.Expressions;

/// <summary>XML as JSON, by the convention of Newtonsoft's XmlNodeConverter, which the service uses.</summary>
/// <remarks>
/// Attributes are <c>@name</c>, text is <c>#text</c>, CDATA <c>#cdata-section</c>, the declaration <c>?xml</c>, the document type
/// <c>!DOCTYPE</c>. Repeated names make an array at the first one's place. <c>&lt;e/&gt;</c> is null and <c>&lt;e&gt;&lt;/e&gt;</c> the empty
/// string. One comment vanishes, several leave an empty array. All recorded.
/// </remarks>
internal sealed class XmlJsonConversion
{
    private const string JsonNamespace = "http://james.newtonking.com/projects/json";
    private const string DeclarationNamespace = "http://www.w3.org/2000/xmlns/";

    private readonly XmlNamespaceManager _prefixes = new(new NameTable());

    private XmlJsonConversion()
    {
    }

    /// <summary>The document as an object.</summary>
    public static FlowValue ToJson(ParsedXml text)
    {
        var builder = new FlowObjectBuilder();
        var conversion = new XmlJsonConversion();
        if (text.Doctype is not { } doctype)
        {
            conversion.AddMembers(builder, [.. text.Document.ChildNodes.Cast<XmlNode>()]);
            return builder.ToValue();
        }

        conversion.AddMembers(builder, [.. text.Document.ChildNodes.Cast<XmlNode>().Take(doctype.Position)]);
        builder.Add("!DOCTYPE", Doctype(doctype));
        conversion.AddMembers(builder, [.. text.Document.ChildNodes.Cast<XmlNode>().Skip(doctype.Position)]);
        return builder.ToValue();
    }

    private static FlowValue Doctype(XmlDoctype doctype)
    {
        var builder = new FlowObjectBuilder();
        AddUnlessEmpty(builder, "@name", doctype.Name);
        AddUnlessEmpty(builder, "@public", doctype.PublicId);
        AddUnlessEmpty(builder, "@system", doctype.SystemId);
        AddUnlessEmpty(builder, "@internalSubset", doctype.InternalSubset);
        return builder.ToValue();
    }

    private static FlowValue Declaration(XmlDeclaration declaration)
    {
        var builder = new FlowObjectBuilder();
        AddUnlessEmpty(builder, "@version", declaration.Version);
        AddUnlessEmpty(builder, "@encoding", declaration.Encoding);
        AddUnlessEmpty(builder, "@standalone", declaration.Standalone);
        return builder.ToValue();
    }

    private static void AddUnlessEmpty(FlowObjectBuilder builder, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) builder.Add(name, FlowValue.String(value));
    }

    private void AddMembers(FlowObjectBuilder builder, XmlNode[] children)
    {
        foreach (var group in children.GroupBy(Name))
        {
            XmlNode[] nodes = [.. group];
            if (nodes.Length > 1 || IsArray(nodes[0]))
                builder.Set(group.Key, FlowValue.Array(FlowArray.Create(nodes.Where(n => n.NodeType != XmlNodeType.Comment).Select(n => Value(n).Value))));
            else if (nodes[0].NodeType != XmlNodeType.Comment && Value(nodes[0]) is var (name, value))
                builder.Set(name, value);
        }
    }

    /// <summary>A node's value, and its name now that the prefixes it declares itself are known.</summary>
    private (string Name, FlowValue Value) Value(XmlNode node)
    {
        switch (node)
        {
            case XmlElement element:
                _prefixes.PushScope();
                DeclarePrefixes(element);
                var result = (Name(element), Element(element));
                _prefixes.PopScope();
                return result;
            case XmlDeclaration declaration:
                return (Name(node), Declaration(declaration));
            default:
                return (Name(node), FlowValue.String(node.Value));
        }
    }

    private FlowValue Element(XmlElement element)
    {
        XmlNode[] children = [.. element.ChildNodes.Cast<XmlNode>()];
        if (IsArray(element) && children.Length > 0 && children.All(c => c.LocalName == element.LocalName))
            return FlowValue.Array(FlowArray.Create(children.Select(c => Value(c).Value)));
        var attributes = element.Attributes.Cast<XmlAttribute>().Where(a => !IsJsonAttribute(a)).ToArray();
        if (attributes.Length == 0 && children is [XmlText text]) return FlowValue.String(text.Value);
        if (element.Attributes.Count == 0 && children.Length == 0) return element.IsEmpty ? FlowValue.Null : FlowValue.EmptyString;
        var builder = new FlowObjectBuilder();
        foreach (var attribute in attributes) builder.Set(Name(attribute), FlowValue.String(attribute.Value));
        AddMembers(builder, children);
        return builder.ToValue();
    }

    private void DeclarePrefixes(XmlElement element)
    {
        foreach (XmlAttribute attribute in element.Attributes)
        {
            if (attribute.NamespaceURI == DeclarationNamespace)
                _prefixes.AddNamespace(attribute.LocalName == "xmlns" ? string.Empty : XmlConvert.DecodeName(attribute.LocalName)!, attribute.Value); // A name is never null.
        }
    }

    private string Name(XmlNode node) => node.NodeType switch
    {
        XmlNodeType.Attribute => (node.NamespaceURI == JsonNamespace ? "$" : "@") + QualifiedName(node),
        XmlNodeType.Element => node.NamespaceURI == JsonNamespace ? "$" + node.LocalName : QualifiedName(node),
        XmlNodeType.CDATA => "#cdata-section",
        XmlNodeType.Comment => "#comment",
        XmlNodeType.SignificantWhitespace => "#significant-whitespace",
        XmlNodeType.XmlDeclaration or XmlNodeType.ProcessingInstruction => "?" + QualifiedName(node),
        _ => "#text",
    };

    private string QualifiedName(XmlNode node)
    {
        var prefix = node.NamespaceURI.Length == 0 || (node.LocalName == "xmlns" && node.NamespaceURI == DeclarationNamespace) ? null : _prefixes.LookupPrefix(node.NamespaceURI);
        var name = XmlConvert.DecodeName(node.LocalName)!; // A name is never null.
        return string.IsNullOrEmpty(prefix) ? name : $"{prefix}:{name}";
    }

    private static bool IsArray(XmlNode node) =>
        node is XmlElement element && element.Attributes.Cast<XmlAttribute>().Any(a => a is { LocalName: "Array", NamespaceURI: JsonNamespace } && XmlConvert.ToBoolean(a.Value));

    private static bool IsJsonAttribute(XmlAttribute attribute) =>
        (attribute.NamespaceURI == DeclarationNamespace && attribute.Value == JsonNamespace) || attribute is { LocalName: "Array", NamespaceURI: JsonNamespace };
}
