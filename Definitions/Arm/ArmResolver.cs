using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Resolves the template expressions of a definition in its place, so that its pointers stay those of the file.</summary>
internal sealed class ArmResolver(ArmScope scope, TemplateTextCache templates, DiagnosticBag faults)
{
    private readonly HashSet<string> _computed = new(StringComparer.Ordinal);

    /// <summary>Pointers of the texts that are no longer those of the file.</summary>
    public IReadOnlySet<string> Computed => _computed;

    /// <summary>The value with its expressions resolved. What has no value here stays text, with a warning.</summary>
    public FlowValue Resolve(FlowValue value, string pointer)
    {
        if (value.AsStringOrNull is { } text) return Resolve(text, pointer);
        if (value.AsArrayOrNull is { } array)
        {
            var items = new FlowValue[array.Count];
            for (var i = 0; i < items.Length; i++) items[i] = Resolve(array[i], JsonPointer.Append(pointer, i));
            return FlowValue.Array(items);
        }

        if (value.AsObjectOrNull is not { } members) return value;
        var built = new FlowObjectBuilder(members.Count);
        for (var i = 0; i < members.Count; i++) built.Set(members.Names[i], Resolve(members.Values[i], JsonPointer.Append(pointer, members.Names[i])));
        return built.ToValue();
    }

    private FlowValue Resolve(string text, string pointer)
    {
        if (text.Length == 0 || text[0] != '[') return FlowValue.String(text);
        try
        {
            var value = scope.Resolve(text);
            if (value.AsStringOrNull != text) _computed.Add(pointer);
            if (value.AsStringOrNull is not { } result || templates.Get(result).Error is not { } error) return value;

            // A default value such as "Enter the group's id" stands for what a deployment gives.
            Report($"with the values known here it gives an expression that can't be parsed: {error.Message}", pointer);
            return AsText(result);
        }
        catch (ArmException unresolved)
        {
            Report(unresolved.Message, pointer);
            return AsText(text);
        }
    }

    private void Report(string why, string pointer)
    {
        faults.Warning(DiagnosticCodes.TemplateUnresolved, $"The template expression has no value here and stays text: {why.TrimEnd('.')}.", pointer);
        faults.Excuse(pointer);
        _computed.Add(pointer);
    }

    // As text of the definition: what would start an expression of the workflow is escaped.
    private static FlowValue AsText(string text)
    {
        var escaped = text.Replace("@{", "@@{", StringComparison.Ordinal);
        return FlowValue.String(escaped.StartsWith('@') && !escaped.StartsWith("@@", StringComparison.Ordinal) ? "@" + escaped : escaped);
    }
}
