namespace FlowEngine.Testing;

/// <summary>Hides the secrets of a run in what tests tell.</summary>
internal static class SecretText
{
    /// <summary>The value with every text in it masked.</summary>
    public static FlowValue Masked(FlowValue value, RunResult run)
    {
        if (value.AsStringOrNull is { } text) return FlowValue.String(run.MaskSecrets(text));
        if (value.AsArrayOrNull is { } list) return FlowArray.Create(list.Select(item => Masked(item, run)));
        if (value.AsObjectOrNull is not { } o) return value;
        var masked = new FlowObjectBuilder();
        foreach (var (name, member) in o) masked.Set(name, Masked(member, run));
        return masked.ToValue();
    }
}
