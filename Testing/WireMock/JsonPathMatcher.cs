using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace FlowEngine.Testing;

/// <summary>Finds values in JSON by a JSONPath; paths are those of Newtonsoft.Json.</summary>
internal sealed class JsonPathMatcher
{
    private readonly string _path;

    private JsonPathMatcher(string path) => _path = path;

    /// <summary>Reads a path.</summary>
    /// <param name="path">The path, such as <c>$.orders[?(@.id == 7)]</c>.</param>
    /// <param name="matcher">What finds by it.</param>
    /// <param name="fault">Why it can't be read; null where it can.</param>
    public static bool TryCreate(string path, [NotNullWhen(true)] out JsonPathMatcher? matcher, [NotNullWhen(false)] out string? fault)
    {
        matcher = null;
        try
        {
            // The path is read when it is used, whatever it is used on.
            _ = new JObject().SelectTokens(path).Any();
            matcher = new JsonPathMatcher(path);
            fault = null;
            return true;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            fault = e.Message;
            return false;
        }
    }

    /// <summary>The values found; none where the text is no JSON.</summary>
    public IReadOnlyList<FlowValue> Find(FlowValue? json)
    {
        if (json is not { } value || !(value.IsObject || value.IsArray)) return [];
        try
        {
            return [.. value.ToJToken().SelectTokens(_path, new JsonSelectSettings { RegexMatchTimeout = TextMatcher.LongestSearch }).Select(FlowValue.FromJToken)];
        }
        catch (JsonException)
        {
            return []; // A path that asks for something else than there is: it finds nothing.
        }
    }
}
