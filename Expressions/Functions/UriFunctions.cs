using System.Net;
using System.Text;

namespace FlowEngine.Expressions;

/// <summary>Parts of URIs, and percent-encoding.</summary>
/// <remarks>The parts are those of <see cref="Uri"/>: the host in lower case, the path percent-encoded, user and fragment left out (assumed).</remarks>
internal static class UriFunctions
{
    public static readonly FunctionTable Table = new()
    {
        new FunctionSpec("uriHost", value => FlowValue.String(Read("uriHost", value).Host))
        {
            Summary = "The host of a URI.",
            Parameters = ["uri: String"],
            Examples = ["uriHost('https://www.localhost.com:8080') -> \"www.localhost.com\""],
            Source = "expression-functions-reference#uriHost",
        },
        new FunctionSpec("uriPath", value => FlowValue.String(Read("uriPath", value).AbsolutePath))
        {
            Summary = "The path of a URI, '/' where there is none.",
            Parameters = ["uri: String"],
            Examples = ["uriPath('https://www.contoso.com/catalog/shownew.htm?date=today') -> \"/catalog/shownew.htm\""],
            Source = "expression-functions-reference#uriPath",
        },
        new FunctionSpec("uriPathAndQuery", value => FlowValue.String(Read("uriPathAndQuery", value).PathAndQuery))
        {
            Summary = "The path and the query of a URI.",
            Parameters = ["uri: String"],
            Examples = ["uriPathAndQuery('https://www.contoso.com/catalog/shownew.htm?date=today') -> \"/catalog/shownew.htm?date=today\""],
            Source = "expression-functions-reference#uriPathAndQuery",
        },
        new FunctionSpec("uriPort", value => Read("uriPort", value).Port)
        {
            Summary = "The port of a URI; that of its scheme where it names none.",
            Parameters = ["uri: String"],
            Examples = ["uriPort('https://www.localhost:8080') -> 8080", "uriPort('http://x.com') -> 80"],
            Source = "expression-functions-reference#uriPort",
        },
        new FunctionSpec("uriQuery", value => FlowValue.String(Read("uriQuery", value).Query))
        {
            Summary = "The query of a URI with its question mark.",
            Parameters = ["uri: String"],
            Examples = ["uriQuery('https://www.contoso.com/catalog/shownew.htm?date=today') -> \"?date=today\""],
            Source = "expression-functions-reference#uriQuery",
        },
        new FunctionSpec("uriScheme", value => FlowValue.String(Read("uriScheme", value).Scheme))
        {
            Summary = "The scheme of a URI.",
            Parameters = ["uri: String"],
            Examples = ["uriScheme('https://www.contoso.com/catalog/shownew.htm?date=today') -> \"https\""],
            Source = "expression-functions-reference#uriScheme",
        },
        new FunctionSpec("uriComponent", 1, FunctionSpec.Any, EncodeUriComponent)
        {
            IsDeterministic = true,
            Summary = "Percent-encodes the text of its arguments for use in a URI.",
            Parameters = ["value, ...: anything; several are joined as text"],
            Examples = ["uriComponent('https://contoso.com') -> \"https%3A%2F%2Fcontoso.com\""],
            Source = "expression-functions-reference#uriComponent; recorded",
        },
        new FunctionSpec("encodeUriComponent", 1, FunctionSpec.Any, EncodeUriComponent)
        {
            IsDeterministic = true,
            Summary = "Percent-encodes the text of its arguments; an older name of uriComponent.",
            Parameters = ["value, ...: anything; several are joined as text"],
            Examples = ["encodeUriComponent('https://contoso.com') -> \"https%3A%2F%2Fcontoso.com\""],
            Source = "expression-functions-reference#encodeUriComponent; recorded",
        },
        new FunctionSpec("uriComponentToString", value => DecodeUriComponent("uriComponentToString", value))
        {
            Summary = "The text of a percent-encoded string; a plus sign is a space.",
            Parameters = ["value: String"],
            Examples = ["uriComponentToString('https%3A%2F%2Fcontoso.com') -> \"https://contoso.com\""],
            Source = "expression-functions-reference#uriComponentToString; recorded",
        },
        new FunctionSpec("decodeUriComponent", value => DecodeUriComponent("decodeUriComponent", value))
        {
            Summary = "The text of a percent-encoded string; an older name of uriComponentToString.",
            Parameters = ["value: String"],
            Examples = ["decodeUriComponent('https%3A%2F%2Fcontoso.com') -> \"https://contoso.com\""],
            Source = "expression-functions-reference#decodeUriComponent; recorded",
        },
        new FunctionSpec("uriComponentToBinary", UriComponentToBinary)
        {
            Summary = "Binary content of the bytes of a percent-encoded string.",
            Parameters = ["value: String"],
            Examples = ["uriComponentToBinary('a%20b') -> {\"$content-type\":\"application/octet-stream\",\"$content\":\"YSBi\"}"],
            Source = "expression-functions-reference#uriComponentToBinary",
        },
    };

    private static FlowValue EncodeUriComponent(EvaluationContext context, ReadOnlySpan<FlowValue> values)
    {
        if (values.Length == 1) return FlowValue.String(Uri.EscapeDataString(TextLimit.Text(context, "uriComponent", values[0])));
        var text = new StringBuilder();
        foreach (var value in values)
        {
            TextLimit.Check(context, "uriComponent", (long)text.Length + value.Size);
            text.Append(ValueText.Of(value));
        }

        return FlowValue.String(Uri.EscapeDataString(text.ToString()));
    }

    private static FlowValue DecodeUriComponent(string function, FlowValue value) => FlowValue.String(WebUtility.UrlDecode(Text(function, value)));

    private static FlowValue UriComponentToBinary(FlowValue value) =>
        BinaryContent.FromBytes(BinaryContent.OctetStream, DataUri.PercentDecode(Text("uriComponentToBinary", value))).ToValue();

    private static Uri Read(string function, FlowValue value)
    {
        var text = Text(function, value);

        // A rooted path of the machine's file system is a URI to .NET, but to nobody else.
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && (!uri.IsFile || text.TrimStart().StartsWith("file:", StringComparison.OrdinalIgnoreCase))) return uri;
        throw ArgumentFailure.Because(function, $"expects its parameter to be a valid absolute URI. The provided value '{text}' was not formatted correctly.");
    }

    private static string Text(string function, FlowValue value) => value.AsStringOrNull ?? throw ArgumentFailure.Parameter(function, "to be a string", value);
}
