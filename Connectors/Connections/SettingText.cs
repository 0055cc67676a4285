namespace FlowEngine.Connectors;

/// <summary>A piece of a setting: text, or a call of <c>appsetting</c> or <c>parameters</c>.</summary>
/// <param name="Function">The function; null for text.</param>
/// <param name="Text">The text, or the name in the call.</param>
internal readonly record struct SettingPiece(string? Function, string Text);

/// <summary>Settings with <c>@appsetting('X')</c> and <c>@parameters('X')</c>, whole or as holes <c>@{…}</c>: all that Standard evaluates there.</summary>
internal static class SettingText
{
    private static readonly string[] Functions = ["appsetting", "parameters"];

    /// <summary>Cuts a text into literal pieces and references.</summary>
    /// <exception cref="ConnectionValueException">Another expression stands there.</exception>
    public static List<SettingPiece> Read(string text)
    {
        var pieces = new List<SettingPiece>();
        if (text.StartsWith("@@", StringComparison.Ordinal)) return [new SettingPiece(null, text[1..])];
        if (text.StartsWith('@') && !text.StartsWith("@{", StringComparison.Ordinal)) return [Call(text[1..])];
        var at = 0;
        while (at < text.Length)
        {
            var hole = text.IndexOf("@{", at, StringComparison.Ordinal);
            if (hole < 0) break;
            var end = text.IndexOf('}', hole);
            if (end < 0) throw new ConnectionValueException("a '@{' has no '}'.");
            if (hole > at) pieces.Add(new SettingPiece(null, text[at..hole]));
            pieces.Add(Call(text[(hole + 2)..end]));
            at = end + 1;
        }

        if (at < text.Length) pieces.Add(new SettingPiece(null, text[at..]));
        return pieces;
    }

    private static SettingPiece Call(string call)
    {
        call = call.Trim();
        foreach (var function in Functions)
        {
            if (!call.StartsWith(function, StringComparison.OrdinalIgnoreCase)) continue;
            var inside = call[function.Length..].Trim();
            if (inside is ['(', .., ')'] && inside[1..^1].Trim() is ['\'', .., '\''] quoted && quoted.Length > 1) return new SettingPiece(function, quoted[1..^1].Replace("''", "'", StringComparison.Ordinal));
        }

        throw new ConnectionValueException("of expressions it may have only @appsetting('NAME') and @parameters('NAME').");
    }
}
