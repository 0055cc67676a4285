namespace FlowEngine.Definitions;

/// <summary>Resolves the template expressions of a definition in its place, so that its pointers stay those of the file.</summary>
internal sealed class ArmResolver(ArmScope scope, DiagnosticBag faults)
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
            return value;
        }
        catch (ArmException unresolved)
        {
            faults.Warning(DiagnosticCodes.TemplateUnresolved, $"The template expression has no value here and stays text: {unresolved.Message}.", pointer);
            faults.Excuse(pointer);
            _computed.Add(pointer);

            // As text of the definition: what would start an expression of the workflow is escaped.
            return FlowValue.String(text.Replace("@{", "@@{", StringComparison.Ordinal));
        }
    }
}
