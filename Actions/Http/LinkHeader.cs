namespace FlowEngine.Actions;

/// <summary>The <c>Link</c> header: <c>&lt;https://…&gt;; rel="next", &lt;…&gt;; rel="last"</c> (RFC 8288).</summary>
internal static class LinkHeader
{
    /// <summary>The address of the first link with that relation; null where there is none.</summary>
    public static string? Target(string? header, string relation)
    {
        if (header is null) return null;
        var at = 0;
        while (header.IndexOf('<', at) is >= 0 and var open && header.IndexOf('>', open) is >= 0 and var close)
        {
            var end = EndOfParameters(header, close + 1);
            if (HasRelation(header.AsSpan(close + 1, end - close - 1), relation)) return header[(open + 1)..close].Trim();
            at = end;
        }

        return null;
    }

    // A comma inside quotes ends nothing.
    private static int EndOfParameters(string header, int from)
    {
        var quoted = false;
        for (var i = from; i < header.Length; i++)
        {
            if (quoted && header[i] == '\\') i++;
            else if (header[i] == '"') quoted = !quoted;
            else if (header[i] == ',' && !quoted) return i;
        }

        return header.Length;
    }

    private static bool HasRelation(ReadOnlySpan<char> parameters, string relation)
    {
        foreach (var part in parameters.Split(';'))
        {
            var parameter = parameters[part].Trim();
            var equals = parameter.IndexOf('=');
            if (equals < 0 || !parameter[..equals].TrimEnd().Equals("rel", StringComparison.OrdinalIgnoreCase)) continue;
            var relations = parameter[(equals + 1)..].Trim().Trim('"');
            foreach (var word in relations.Split(' '))
            {
                if (relations[word].Equals(relation, StringComparison.OrdinalIgnoreCase)) return true;
            }

            return false; // Only the first 'rel' counts.
        }

        return false;
    }
}
