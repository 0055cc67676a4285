using System.Text;
using System.Xml;

namespace FlowEngine.Expressions;

/// <summary>JSON out of text and content.</summary>
internal static class JsonFunctions
{
    private const string Name = "json";

    public static readonly FunctionTable Table = new()
    {
        new FunctionSpec(Name, 1, 1, (context, values) => Json(context, values[0]))
        {
            IsDeterministic = true,
            Summary = "The value that JSON text, or content with JSON or XML in it, stands for.",
            Parameters = ["value: String, or content"],
            Examples =
            [
                "json('{\"a\":1}') -> {\"a\":1}",
                "json(xml('<root><a id=\"1\">x</a><b/></root>')) -> {\"root\":{\"a\":{\"@id\":\"1\",\"#text\":\"x\"},\"b\":null}}",
            ],
            Source = "expression-functions-reference#json; recorded",
        },
        new FunctionSpec(Name, 1, 1, (context, values) => IsJson(values[0]) ? values[0] : Json(context, values[0]))
        {
            IsDeterministic = true,
            Summary = "The value that JSON text, or content with JSON or XML in it, stands for; any other value but null stays what it is.",
            Parameters = ["value: anything but null"],
            Examples = ["json(createArray(1)) -> [1]"],
            Origin = FunctionOrigin.Extension,
            Source = "measured on one host, refused by the other: expressions reference, section 8",
        },
    };

    private static bool IsJson(FlowValue value) => !value.IsNull && !value.IsString && BinaryContent.FromValue(value) is null;

    private static FlowValue Json(EvaluationContext context, FlowValue value)
    {
        if (value.AsStringOrNull is { } text) return Parse(context, text);
        if (BinaryContent.FromValue(value) is not { } content) throw ArgumentFailure.Parameter(Name, "to be a string or an XML", value);
        try
        {
            return content.IsXml ? FromXml(context, content) : Parse(context, content.ToText());
        }
        catch (Exception e) when (e is XmlException or FormatException)
        {
            throw NotParsed("<content>", e);
        }
    }

    private static FlowValue Parse(EvaluationContext context, string text)
    {
        // Counted before they are made: "[1],[1]," takes thirty times the memory of its text.
        var span = text.AsSpan();
        context.Budget.Take(context.Limits, span.Length >> 3, (2L * span.Length) + (16L * span.Count(',')) + (120L * (span.Count('[') + span.Count('{'))));
        try
        {
            return FlowJson.Parse(text);
        }
        catch (FlowJsonException e)
        {
            throw NotParsed(text, e);
        }
    }

    private static FlowValue FromXml(EvaluationContext context, BinaryContent content)
    {
        var xml = ParsedXml.Parse(context, content);

        // The bytes are what the content type says; a declaration that could not describe them is refused (recorded).
        if (xml.Document.FirstChild is XmlDeclaration { Encoding: { Length: > 0 } declared } && BinaryContent.FindEncoding(declared) is null or UnicodeEncoding or UTF32Encoding)
            throw new XmlException($"System does not support '{declared}' encoding.");
        return XmlJsonConversion.ToJson(xml);
    }

    private static ExpressionException NotParsed(string value, Exception cause)
    {
        // What Newtonsoft says of text without a value.
        var reason = string.IsNullOrWhiteSpace(value) ? "Error reading JToken from JsonReader. Path '', line 0, position 0." : cause.Message;
        var shown = value.Length <= 4_096 ? value : value[..4_096] + "…";
        return ArgumentFailure.Because(Name, $"parameter is not valid. The provided value '{shown}' cannot be parsed: '{reason}'.");
    }
}
