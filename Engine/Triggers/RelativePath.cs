namespace FlowEngine;

/// <summary>Matches what follows the invoke address against <c>relativePath</c>: segment by segment, literals exactly, <c>{p}</c> one segment.</summary>
internal static class RelativePath
{
    /// <summary>Null where it fits; then <paramref name="parameters"/> holds the decoded parameters, or null where the trigger has no path.</summary>
    public static TriggerRefusal? Match(PlannedTrigger trigger, string? template, string? path, out FlowObject? parameters)
    {
        parameters = null;
        if (template is null) return null;
        var expected = Segments(template);
        var actual = Segments(WithoutQuery(path ?? string.Empty));
        var found = new FlowObjectBuilder();
        if (expected.Length != actual.Length) return Mismatch(trigger, template, path);
        for (var i = 0; i < expected.Length; i++)
        {
            if (expected[i].StartsWith('{') && expected[i].EndsWith('}')) found.Set(expected[i][1..^1], FlowValue.String(Uri.UnescapeDataString(actual[i])));
            else if (!expected[i].Equals(Uri.UnescapeDataString(actual[i]), StringComparison.Ordinal)) return Mismatch(trigger, template, path);
        }

        if (found.Count > 0) parameters = found.ToObject();
        return null;
    }

    private static TriggerRefusal Mismatch(PlannedTrigger trigger, string template, string? path) => new(
        400,
        "TriggerRelativePathNotValid",
        $"The relative path of the request for trigger '{trigger.Name}' is not valid: expected '{template}' and actual '{path}'.");

    private static string WithoutQuery(string path)
    {
        var mark = path.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? path : path[..mark];
    }

    private static string[] Segments(string path) => path.Trim('/') is { Length: > 0 } trimmed ? trimmed.Split('/') : [];
}
