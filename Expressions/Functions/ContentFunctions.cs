using System.Text;

namespace FlowEngine.Expressions;

/// <summary>Base64, binary content and data URIs.</summary>
internal static class ContentFunctions
{
    public static readonly FunctionTable Table = new()
    {
        new FunctionSpec("base64", Base64)
        {
            Summary = "The base64 text of a string's UTF-8 bytes, or of content.",
            Parameters = ["value: String or content"],
            Examples = ["base64('hello') -> \"aGVsbG8=\"", "base64(binary('hi')) -> \"aGk=\""],
            Source = "expression-functions-reference#base64; recorded",
        },
        new FunctionSpec("base64ToString", value => DecodeBase64("base64ToString", value))
        {
            Summary = "The text of base64, read as UTF-8.",
            Parameters = ["value: String, base64"],
            Examples = ["base64ToString('aGVsbG8=') -> \"hello\""],
            Source = "expression-functions-reference#base64ToString; recorded",
        },
        new FunctionSpec("decodeBase64", value => DecodeBase64("decodeBase64", value))
        {
            Summary = "The text of base64, read as UTF-8; an older name of base64ToString.",
            Parameters = ["value: String, base64"],
            Examples = ["decodeBase64('aGVsbG8=') -> \"hello\""],
            Source = "expression-functions-reference#decodeBase64; recorded",
        },
        new FunctionSpec("base64ToBinary", Base64ToBinary)
        {
            Summary = "Binary content of the bytes of base64; the text is kept as it is, spaces included.",
            Parameters = ["value: String, base64"],
            Examples = ["base64ToBinary('aGVsbG8=') -> {\"$content-type\":\"application/octet-stream\",\"$content\":\"aGVsbG8=\"}"],
            Source = "expression-functions-reference#base64ToBinary; recorded",
        },
        new FunctionSpec("binary", 1, 1, Binary)
        {
            IsDeterministic = true,
            Summary = "Binary content of a value's text in UTF-8.",
            Parameters = ["value: anything but null"],
            Examples = ["binary('hi') -> {\"$content-type\":\"application/octet-stream\",\"$content\":\"aGk=\"}"],
            Source = "expression-functions-reference#binary; recorded",
        },
        new FunctionSpec("dataUri", 1, 1, MakeDataUri)
        {
            IsDeterministic = true,
            Summary = "The data URI of a value.",
            Parameters = ["value: String, content of any type, or other JSON; not null"],
            Examples = ["dataUri('hello') -> \"data:text/plain;charset=utf-8;base64,aGVsbG8=\""],
            Source = "expression-functions-reference#dataUri; recorded",
        },
        new FunctionSpec("dataUriToBinary", DataUriToBinary)
        {
            Summary = "The content of a data URI, with its type.",
            Parameters = ["value: String, a data URI"],
            Examples = ["dataUriToBinary('data:text/plain;charset=utf-8;base64,aGVsbG8=') -> {\"$content-type\":\"text/plain;charset=utf-8\",\"$content\":\"aGVsbG8=\"}"],
            Source = "expression-functions-reference#dataUriToBinary; recorded",
        },
        new FunctionSpec("dataUriToString", DataUriToString)
        {
            Summary = "The text of a data URI, read as UTF-8.",
            Parameters = ["value: String, a data URI"],
            Examples = ["dataUriToString('data:text/plain;charset=utf-8;base64,aGVsbG8=') -> \"hello\""],
            Source = "expression-functions-reference#dataUriToString; recorded",
        },
        new FunctionSpec("decodeDataUri", DecodeDataUri)
        {
            Summary = "What a data URI holds: text of text types, the value of JSON, else content.",
            Parameters = ["value: String, a data URI"],
            Examples = ["decodeDataUri('data:text/plain;charset=utf-8;base64,aGVsbG8=') -> \"hello\""],
            Source = "expression-functions-reference#decodeDataUri; recorded",
        },
    };

    private static FlowValue Base64(FlowValue value)
    {
        if (BinaryContent.FromValue(value) is { } content) return FlowValue.String(content.Base64);
        return FlowValue.String(Convert.ToBase64String(Encoding.UTF8.GetBytes(Text("base64", value))));
    }

    private static FlowValue DecodeBase64(string function, FlowValue value) => FlowValue.String(Encoding.UTF8.GetString(Bytes(function, Text(function, value))));

    private static FlowValue Base64ToBinary(FlowValue value)
    {
        const string Name = "base64ToBinary";
        var base64 = Text(Name, value);
        _ = Bytes(Name, base64);
        return new BinaryContent(BinaryContent.OctetStream, base64).ToValue();
    }

    private static FlowValue Binary(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        var value = arguments[0];
        if (value.IsNull) throw ArgumentFailure.NotConvertible("binary", value);
        return BinaryContent.FromValue(value) is { } content
            ? (content with { ContentType = BinaryContent.OctetStream }).ToValue()
            : BinaryContent.FromText(BinaryContent.OctetStream, TextLimit.Text(context, "binary", value)).ToValue();
    }

    private static FlowValue MakeDataUri(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        var value = arguments[0];
        TextLimit.Check(context, "dataUri", value.Size);
        if (value.IsNull) throw ArgumentFailure.NotConvertible("dataUri", value);
        var content = BinaryContent.FromValue(value) ?? (value.AsStringOrNull is { } text
            ? BinaryContent.FromText("text/plain;charset=utf-8", text)
            : BinaryContent.FromText("application/json;charset=utf-8", value.ToJson()));
        return FlowValue.String($"data:{content.ContentType};base64,{content.Base64}");
    }

    private static FlowValue DataUriToBinary(FlowValue value)
    {
        const string Name = "dataUriToBinary";
        var uri = ReadDataUri(Name, value);
        return uri.HasMediaType && uri.HasKnownCharset ? uri.ToContent().ToValue() : throw BadDataUri(Name, value);
    }

    private static FlowValue DataUriToString(FlowValue value)
    {
        const string Name = "dataUriToString";
        var uri = ReadDataUri(Name, value);
        return uri.IsUtf8 ? FlowValue.String(Encoding.UTF8.GetString(Bytes(Name, uri.Base64))) : throw BadDataUri(Name, value);
    }

    private static FlowValue DecodeDataUri(FlowValue value)
    {
        const string Name = "decodeDataUri";
        var uri = ReadDataUri(Name, value);
        var content = uri.ToContent();
        var mediaType = BinaryContent.MediaType(content.ContentType).ToString().ToLowerInvariant();
        var isText = mediaType.StartsWith("text/", StringComparison.Ordinal);
        var isJson = mediaType == "application/json" || mediaType.EndsWith("+json", StringComparison.Ordinal);
        try
        {
            if (!isText && !isJson)
            {
                var type = BinaryContent.DeclaredEncoding(content.ContentType) is null ? content.ContentType + ";charset=us-ascii" : content.ContentType;
                return (content with { ContentType = type }).ToValue();
            }

            var text = content.ToText();
            if (isText) return FlowValue.String(text);
            try
            {
                return FlowJson.Parse(text);
            }
            catch (FlowJsonException)
            {
                // Measured: JSON that can't be read comes back as its text.
                return FlowValue.String(text);
            }
        }
        catch (FormatException e)
        {
            throw BadDataUri(Name, value, e);
        }
    }

    private static string Text(string function, FlowValue value) => value.AsStringOrNull ?? throw ArgumentFailure.Parameter(function, "to be a string", value);

    private static byte[] Bytes(string function, string base64)
    {
        try
        {
            return Convert.FromBase64String(base64);
        }
        catch (FormatException e)
        {
            throw new ExpressionException(
                $"The template language function '{function}' was invoked with a parameter that is not valid. The value cannot be decoded from base64 representation.",
                e.Message,
                e);
        }
    }

    private static DataUri ReadDataUri(string function, FlowValue value) => DataUri.Parse(Text(function, value)) ?? throw BadDataUri(function, value);

    private static ExpressionException BadDataUri(string function, FlowValue value, FormatException? cause = null) => ArgumentFailure.Because(
        function,
        $"expects its parameter to be formatted as a valid data URI. The provided value '{value.AsString}' was not formatted correctly.",
        cause?.Message);
}
