using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace FlowEngine.Expressions;

/// <summary>What a template text is.</summary>
internal enum TemplateKind
{
    /// <summary>Plain text.</summary>
    Literal,

    /// <summary><c>@expression</c>: a value of any type.</summary>
    Expression,

    /// <summary>Text with <c>@{expression}</c> in it: always a string.</summary>
    Interpolation,
}

/// <summary>A piece of an interpolation: plain text, or an expression.</summary>
/// <param name="Text">The plain text as it will appear; null where the piece is an expression.</param>
/// <param name="Expression">The expression; null where the piece is plain text.</param>
/// <param name="Span">Where the piece stands, <c>@{</c> and <c>}</c> included.</param>
internal readonly record struct TemplatePart(string? Text, SyntaxNode? Expression, TextSpan Span);

/// <summary>A string of a definition, parsed: plain text, an expression, or text with expressions in it. Immutable.</summary>
/// <remarks>Rules: expressions reference, section 2. A string without <c>@</c> costs one search for that character.</remarks>
internal sealed class TemplateText
{
    private ImmutableArray<CallSyntax> _calls;

    private TemplateText(string text, TemplateKind kind)
    {
        Text = text;
        Kind = kind;
    }

    /// <summary>The text as the definition has it.</summary>
    public string Text { get; }

    /// <summary>What it is. A malformed text is of the kind that it tries to be.</summary>
    public TemplateKind Kind { get; }

    /// <summary>The plain text that a literal stands for: without the first of two leading <c>@</c>; null for the other kinds.</summary>
    public string? LiteralText { get; private init; }

    /// <summary>The expression of a text that is one; else null.</summary>
    public SyntaxNode? Expression { get; private init; }

    /// <summary>The pieces of an interpolation; else none.</summary>
    public IReadOnlyList<TemplatePart> Parts { get; private init; } = [];

    /// <summary>Why the text can't be parsed, or null. The first fault only.</summary>
    public TemplateSyntaxError? Error { get; private init; }

    /// <summary>The roots of all expressions in the text, in its order; none where it is malformed.</summary>
    public IEnumerable<SyntaxNode> Expressions => Expression is null ? Parts.Where(p => p.Expression is not null).Select(p => p.Expression!) : [Expression];

    /// <summary>All calls, outer before inner, in the order of the text.</summary>
    /// <remarks>Found once: six families of rules ask for them, and walking the trees anew took 8 of the 24 MB that loading 1,000 actions allocated.</remarks>
    public ImmutableArray<CallSyntax> Calls()
    {
        if (_calls.IsDefault) ImmutableInterlocked.InterlockedInitialize(ref _calls, FindCalls());
        return _calls;
    }

    // By recursion, which the parser bounds: the iterators of the trees were 700 bytes an action; a list that grows was 80, so they are counted first.
    private ImmutableArray<CallSyntax> FindCalls()
    {
        var count = 0;
        if (Expression is not null) count = CountCalls(Expression);
        for (var i = 0; i < Parts.Count; i++)
        {
            if (Parts[i].Expression is { } part) count += CountCalls(part);
        }

        if (count == 0) return [];
        var calls = new CallSyntax[count];
        var found = 0;
        if (Expression is not null) AddCalls(Expression, calls, ref found);
        for (var i = 0; i < Parts.Count; i++)
        {
            if (Parts[i].Expression is { } part) AddCalls(part, calls, ref found);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(calls);
    }

    private static int CountCalls(SyntaxNode node)
    {
        if (node is MemberSyntax member) return CountCalls(member.Target) + (member.Name is null ? CountCalls(member.Index) : 0);
        if (node is not CallSyntax call) return 0;
        var count = 1;
        foreach (var argument in call.Arguments) count += CountCalls(argument);
        return count;
    }

    private static void AddCalls(SyntaxNode node, CallSyntax[] calls, ref int found)
    {
        switch (node)
        {
            case CallSyntax call:
                calls[found++] = call;
                foreach (var argument in call.Arguments) AddCalls(argument, calls, ref found);
                break;
            case MemberSyntax member:
                AddCalls(member.Target, calls, ref found);
                if (member.Name is null) AddCalls(member.Index, calls, ref found);
                break;
        }
    }

    /// <summary>Parses a text. Never throws: see <see cref="Error"/>.</summary>
    /// <param name="text">The text as the definition has it.</param>
    /// <param name="dialect">Whether extensions may be used.</param>
    /// <param name="limits">How long and how deep an expression may be; null takes the default.</param>
    /// <param name="names">Remembers the names of one document's expressions.</param>
    public static TemplateText Parse(string text, ExpressionDialect dialect = ExpressionDialect.Extended, ExpressionLimits? limits = null, NameCache? names = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0 || text.Length == 1) return Plain(text, text);
        limits ??= ExpressionLimits.Default;
        if (at > 0 || text[1] == '{') return Interpolate(text, at, dialect, limits, names);

        // Two at the start switch the whole string off: one goes, and nothing behind it is scanned.
        if (text[1] == '@') return Plain(text, text[1..]);
        try
        {
            return new TemplateText(text, TemplateKind.Expression) { Expression = Parser.Parse(text.AsSpan(1), 1, dialect, limits, names) };
        }
        catch (TemplateSyntaxException e)
        {
            return new TemplateText(text, TemplateKind.Expression) { Error = e.Error };
        }
    }

    private static TemplateText Plain(string text, string literal) => new(text, TemplateKind.Literal) { LiteralText = literal };

    private static TemplateText Interpolate(string text, int at, ExpressionDialect dialect, ExpressionLimits limits, NameCache? names)
    {
        List<TemplatePart>? parts = null;
        StringBuilder? literal = null;
        var partStart = 0;
        var copied = 0;
        for (; at >= 0; at = at < text.Length ? text.IndexOf('@', at) : -1)
        {
            if (text.AsSpan(at).StartsWith("@@{"))
            {
                // Two before a brace stand for one, and the brace opens nothing.
                (literal ??= new StringBuilder()).Append(text, copied, at - copied).Append("@{");
                copied = at += 3;
            }
            else if (text.AsSpan(at).StartsWith("@{"))
            {
                parts ??= [];
                AddText(at);
                var end = SegmentEnd(text, at + 2);
                if (end < 0) return Malformed(text, NotTerminated(text, at));
                try
                {
                    parts.Add(new TemplatePart(null, Parser.Parse(text.AsSpan(at + 2, end - at - 2), at + 2, dialect, limits, names), new TextSpan(at, end + 1 - at)));
                }
                catch (TemplateSyntaxException e)
                {
                    return Malformed(text, e.Error);
                }

                partStart = copied = at = end + 1;
            }
            else
            {
                at++;
            }
        }

        if (parts is null) return Plain(text, literal is null ? text : literal.Append(text, copied, text.Length - copied).ToString());
        AddText(text.Length);
        return new TemplateText(text, TemplateKind.Interpolation) { Parts = parts };

        void AddText(int end)
        {
            if (end == partStart) return;
            var plain = literal is null ? text[partStart..end] : literal.Append(text, copied, end - copied).ToString();
            literal = null;
            parts.Add(new TemplatePart(plain, null, new TextSpan(partStart, end - partStart)));
        }
    }

    private static TemplateText Malformed(string text, TemplateSyntaxError error) => new(text, TemplateKind.Interpolation) { Error = error };

    // A brace inside quotes doesn't end the segment; nothing nests otherwise.
    private static int SegmentEnd(string text, int start)
    {
        var isQuoted = false;
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '\'') isQuoted = !isQuoted;
            else if (text[i] == '}' && !isQuoted) return i;
        }

        return -1;
    }

    private static TemplateSyntaxError NotTerminated(string text, int at) => new(
        $"The template language expression '{text}' is not valid: the string interpolation segment starting at position '{at}' is not terminated.",
        new TextSpan(at, text.Length - at),
        "A '}' is missing, or a quote inside a text is not doubled.");
}
