namespace FlowEngine.Cli;

/// <summary>Options of the form <c>NAME=VALUE</c>, split at the first <c>=</c>.</summary>
internal static class NameAndText
{
    /// <exception cref="UsageException">There is no <c>=</c>, or no name before it.</exception>
    public static KeyValuePair<string, string> Read(string text, string option)
    {
        var split = text.IndexOf('=', StringComparison.Ordinal);
        return split > 0
            ? new KeyValuePair<string, string>(text[..split], text[(split + 1)..])
            : throw new UsageException($"{option} takes NAME=VALUE, not '{text}'.");
    }
}
