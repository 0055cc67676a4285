namespace FlowEngine.Actions;

/// <summary>Inputs of a call as the record shows them: credentials masked, the retry policy's type in canonical spelling (recorded).</summary>
internal static class RecordedCall
{
    public static FlowValue Of(FlowValue inputs)
    {
        if (inputs.AsObjectOrNull is not { } o) return inputs;
        var record = new FlowObjectBuilder(o.Count);
        foreach (var (name, value) in o)
        {
            record.Add(name, name.ToUpperInvariant() switch
            {
                "AUTHENTICATION" => HttpAuthentication.Mask(value),
                "RETRYPOLICY" when value.AsObjectOrNull is { } policy && policy.TryGet("type", out var type) =>
                    policy.ToBuilder().Replace(policy.Names[policy.IndexOf("type")], RetryPolicy.Canonical(type)).ToValue(),
                _ => value,
            });
        }

        return record.ToValue();
    }
}
