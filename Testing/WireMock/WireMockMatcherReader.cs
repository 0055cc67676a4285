using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Reads the matchers of WireMock's stubs: <c>{"equalTo": "x"}</c>, <c>{"matchesJsonPath": …}</c>. What it does not know is a fault, never passed over.</summary>
internal sealed class WireMockMatcherReader(MockMembers members, DiagnosticBag faults)
{
    private static readonly string[] TextOperators = ["equalTo", "contains", "doesNotContain", "matches", "doesNotMatch", "absent", "and", "or", "not"];
    private static readonly string[] BodyOperators = [.. TextOperators, "equalToJson", "matchesJsonPath", "matchesXPath", "binaryEqualTo"];
    private static readonly string[] Flags = ["caseInsensitive", "ignoreArrayOrder", "ignoreExtraElements", "expression", "xPathNamespaces"];

    /// <summary>A matcher of a header, a parameter or a cookie; a text alone stands for <c>equalTo</c>.</summary>
    public TextMatcher? ReadText(FlowValue matcher, string at)
    {
        if (matcher.AsStringOrNull is { } alone) return TextMatcher.Equal(alone, ignoresCase: false);
        return Operator(matcher, at, TextOperators) is { } name ? ReadText(name, matcher, at) : null;
    }

    /// <summary>A matcher of the body.</summary>
    public RequestCondition? ReadBody(FlowValue matcher, string at)
    {
        if (Operator(matcher, at, BodyOperators) is not { } name) return null;
        var pointer = JsonPointer.Append(at, name);
        switch (name)
        {
            case "equalToJson":
                return ReadJson(matcher, pointer);
            case "matchesJsonPath":
                return ReadPath(matcher[name], pointer);
            case "matchesXPath":
                return ReadXPath(matcher, pointer);
            case "binaryEqualTo":
                return ReadBinary(matcher[name], pointer);
            case "and" or "or" when matcher[name].AsArrayOrNull is { Count: > 0 } list && list.Any(IsJson):
                Unsupported($"'{name}' of matchers of JSON", pointer);
                return null;
            case "not" when IsJson(matcher[name]):
                return ReadBody(matcher[name], pointer) is { } inner ? new RequestCondition(false, request => inner.Difference(request) is null ? "the body is what it must not be" : null) : null;
            default:
                return ReadText(name, matcher, at) is { } text ? Body(text) : null;
        }
    }

    /// <summary>Tells of something that WireMock knows and this reader doesn't.</summary>
    public void Unsupported(string what, string at) => faults.Error(DiagnosticCodes.WireMockUnsupported, $"{char.ToUpperInvariant(what[0])}{what[1..]} of a WireMock mapping is not supported here.", FaultPlace.Name(at));

    public static RequestCondition Body(TextMatcher matcher) => new(false, request =>
        matcher.Fits(request.BodyText.Length == 0 ? null : request.BodyText) ? null : $"the body is not {matcher.Description}");

    private static bool IsJson(FlowValue matcher) => matcher.TryGetMember("equalToJson", out _) || matcher.TryGetMember("matchesJsonPath", out _);

    // The one operator of a matcher; null where there is none or several.
    private string? Operator(FlowValue matcher, string at, string[] operators)
    {
        if (matcher.AsObjectOrNull is not { } o)
        {
            members.Wrong("a matcher", "an object such as {\"equalTo\": \"x\"}", matcher, at);
            return null;
        }

        var known = true;
        var names = o.Select(member => member.Key).ToList();
        foreach (var name in names.Where(name => !operators.Contains(name) && !Flags.Contains(name)))
        {
            known = false;
            Unsupported($"the matcher '{name}'", JsonPointer.Append(at, name));
        }

        if (!known) return null;
        var found = names.Where(name => operators.Contains(name)).ToList();
        if (found.Count == 1) return found[0];
        members.Wrong("a matcher", $"an object with one of {string.Join(", ", operators)}", matcher, at);
        return null;
    }

    private TextMatcher? ReadText(string name, FlowValue matcher, string at)
    {
        var pointer = JsonPointer.Append(at, name);
        switch (name)
        {
            case "and" or "or":
                var several = ReadSeveral(matcher[name], pointer);
                return several.Count == 0 ? null : name == "and" ? TextMatcher.All(several) : TextMatcher.Any(several);
            case "not":
                return ReadText(matcher[name], pointer) is { } inner ? TextMatcher.Not(inner) : null;
            case "absent":
                if (matcher[name] == FlowValue.False) return TextMatcher.Not(TextMatcher.Absent);
                if (matcher[name] != FlowValue.True) members.Wrong("'absent'", "true or false", matcher[name], pointer);
                return TextMatcher.Absent;
        }

        // WireMock takes numbers and booleans for their texts.
        if (matcher[name] is { IsObject: true } or { IsArray: true } or { IsNull: true })
        {
            members.Wrong($"'{name}'", "text", matcher[name], pointer);
            return null;
        }

        var wanted = matcher[name].AsStringOrNull ?? matcher[name].ToJson();
        return name switch
        {
            "equalTo" => TextMatcher.Equal(wanted, matcher["caseInsensitive"] == FlowValue.True),
            "contains" => TextMatcher.Containing(wanted),
            "doesNotContain" => TextMatcher.Not(TextMatcher.Containing(wanted)),
            "matches" => Expression(wanted, pointer),
            _ => Expression(wanted, pointer) is { } like ? TextMatcher.Not(like) : null,
        };
    }

    private List<TextMatcher> ReadSeveral(FlowValue list, string at)
    {
        if (list.AsArrayOrNull is not { Count: > 0 } several)
        {
            members.Wrong("'and' and 'or'", "an array of matchers", list, at);
            return [];
        }

        return [.. several.Select((matcher, i) => ReadText(matcher, JsonPointer.Append(at, i))).OfType<TextMatcher>()];
    }

    /// <summary>A regular expression over the whole text; null where it is none.</summary>
    public TextMatcher? Expression(string pattern, string at, bool isWhole = true, bool ignoresCase = false)
    {
        try
        {
            return TextMatcher.Like(pattern, isWhole, ignoresCase);
        }
        catch (ArgumentException e)
        {
            faults.Error(DiagnosticCodes.MockValue, $"'{pattern}' is no regular expression that can be read here: {e.Message}", at);
            return null;
        }
    }

    private RequestCondition? ReadJson(FlowValue matcher, string at)
    {
        if (Json(matcher["equalToJson"], at) is not { } wanted) return null;
        var match = new JsonMatch(matcher["ignoreArrayOrder"] == FlowValue.True, matcher["ignoreExtraElements"] == FlowValue.True);
        return Body(wanted, match);
    }

    /// <summary>A body that is JSON like another one.</summary>
    public static RequestCondition Body(FlowValue wanted, JsonMatch match) => new(false, request => request.BodyJson is { } body
        ? match.Fits(wanted, body) ? null : $"the body is {BodyPattern.Short(body)}, not {BodyPattern.Short(wanted)}"
        : request.BodyText.Length == 0 ? "there is no body" : "the body is no JSON");

    /// <summary>JSON, or the text of JSON.</summary>
    public FlowValue? Json(FlowValue value, string at)
    {
        if (value.AsStringOrNull is not { } text) return value;
        try
        {
            return FlowJson.Parse(text);
        }
        catch (FlowJsonException e)
        {
            faults.Error(DiagnosticCodes.MockValue, $"The text is no JSON, {JsonFault.Explain(text, e)}", at);
            return null;
        }
    }

    private RequestCondition? ReadPath(FlowValue path, string at)
    {
        if (path.AsStringOrNull is { } alone) return Path(alone, null, at);
        if (path["expression"].AsStringOrNull is not { } expression)
        {
            members.Wrong("'matchesJsonPath'", "a JSONPath, or an object with 'expression' and a matcher", path, at);
            return null;
        }

        if (path.TryGetMember("equalToJson", out _))
        {
            if (Json(path["equalToJson"], at) is not { } wanted) return null;
            var match = new JsonMatch(path["ignoreArrayOrder"] == FlowValue.True, path["ignoreExtraElements"] == FlowValue.True);
            return Path(expression, value => value is { } found && match.Fits(wanted, found), at);
        }

        if (Operator(path, at, TextOperators) is not { } name || ReadText(name, path, at) is not { } text) return null;
        return Path(expression, value => text.Fits(value is { } found ? found.AsStringOrNull ?? found.ToJson() : null), at);
    }

    /// <summary>A body in which a path finds something that fits; null asks for anything.</summary>
    public RequestCondition? Path(string expression, Func<FlowValue?, bool>? fits, string at)
    {
        if (!JsonPathMatcher.TryCreate(expression, out var path, out var fault))
        {
            faults.Error(DiagnosticCodes.MockValue, $"'{expression}' is no JSONPath that can be read here: {fault}", at);
            return null;
        }

        return new RequestCondition(false, request =>
        {
            var found = path.Find(request.BodyJson);
            var isFitting = fits is null ? found.Count > 0 : found.Count == 0 ? fits(null) : found.Any(value => fits(value));
            return isFitting ? null : $"the body has nothing that fits at {expression}";
        });
    }

    private RequestCondition? ReadXPath(FlowValue matcher, string at)
    {
        var path = matcher["matchesXPath"];
        if ((path.AsStringOrNull ?? path["expression"].AsStringOrNull) is not { } expression)
        {
            members.Wrong("'matchesXPath'", "an XPath, or an object with 'expression' and a matcher", path, at);
            return null;
        }

        TextMatcher? text = null;
        if (path.IsObject && (Operator(path, at, TextOperators) is not { } name || (text = ReadText(name, path, at)) is null)) return null;
        try
        {
            var namespaces = (matcher["xPathNamespaces"].AsObjectOrNull ?? FlowObject.Empty).Select(entry => new KeyValuePair<string, string>(entry.Key, entry.Value.AsStringOrNull ?? string.Empty));
            var xpath = XPathMatcher.Create(expression, namespaces);
            return new RequestCondition(false, request =>
            {
                var found = xpath.Find(request.BodyText);
                var isFitting = text is null ? found.Count > 0 : found.Count == 0 ? text.Fits(null) : found.Any(text.Fits);
                return isFitting ? null : $"the body has nothing that fits at {expression}";
            });
        }
        catch (Exception e) when (e is System.Xml.XPath.XPathException or ArgumentException)
        {
            faults.Error(DiagnosticCodes.MockValue, $"'{expression}' is no XPath that can be read here: {e.Message}", at);
            return null;
        }
    }

    private RequestCondition? ReadBinary(FlowValue base64, string at)
    {
        try
        {
            var wanted = Convert.FromBase64String(base64.AsStringOrNull ?? string.Empty);
            return new RequestCondition(false, request => request.Body.Span.SequenceEqual(wanted) ? null : "the bytes of the body differ");
        }
        catch (FormatException)
        {
            members.Wrong("'binaryEqualTo'", "text in Base64", base64, at);
            return null;
        }
    }
}
