namespace FlowEngine.Definitions;

/// <summary>Hides credentials that are written into a file, where a line of it is shown: in logs of builds anybody may read it.</summary>
internal static class CredentialText
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "secret", "clientSecret", "refreshToken", "pfx", "secretAccessKey", "sessionToken", "signingKey",
    };

    /// <summary>The line of JSON with stars for every character of a credential, so that columns stay; expressions stay as they are.</summary>
    /// <param name="line">The line.</param>
    /// <param name="path">The JSON Pointer of the place that it is shown for.</param>
    public static string Hide(string line, string path)
    {
        char[]? hidden = null;
        var within = new Stack<bool>();
        var isWithin = path.Contains("/authentication/", StringComparison.OrdinalIgnoreCase);
        var name = string.Empty;
        for (var at = 0; at < line.Length; at++)
        {
            switch (line[at])
            {
                case '{':
                    within.Push(isWithin);
                    isWithin |= name.Equals("authentication", StringComparison.OrdinalIgnoreCase);
                    name = string.Empty;
                    break;
                case '}':
                    isWithin = within.TryPop(out var around) && around;
                    break;
                case ',':
                    name = string.Empty;
                    break;
                case '"':
                    var end = EndOf(line, at);
                    if (IsName(line, end))
                    {
                        name = line[(at + 1)..Math.Min(end, line.Length)];
                    }
                    else if (line.AsSpan(at + 1) is not ['@', ..] && (Names.Contains(name) || (isWithin && !name.Equals("type", StringComparison.OrdinalIgnoreCase))))
                    {
                        hidden ??= line.ToCharArray();
                        hidden.AsSpan((at + 1)..Math.Min(end, line.Length)).Fill('*');
                    }

                    at = end;
                    break;
            }
        }

        return hidden is null ? line : new string(hidden);
    }

    // The closing quote; the line's end where there is none.
    private static int EndOf(string line, int quote)
    {
        for (var at = quote + 1; at < line.Length; at++)
        {
            if (line[at] == '\\') at++;
            else if (line[at] == '"') return at;
        }

        return line.Length;
    }

    private static bool IsName(string line, int quote)
    {
        for (var at = quote + 1; at < line.Length; at++)
        {
            if (!char.IsWhiteSpace(line[at])) return line[at] == ':';
        }

        return false;
    }
}
