using System.Net;
using System.Security;
using System.Xml;
using System.Xml.XPath;

namespace FlowEngine.Expressions;

/// <summary>XML content, queries of it, and the escapes of its text and names.</summary>
internal static class XmlFunctions
{
    public static readonly FunctionTable Table = new()
    {
        new FunctionSpec("xml", 1, 1, Xml)
        {
            IsDeterministic = true,
            Summary = "XML content of text, or of an object with one root.",
            Parameters = ["value: String, object with one root, or content, which is taken over without a look at it"],
            Examples =
            [
                "string(xml('<name>Sophia Owen</name>')) -> \"<name>Sophia Owen</name>\"",
                "string(xml(json('{\"root\":{\"@id\":1,\"a\":[1,2]}}'))) -> \"<root id=\\\"1\\\"><a>1</a><a>2</a></root>\"",
            ],
            Source = "expression-functions-reference#xml; recorded",
        },
        new FunctionSpec("xpath", 2, 2, XPath)
        {
            IsDeterministic = true,
            Summary = "What an XPath 1.0 expression finds in XML content: an array of its nodes, or a number, text or boolean.",
            Parameters = ["xml: XML content", "xpath: String; names with prefixes need local-name()"],
            Examples = ["xpath(xml('<r><v>1</v><v>2</v></r>'), 'sum(/r/v)') -> 3.0", "xpath(xml('<r><v>1</v><v>2</v></r>'), '/r/v/text()') -> [\"1\",\"2\"]"],
            Source = "expression-functions-reference#xpath; recorded",
        },
        new FunctionSpec("encodeXmlValue", value => FlowValue.String(SecurityElement.Escape(Text("encodeXmlValue", value))))
        {
            Summary = "Escapes the characters that have a meaning in XML.",
            Parameters = ["value: String"],
            Examples = ["encodeXmlValue('a<b&c') -> \"a&lt;b&amp;c\""],
            Origin = FunctionOrigin.Undocumented,
            Source = "designer manifest; assumed",
        },
        new FunctionSpec("decodeXmlValue", value => FlowValue.String(WebUtility.HtmlDecode(Text("decodeXmlValue", value))))
        {
            Summary = "Replaces the escapes of XML by their characters.",
            Parameters = ["value: String"],
            Examples = ["decodeXmlValue('a&lt;b&amp;c') -> \"a<b&c\""],
            Origin = FunctionOrigin.Undocumented,
            Source = "designer manifest; assumed",
        },
        new FunctionSpec("encodeXmlName", value => FlowValue.String(XmlConvert.EncodeName(Text("encodeXmlName", value))))
        {
            Summary = "Replaces the characters that a name in XML can't have by _xHHHH_.",
            Parameters = ["name: String"],
            Examples = ["encodeXmlName('a b') -> \"a_x0020_b\""],
            Origin = FunctionOrigin.Undocumented,
            Source = "designer manifest; assumed",
        },
        new FunctionSpec("decodeXmlName", value => FlowValue.String(XmlConvert.DecodeName(Text("decodeXmlName", value))))
        {
            Summary = "Replaces _xHHHH_ in a name by its characters.",
            Parameters = ["name: String"],
            Examples = ["decodeXmlName('a_x0020_b') -> \"a b\""],
            Origin = FunctionOrigin.Undocumented,
            Source = "designer manifest; assumed",
        },
    };

    private static FlowValue Xml(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        var value = arguments[0];
        TextLimit.Check(context, "xml", value.Size);
        if (BinaryContent.FromValue(value) is { } content) return (content with { ContentType = BinaryContent.Xml }).ToValue();
        if (value.AsObjectOrNull is { Count: 0 }) return new BinaryContent(BinaryContent.Xml, string.Empty).ToValue();
        try
        {
            var document = value.AsStringOrNull is { } text ? ParsedXml.Parse(context, text)
                : value.AsObjectOrNull is { } o ? FromJson(context, o)
                : throw ArgumentFailure.Because(
                    "xml",
                    $"expects its parameter to be a string or an object. The provided value is of type '{ValueText.TypeName(value)}' and cannot be converted to XML.",
                    ArgumentFailure.Describe("xml", 1, value));
            return Content(document.ToString());
        }
        catch (Exception e) when (e is XmlException or ArgumentException or InvalidOperationException)
        {
            throw ArgumentFailure.Because("xml", $"parameter is not valid. The provided value cannot be converted to XML: '{e.Message}'.");
        }
    }

    private static ParsedXml FromJson(EvaluationContext context, FlowObject o)
    {
        // A member becomes an element and its text, 25 bytes a character of JSON at most.
        context.Budget.Take(context.Limits, o.Size, 25L * o.Size);
        return JsonXmlConversion.ToXml(o);
    }

    private static FlowValue XPath(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        var xml = arguments[0];
        var xpath = arguments[1];
        const string Name = "xpath";
        if (BinaryContent.FromValue(xml) is not { IsXml: true } content) throw ArgumentFailure.Parameter(Name, 1, "to be an XML object", xml);
        var path = xpath.AsStringOrNull ?? throw ArgumentFailure.Parameter(Name, 2, "to be a string", xpath);
        try
        {
            // XPathNavigator.Evaluate gives a number, text, a boolean or nodes.
            var document = ParsedXml.Parse(context, content).Document;
            return new MeteredNavigator(document.CreateNavigator()!, new XPathBudget(context.Limits.MaxXPathSteps, context.Limits.XPathTime)).Evaluate(path) switch
            {
                double number => number,
                bool boolean => boolean,
                string text => FlowValue.String(text),
                var nodes => FlowValue.Array(FlowArray.Create(((XPathNodeIterator)nodes).Cast<XPathNavigator>().Select(node => Node(context, node)))),
            };
        }
        catch (Exception e) when (e is XPathException or ArgumentException)
        {
            throw ArgumentFailure.Because(Name, "parameters are invalid: the 'xpath' parameter must be a supported, well formed XPath expression.", e.Message);
        }
        catch (Exception e) when (e is XmlException or FormatException)
        {
            throw ArgumentFailure.Because(Name, "parameters are invalid: the 'xml' parameter must be well formed XML.", e.Message);
        }
    }

    private static FlowValue Node(EvaluationContext context, XPathNavigator node)
    {
        var isElement = node.NodeType is XPathNodeType.Element or XPathNodeType.Root && node.UnderlyingObject is XmlNode;
        var value = isElement ? Content(((XmlNode)node.UnderlyingObject!).OuterXml) : FlowValue.String(node.Value); // isElement says that it is there
        context.Budget.Take(context.Limits, value.Size >> 6, 2L * value.Size);
        return value;
    }

    private static FlowValue Content(string xml) => BinaryContent.FromText(BinaryContent.Xml, xml).ToValue();

    private static string Text(string function, FlowValue value) => value.AsStringOrNull ?? throw ArgumentFailure.Parameter(function, "to be a string", value);
}
