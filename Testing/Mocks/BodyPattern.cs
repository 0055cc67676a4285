using System.Globalization;

namespace FlowEngine.Testing;

/// <summary>Compares bodies with patterns: an object is a subset, an array goes element by element, texts may have stars.</summary>
internal static class BodyPattern
{
    private const int ShownCharacters = 80;

    public static void Compare(FlowValue pattern, MockRequest request, List<string> differences)
    {
        if (pattern.AsStringOrNull is { } text)
        {
            if (!Wildcard.Fits(text, request.BodyText)) differences.Add($"the body is {Short(FlowValue.String(request.BodyText))}, not {Short(pattern)}");
            return;
        }

        if (request.BodyJson is not { } body)
        {
            differences.Add(request.BodyText.Length == 0 ? "there is no body" : "the body is no JSON");
            return;
        }

        Compare(pattern, body, string.Empty, differences);
    }

    private static void Compare(FlowValue pattern, FlowValue value, string path, List<string> differences)
    {
        switch (pattern.Kind)
        {
            case FlowValueKind.Object when value.IsObject:
                foreach (var (name, expected) in pattern.AsObject)
                {
                    var member = path.Length == 0 ? name : $"{path}.{name}";
                    if (value.AsObject.TryGetExact(name, out var found)) Compare(expected, found, member, differences);
                    else differences.Add($"the body has no '{member}'");
                }

                break;
            case FlowValueKind.Array when value.IsArray && value.AsArray.Count == pattern.AsArray.Count:
                for (var i = 0; i < pattern.AsArray.Count; i++)
                    Compare(pattern[i], value[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), differences);
                break;
            case FlowValueKind.String when value.AsStringOrNull is { } text && Wildcard.Fits(pattern.AsString, text):
                break;
            case not (FlowValueKind.Object or FlowValueKind.Array or FlowValueKind.String) when pattern == value:
                break;
            default:
                differences.Add($"the body{(path.Length == 0 ? string.Empty : $" at '{path}'")} is {Short(value)}, not {Short(pattern)}");
                break;
        }
    }

    public static string Short(FlowValue value)
    {
        var json = value.ToJson();
        return json.Length <= ShownCharacters ? json : json[..ShownCharacters] + "…";
    }
}
