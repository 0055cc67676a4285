namespace FlowEngine.Definitions;

/// <summary>The values of a Standard project's <c>parameters.json</c>, with the settings of <c>local.settings.json</c> filled in.</summary>
internal static class ProjectParameters
{
    private const string Setting = "@appsetting('";
    private const string SettingHole = "@{appsetting('";

    /// <summary>Values by name. One that asks for a setting that isn't there is left out: the definition's default, or nothing, stands for it.</summary>
    public static IReadOnlyDictionary<string, FlowValue> Read(PackageFiles files, string project)
    {
        var settings = files.Json(project + "local.settings.json")["Values"].AsObjectOrNull ?? FlowObject.Empty;
        var values = new Dictionary<string, FlowValue>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in DefinitionShapes.ReadParameterValues(files.Json(project + "parameters.json")))
        {
            if (TryFill(value, settings, out var filled)) values[name] = filled;
        }

        return values;
    }

    private static bool TryFill(FlowValue value, FlowObject settings, out FlowValue filled)
    {
        filled = value;
        if (value.AsStringOrNull is { } text) return TryFill(text, settings, out filled);
        if (value.AsArrayOrNull is { } array)
        {
            var items = new FlowValue[array.Count];
            for (var i = 0; i < items.Length; i++)
            {
                if (!TryFill(array[i], settings, out items[i])) return false;
            }

            filled = FlowValue.Array(items);
        }
        else if (value.AsObjectOrNull is { } members)
        {
            var built = new FlowObjectBuilder(members.Count);
            foreach (var (name, member) in members)
            {
                if (!TryFill(member, settings, out var inner)) return false;
                built.Set(name, inner);
            }

            filled = built.ToValue();
        }

        return true;
    }

    private static bool TryFill(string text, FlowObject settings, out FlowValue filled)
    {
        filled = FlowValue.String(text);
        if (text.StartsWith(Setting, StringComparison.OrdinalIgnoreCase) && text.EndsWith("')", StringComparison.Ordinal))
            return settings.TryGet(text[Setting.Length..^2], out filled);
        for (var at = text.IndexOf(SettingHole, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(SettingHole, at, StringComparison.OrdinalIgnoreCase))
        {
            var end = text.IndexOf("')}", at, StringComparison.Ordinal);
            if (end < 0 || !settings.TryGet(text[(at + SettingHole.Length)..end], out var setting) || setting.AsStringOrNull is not { } inserted) return false;
            text = string.Concat(text.AsSpan(0, at), inserted, text.AsSpan(end + 3));
            at += inserted.Length;
        }

        filled = FlowValue.String(text);
        return true;
    }
}
