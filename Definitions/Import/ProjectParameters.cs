namespace FlowEngine.Definitions;

/// <summary>A parameter that a Standard project declares for all of its workflows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as written; empty where there is none.</param>
/// <param name="Value">Its value; see <paramref name="HasValue"/>.</param>
/// <param name="HasValue">Whether there is one: it may ask for a setting that isn't there.</param>
internal sealed record ProjectParameter(string Name, string Type, FlowValue Value, bool HasValue);

/// <summary>A Standard project's <c>parameters.json</c>, with the settings of <c>local.settings.json</c> filled in: there its workflows' parameters are declared, not in the workflows.</summary>
internal static class ProjectParameters
{
    private const string ParametersFile = "parameters.json";
    private const string SettingsFile = "local.settings.json";
    private const string Setting = "@appsetting('";
    private const string SettingHole = "@{appsetting('";

    /// <summary>The parameters of a project in a package. One that asks for a setting that isn't there has no value.</summary>
    public static IReadOnlyList<ProjectParameter> Read(PackageFiles files, string project) => Read(files.Json(project + ParametersFile), () => files.Json(project + SettingsFile));

    /// <summary>Those beside the folder of a <c>NAME/workflow.json</c> on disk; none for any other file.</summary>
    /// <param name="file">The workflow's file.</param>
    /// <param name="maximumBytes">Larger files are passed over.</param>
    /// <param name="appSettings">App settings; null takes those of <c>local.settings.json</c>.</param>
    public static IReadOnlyList<ProjectParameter> Beside(string file, long maximumBytes, FlowObject? appSettings)
    {
        // Text without a file may be called so too.
        if (!File.Exists(file)) return [];
        if (!Path.GetFileName(file).Equals("workflow.json", StringComparison.OrdinalIgnoreCase)) return [];
        var project = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(file)));
        return project is null ? [] : Read(Json(Path.Combine(project, ParametersFile), maximumBytes), () => appSettings is null ? Json(Path.Combine(project, SettingsFile), maximumBytes) : FlowValue.Object(("Values", appSettings)));
    }

    /// <summary>Their values by name.</summary>
    public static IReadOnlyDictionary<string, FlowValue> ValuesOf(IReadOnlyList<ProjectParameter> parameters) =>
        parameters.Where(parameter => parameter.HasValue).ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>The definition with the parameters of its project that it does not declare itself: those that have a value, and those that it names.</summary>
    public static WorkflowDefinition Declare(WorkflowDefinition definition, IReadOnlyList<ProjectParameter> parameters, string text)
    {
        if (parameters.Count == 0) return definition;
        var declared = definition.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var added = parameters
            .Where(parameter => !declared.Contains(parameter.Name) && (parameter.HasValue || text.Contains($"parameters('{parameter.Name.Replace("'", "''", StringComparison.Ordinal)}')", StringComparison.OrdinalIgnoreCase)))
            .Select(parameter => new ParameterDefinition(parameter.Name, TypeOf(parameter), default, HasDefault: false, AllowedValues: null, definition.Path));
        return definition with { Parameters = [.. definition.Parameters, .. added] };
    }

    private static List<ProjectParameter> Read(FlowValue parameters, Func<FlowValue> settingsFile)
    {
        if (parameters.AsObjectOrNull is not { Count: > 0 } members) return [];
        var settings = settingsFile()["Values"].AsObjectOrNull ?? FlowObject.Empty;
        var read = new List<ProjectParameter>();
        foreach (var (name, entry) in members)
        {
            if (entry.AsObjectOrNull is null) continue;
            FlowValue filled = default;
            var hasValue = entry.TryGetMember("value", out var value) && TryFill(value, settings, out filled);
            read.Add(new ProjectParameter(name, entry["type"].AsStringOrNull ?? string.Empty, filled, hasValue));
        }

        return read;
    }

    // A type that is none is taken from the value; one without either is text.
    private static string TypeOf(ProjectParameter parameter)
    {
        var type = ParameterTypes.Canonical(parameter.Type);
        if (ParameterTypes.All.Contains(type, StringComparer.Ordinal)) return type;
        var value = parameter.Value;
        return value.IsArray ? "Array" : value.IsObject ? "Object" : value.IsBoolean ? "Bool" : value.IsInteger ? "Int" : value.IsNumber ? "Float" : "String";
    }

    // A file beside that can't be read gives nothing: it is not the one that was asked for.
    private static FlowValue Json(string file, long maximumBytes)
    {
        if (!File.Exists(file)) return default;
        var text = FileText.Load(file, maximumBytes);
        if (text.Fault is not null) return default;
        try
        {
            return FlowJson.Parse(text.Text);
        }
        catch (FlowJsonException)
        {
            return default;
        }
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
