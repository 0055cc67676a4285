namespace FlowEngine.Connectors;

/// <summary>Where brackets of C# end: texts, characters and comments are passed over.</summary>
internal static class PolicyBrackets
{
    /// <summary>The position behind the bracket that closes the one at <paramref name="at"/>; -1 where there is none, or texts with holes are nested too deep.</summary>
    public static int EndOf(string text, int at, int to) => EndOf(text, at, to, 0);

    private static int EndOf(string text, int at, int to, int depth)
    {
        if (depth > PolicyTokens.MaxNesting) return -1;
        var open = new Stack<char>();
        while (at < to)
        {
            var c = text[at];
            if (c is '(' or '{' or '[')
            {
                open.Push(c);
                at++;
            }
            else if (c is ')' or '}' or ']')
            {
                if (open.Count == 0 || open.Pop() != (c == ')' ? '(' : c == '}' ? '{' : '[')) return -1;
                at++;
                if (open.Count == 0) return at;
            }
            else
            {
                at = Token(text, at, to, depth);
            }
        }

        return -1;
    }

    /// <summary>The position behind what stands at <paramref name="at"/>: a bracket with all inside, a text, a comment, or one character.</summary>
    public static int Skip(string text, int at, int to)
    {
        if (text[at] is not ('(' or '{' or '[')) return Token(text, at, to, 0);
        var end = EndOf(text, at, to);
        return end < 0 ? to : end;
    }

    private static int Token(string text, int at, int to, int depth)
    {
        var rest = text.AsSpan(at, to - at);
        if (rest.StartsWith("//")) return End(text, at, to, "\n");
        if (rest.StartsWith("/*")) return End(text, at + 2, to, "*/");
        if (rest.StartsWith("$@\"") || rest.StartsWith("@$\"")) return Quoted(text, at + 3, to, verbatim: true, holes: true, depth);
        if (rest.StartsWith("$\"")) return Quoted(text, at + 2, to, verbatim: false, holes: true, depth);
        if (rest.StartsWith("@\"")) return Quoted(text, at + 2, to, verbatim: true, holes: false, depth);
        if (text[at] == '"') return Quoted(text, at + 1, to, verbatim: false, holes: false, depth);
        if (text[at] == '\'') return Character(text, at, to);
        return at + 1;
    }

    private static int Quoted(string text, int at, int to, bool verbatim, bool holes, int depth)
    {
        while (at < to)
        {
            var c = text[at];
            if (c == '\\' && !verbatim) at += 2;
            else if (c == '"' && verbatim && at + 1 < to && text[at + 1] == '"') at += 2;
            else if (c == '"') return at + 1;
            else if (c == '{' && holes && at + 1 < to && text[at + 1] == '{') at += 2;
            else if (c == '{' && holes)
            {
                var end = EndOf(text, at, to, depth + 1);
                if (end < 0) return to;
                at = end;
            }
            else at++;
        }

        return to;
    }

    private static int Character(string text, int at, int to)
    {
        var end = at + 1;
        if (end < to && text[end] == '\\') end++;
        end++;
        return end < to && text[end] == '\'' ? end + 1 : at + 1;
    }

    private static int End(string text, int at, int to, string mark)
    {
        var index = text.IndexOf(mark, at, to - at, StringComparison.Ordinal);
        return index < 0 ? to : index + mark.Length;
    }
}
