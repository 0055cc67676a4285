using System.Xml;

namespace FlowEngine.Expressions;

/// <summary>JSON as XML, by the convention of Newtonsoft's XmlNodeConverter; the way back is <see cref="XmlJsonConversion"/>.</summary>
/// <remarks>
/// Characters that a name can't have become <c>_xHHHH_</c>; a prefix that nothing declares is dropped; null makes an empty element, an
/// empty array nothing; several texts run together. All recorded.
/// </remarks>
internal sealed class JsonXmlConversion
{
    private readonly XmlDocument _document = new() { XmlResolver = null };
    private readonly XmlNamespaceManager _prefixes = new(new NameTable());
    private XmlDoctype? _doctype;

    private JsonXmlConversion()
    {
    }

    /// <summary>The document of an object with one root.</summary>
    /// <exception cref="XmlException">No root, several, or a member that has no form in XML.</exception>
    /// <exception cref="ArgumentException">A member that has no form in XML.</exception>
    /// <exception cref="InvalidOperationException">A member that can't stand where it does.</exception>
    public static ParsedXml ToXml(FlowObject value)
    {
        var conversion = new JsonXmlConversion();
        for (var i = 0; i < value.Count; i++)
        {
            if (conversion._document.DocumentElement is not null) throw new XmlException("JSON root object has multiple properties. The root object must have a single property in order to create a valid XML document.");
            if (value.Values[i].IsArray) throw new XmlException("The root of an XML document cannot be an array.");
            conversion.AppendValue(conversion._document, value.Names[i], value.Values[i]);
        }

        if (conversion._document.DocumentElement is null) throw new XmlException("Root element is missing.");
        return new ParsedXml(conversion._document, conversion._doctype);
    }

    private void AppendMember(XmlNode parent, string name, FlowValue value)
    {
        if (value.AsArrayOrNull is not { } array)
        {
            AppendValue(parent, name, value);
            return;
        }

        foreach (var item in array) AppendValue(parent, name, item);
    }

    private void AppendValue(XmlNode parent, string name, FlowValue value)
    {
        switch (name)
        {
            case "#text":
                parent.AppendChild(_document.CreateTextNode(Text(value)));
                break;
            case "#cdata-section":
                parent.AppendChild(_document.CreateCDataSection(Text(value)));
                break;
            case "#whitespace":
                parent.AppendChild(_document.CreateWhitespace(Text(value)));
                break;
            case "#significant-whitespace":
                parent.AppendChild(_document.CreateSignificantWhitespace(Text(value)));
                break;
            case "?xml":
                parent.AppendChild(Declaration(value));
                break;
            case ['?', .. var target]:
                parent.AppendChild(_document.CreateProcessingInstruction(target, Text(value)));
                break;
            case ['@', .. var attribute]:
                AppendAttribute(parent, attribute, value);
                break;
            case "":
                throw new XmlException("An empty property name cannot be converted to XML.");
            case var _ when name.Equals("!DOCTYPE", StringComparison.OrdinalIgnoreCase):
                _doctype = Doctype(value, parent.ChildNodes.Count);
                break;
            case var _ when value.AsArrayOrNull is { } nested:
                var outer = CreateElement(name);
                parent.AppendChild(outer);
                foreach (var item in nested) AppendValue(outer, name, item);
                break;
            default:
                AppendElement(parent, name, value);
                break;
        }
    }

    private void AppendElement(XmlNode parent, string name, FlowValue value)
    {
        if (value.AsObjectOrNull is not { } o)
        {
            var leaf = CreateElement(name);
            parent.AppendChild(leaf);
            if (!value.IsNull) leaf.AppendChild(_document.CreateTextNode(Text(value)));
            return;
        }

        // The attributes in front may declare the prefix of the element itself.
        var attributes = 0;
        while (attributes < o.Count && o.Names[attributes].StartsWith('@'))
        {
            var attribute = o.Names[attributes][1..];
            if (attribute == "xmlns") _prefixes.AddNamespace(string.Empty, Text(o.Values[attributes]));
            else if (attribute.StartsWith("xmlns:", StringComparison.Ordinal)) _prefixes.AddNamespace(attribute[6..], Text(o.Values[attributes]));
            attributes++;
        }

        var element = CreateElement(name);
        parent.AppendChild(element);
        for (var i = 0; i < attributes; i++) AppendAttribute(element, o.Names[i][1..], o.Values[i]);
        _prefixes.PushScope();
        for (var i = attributes; i < o.Count; i++) AppendMember(element, o.Names[i], o.Values[i]);
        _prefixes.PopScope();
        _prefixes.RemoveNamespace(string.Empty, _prefixes.DefaultNamespace);
    }

    private XmlElement CreateElement(string name)
    {
        var prefix = Prefix(name);
        var uri = prefix is null ? _prefixes.DefaultNamespace : _prefixes.LookupNamespace(prefix);
        var encoded = XmlConvert.EncodeName(name)!; // A name is never null.
        return string.IsNullOrEmpty(uri) ? _document.CreateElement(encoded) : _document.CreateElement(encoded, uri);
    }

    private void AppendAttribute(XmlNode parent, string name, FlowValue value)
    {
        if (parent is not XmlElement element) throw new XmlException($"JSON root object has property '@{name}' that will be converted to an attribute. A root object cannot have any attribute properties.");
        var encoded = XmlConvert.EncodeName(name)!; // A name is never null.
        var attribute = Prefix(name) is { } prefix ? _document.CreateAttribute(encoded, _prefixes.LookupNamespace(prefix) ?? string.Empty) : _document.CreateAttribute(encoded);
        attribute.Value = Text(value);
        element.SetAttributeNode(attribute);
    }

    private XmlDeclaration Declaration(FlowValue value)
    {
        string? version = null, encoding = null, standalone = null;
        foreach (var (name, member) in value.AsObjectOrNull ?? throw NoText(value))
        {
            switch (name)
            {
                case "@version":
                    version = Text(member);
                    break;
                case "@encoding":
                    encoding = Text(member);
                    break;
                case "@standalone":
                    standalone = Text(member);
                    break;
                default:
                    throw new XmlException($"Unexpected property name encountered while deserializing XmlDeclaration: {name}");
            }
        }

        return _document.CreateXmlDeclaration(version ?? string.Empty, encoding, standalone);
    }

    private static XmlDoctype Doctype(FlowValue value, int position)
    {
        string name = string.Empty;
        string? publicId = null, systemId = null, subset = null;
        foreach (var (member, text) in value.AsObjectOrNull ?? throw NoText(value))
        {
            switch (member)
            {
                case "@name":
                    name = Text(text);
                    break;
                case "@public":
                    publicId = Text(text);
                    break;
                case "@system":
                    systemId = Text(text);
                    break;
                case "@internalSubset":
                    subset = Text(text);
                    break;
                default:
                    throw new XmlException($"Unexpected property name encountered while deserializing XmlDocumentType: {member}");
            }
        }

        return new XmlDoctype(XmlConvert.VerifyName(name), publicId, systemId, subset, position);
    }

    private static string? Prefix(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < name.Length - 1 ? name[..colon] : null;
    }

    private static string Text(FlowValue value) => value.Kind switch
    {
        FlowValueKind.Null => string.Empty,
        FlowValueKind.String => value.AsString,
        FlowValueKind.Boolean => XmlConvert.ToString(value.AsBoolean),
        FlowValueKind.Integer => XmlConvert.ToString(value.AsInteger),
        FlowValueKind.Float => XmlConvert.ToString(value.AsDouble),
        FlowValueKind.Decimal => XmlConvert.ToString(value.AsDecimal),
        _ => throw NoText(value),
    };

    private static XmlException NoText(FlowValue value) => new($"Cannot get an XML string value from an {value.Kind}.");
}
