using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary>
/// A parameters file: <c>{name: value}</c>, Standard's <c>{name: {"type", "value"}}</c>, or the <c>{"parameters": {name: {"value"}}}</c>
/// of resource templates.
/// </summary>
internal static class ParameterFile
{
    /// <summary>Reads the values. One file of Standard serves all workflows of its folder: what this one does not declare is left out.</summary>
    /// <exception cref="UsageException">There is no such file.</exception>
    /// <exception cref="InvalidInputException">It is no JSON object, or one of its parameters has no value.</exception>
    public static FlowObject Read(string file, IReadOnlyList<ParameterDefinition> declared)
    {
        var text = InputText.OfFile(file);
        FlowValue content;
        try
        {
            content = FlowJson.Parse(text);
        }
        catch (FlowJsonException broken)
        {
            throw new InvalidInputException($"The parameters file '{file}' can't be read: {JsonFault.Explain(text, broken)}");
        }

        if (content.AsObjectOrNull is not { } root) throw new InvalidInputException($"The parameters file '{file}' holds no JSON object.");
        if (IsTemplate(root)) return Unwrap(root["parameters"].AsObject, file);
        return IsStandard(root) ? Only(declared, Unwrap(root, file)) : root;
    }

    // A template's file has nothing beside its parameters but these; {"parameters": 1} is a parameter of that name.
    private static bool IsTemplate(FlowObject root)
    {
        if (root["parameters"].AsObjectOrNull is not { } parameters) return false;
        foreach (var name in root.Names)
        {
            if (name is not ("$schema" or "contentVersion" or "parameters")) return false;
        }

        return root.Count > 1 || All(parameters, static entry => entry.Contains("value") || entry.Contains("reference"));
    }

    private static bool IsStandard(FlowObject root) => root.Count > 0 && All(root, static entry => entry.Contains("type") && entry.Contains("value"));

    private static bool All(FlowObject entries, Func<FlowObject, bool> fits)
    {
        foreach (var entry in entries.Values)
        {
            if (entry.AsObjectOrNull is not { } o || !fits(o)) return false;
        }

        return true;
    }

    private static FlowObject Only(IReadOnlyList<ParameterDefinition> declared, FlowObject values)
    {
        var kept = new FlowObjectBuilder(values.Count);
        foreach (var (name, value) in values)
        {
            if (declared.Any(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase))) kept.Set(name, value);
        }

        return kept.ToObject();
    }

    private static FlowObject Unwrap(FlowObject entries, string file)
    {
        var values = new FlowObjectBuilder(entries.Count);
        foreach (var (name, entry) in entries)
        {
            if (!entry.TryGetMember("value", out var value)) throw new InvalidInputException($"The parameter '{name}' of '{file}' has no 'value'.");
            values.Set(name, value);
        }

        return values.ToObject();
    }
}
