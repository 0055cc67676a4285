using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Reads the matchers of WireMock.Net's mappings: <c>{"Name": "WildcardMatcher", "Pattern": "/a*"}</c>.</summary>
internal sealed class WireMockNetMatcherReader(MockMembers members, DiagnosticBag faults)
{
    private static readonly string[] Members = ["Name", "Pattern", "Patterns", "IgnoreCase", "RejectOnMatch", "MatchOperator", "Regex"];
    private static readonly string[] Known =
        ["ExactMatcher", "ExactObjectMatcher", "WildcardMatcher", "ContentTypeMatcher", "RegexMatcher", "NotNullOrEmptyMatcher", "JsonMatcher", "JsonPartialMatcher", "JsonPartialWildcardMatcher", "JsonPathMatcher"];

    private readonly WireMockMatcherReader _shared = new(members, faults);

    /// <summary>Several matchers of one text: any of them must fit, or all where the operator is <c>And</c>.</summary>
    /// <param name="owner">What has the <c>Matchers</c> (or one <c>Matcher</c>), the <c>MatchOperator</c> and, in headers, <c>RejectOnMatch</c>.</param>
    /// <param name="at">Where it stands.</param>
    public TextMatcher? ReadTexts(FlowValue owner, string at)
    {
        var read = Each(owner, at).Select(matcher => ReadText(matcher.Value, matcher.At)).ToList();
        if (read.Count == 0) return null;
        var known = read.OfType<TextMatcher>().ToList();
        return known.Count < read.Count ? null : IsAll(owner) ? TextMatcher.All(known) : TextMatcher.Any(known);
    }

    /// <summary>Matchers of the body.</summary>
    public RequestCondition? ReadBody(FlowValue owner, string at)
    {
        var read = Each(owner, at).Select(matcher => ReadBodyMatcher(matcher.Value, matcher.At)).ToList();
        var known = read.OfType<RequestCondition>().ToList();
        if (known.Count < read.Count || known.Count == 0) return null;
        if (known is [var one]) return one;
        return IsAll(owner)
            ? new RequestCondition(false, request => known.Select(condition => condition.Difference(request)).FirstOrDefault(difference => difference is not null))
            : new RequestCondition(false, request => known.Any(condition => condition.Difference(request) is null) ? null : known[0].Difference(request));
    }

    private static bool IsAll(FlowValue owner) => owner["MatchOperator"].AsStringOrNull?.Equals("And", StringComparison.OrdinalIgnoreCase) is true;

    private IEnumerable<(FlowValue Value, string At)> Each(FlowValue owner, string at)
    {
        if (owner["MatchOperator"].AsStringOrNull is { } joined && !(joined.Equals("And", StringComparison.OrdinalIgnoreCase) || joined.Equals("Or", StringComparison.OrdinalIgnoreCase)))
            _shared.Unsupported($"the operator '{joined}'", JsonPointer.Append(at, "MatchOperator"));
        if (owner["Matcher"].IsObject) yield return (owner["Matcher"], JsonPointer.Append(at, "Matcher"));
        if (owner["Matchers"].IsNull) yield break;
        var pointer = JsonPointer.Append(at, "Matchers");
        if (owner["Matchers"].AsArrayOrNull is not { } list)
        {
            members.Wrong("'Matchers'", "an array", owner["Matchers"], pointer);
            yield break;
        }

        for (var i = 0; i < list.Count; i++) yield return (list[i], JsonPointer.Append(pointer, i));
    }

    private RequestCondition? ReadBodyMatcher(FlowValue matcher, string at)
    {
        var name = matcher["Name"].AsStringOrNull;
        if (name is not ("JsonMatcher" or "JsonPartialMatcher" or "JsonPartialWildcardMatcher" or "JsonPathMatcher" or "ExactObjectMatcher"))
            return ReadText(matcher, at) is { } text ? WireMockMatcherReader.Body(text) : null;
        if (!members.IsObject(matcher, at, "a matcher", Members)) return null;
        var conditions = Patterns(matcher, at).Select(pattern => name == "JsonPathMatcher" ? ReadPath(pattern.Value, pattern.At) : ReadJson(name, matcher, pattern.Value, pattern.At)).ToList();
        if (conditions.Count == 0 || conditions.Any(condition => condition is null)) return null;
        var isRejected = matcher["RejectOnMatch"] == FlowValue.True;
        return new RequestCondition(false, request =>
        {
            // Of several patterns one is enough.
            var differences = conditions.Select(condition => condition!.Difference(request)).ToList();
            var isLike = differences.Any(difference => difference is null);
            return isLike != isRejected ? null : isRejected ? "the body is what it must not be" : differences[0];
        });
    }

    private RequestCondition? ReadJson(string name, FlowValue matcher, FlowValue pattern, string at)
    {
        if (matcher["Regex"] == FlowValue.True)
        {
            _shared.Unsupported("'Regex' of a JSON matcher", JsonPointer.Append(at, "Regex"));
            return null;
        }

        if (_shared.Json(pattern, at) is not { } wanted) return null;
        var comparison = matcher["IgnoreCase"] == FlowValue.True ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        Func<string, string, bool> texts = name == "JsonPartialWildcardMatcher"
            ? (glob, found) => TextMatcher.Glob(glob, comparison == StringComparison.OrdinalIgnoreCase).Fits(found)
            : (text, found) => text.Equals(found, comparison);
        return WireMockMatcherReader.Body(wanted, new JsonMatch(IgnoresOrder: false, IgnoresExtra: name.StartsWith("JsonPartial", StringComparison.Ordinal), texts));
    }

    private RequestCondition? ReadPath(FlowValue pattern, string at)
    {
        if (pattern.AsStringOrNull is { } path) return _shared.Path(path, null, at);
        members.Wrong("'Pattern'", "a JSONPath", pattern, at);
        return null;
    }

    private TextMatcher? ReadText(FlowValue matcher, string at)
    {
        if (!members.IsObject(matcher, at, "a matcher", Members)) return null;
        var name = matcher["Name"].AsStringOrNull ?? string.Empty;
        if (!Known.Contains(name))
        {
            _shared.Unsupported($"the matcher '{name}'", JsonPointer.Append(at, "Name"));
            return null;
        }

        var ignoresCase = matcher["IgnoreCase"] == FlowValue.True;
        TextMatcher? read;
        if (name == "NotNullOrEmptyMatcher")
        {
            read = new TextMatcher("something", text => !string.IsNullOrEmpty(text));
        }
        else if (name.StartsWith("Json", StringComparison.Ordinal))
        {
            _shared.Unsupported($"the matcher '{name}' outside of a body", JsonPointer.Append(at, "Name"));
            return null;
        }
        else
        {
            var patterns = Patterns(matcher, at).Select(pattern => ReadPattern(name, pattern.Value, ignoresCase, pattern.At)).ToList();
            if (patterns.Count == 0 || patterns.Any(pattern => pattern is null)) return null;
            read = IsAll(matcher) ? TextMatcher.All([.. patterns.OfType<TextMatcher>()]) : TextMatcher.Any([.. patterns.OfType<TextMatcher>()]);
        }

        return matcher["RejectOnMatch"] == FlowValue.True ? TextMatcher.Not(read) : read;
    }

    private TextMatcher? ReadPattern(string name, FlowValue pattern, bool ignoresCase, string at)
    {
        if (pattern.AsStringOrNull is not { } text)
        {
            members.Wrong("'Pattern'", "text", pattern, at);
            return null;
        }

        return name switch
        {
            "RegexMatcher" => _shared.Expression(text, at, isWhole: false, ignoresCase),
            "WildcardMatcher" or "ContentTypeMatcher" => TextMatcher.Glob(text, ignoresCase),
            _ => TextMatcher.Equal(text, ignoresCase),
        };
    }

    private IEnumerable<(FlowValue Value, string At)> Patterns(FlowValue matcher, string at)
    {
        if (!matcher["Pattern"].IsNull) yield return (matcher["Pattern"], JsonPointer.Append(at, "Pattern"));
        var pointer = JsonPointer.Append(at, "Patterns");
        if (matcher["Patterns"].AsArrayOrNull is { } list)
        {
            for (var i = 0; i < list.Count; i++) yield return (list[i], JsonPointer.Append(pointer, i));
        }
        else if (matcher["Pattern"].IsNull)
        {
            members.Wrong("a matcher", "an object with 'Pattern' or 'Patterns'", matcher, at);
        }
    }
}
