using System.Buffers;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>What a JSON text has that the standard doesn't: one pass over its tokens, no allocation, no positions kept but the first of each kind.</summary>
internal readonly record struct JsonSurvey
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.eE+-");

    /// <summary>Containers nested in each other.</summary>
    public int Depth { get; private init; }

    /// <summary>Where the nesting first goes beyond what is read.</summary>
    public int? TooDeepAt { get; private init; }

    public TextSpan? FirstComment { get; private init; }

    public TextSpan? FirstTrailingComma { get; private init; }

    public TextSpan? FirstOddToken { get; private init; }

    public TextSpan? FirstRawLineBreak { get; private init; }

    /// <summary>Surveys a text.</summary>
    public static JsonSurvey Of(string text, int maximumDepth)
    {
        var scanner = new JsonScanner(text);
        int depth = 0, deepest = 0;
        int? tooDeep = null;
        TextSpan? comment = null, trailing = null, odd = null, lineBreak = null;
        TextSpan? comma = null;
        while (scanner.Read())
        {
            var span = new TextSpan(scanner.Start, scanner.End - scanner.Start);
            switch (scanner.Kind)
            {
                case JsonTokenKind.Comment:
                    comment ??= span;
                    continue;
                case JsonTokenKind.ObjectStart or JsonTokenKind.ArrayStart:
                    depth++;
                    deepest = Math.Max(deepest, depth);
                    if (depth > maximumDepth) tooDeep ??= span.Start;
                    break;
                case JsonTokenKind.ObjectEnd or JsonTokenKind.ArrayEnd:
                    depth--;
                    if (comma is not null) trailing ??= comma;
                    break;
                case JsonTokenKind.String:
                    if (text[span.Start] == '\'') odd ??= span;
                    if (lineBreak is null && text.AsSpan(span.Start, span.Length).IndexOfAny('\r', '\n') is var at and >= 0) lineBreak = new TextSpan(span.Start + at, 1);
                    break;
                case JsonTokenKind.Bare:
                    if (odd is null && !IsStandard(text.AsSpan(span.Start, span.Length))) odd = span;
                    break;
            }

            comma = scanner.Kind == JsonTokenKind.Comma ? span : null;
        }

        return new JsonSurvey
        {
            Depth = deepest,
            TooDeepAt = tooDeep,
            FirstComment = comment,
            FirstTrailingComma = trailing,
            FirstOddToken = odd,
            FirstRawLineBreak = lineBreak,
        };
    }

    private static bool IsStandard(ReadOnlySpan<char> bare)
    {
        if (bare is "true" or "false" or "null") return true;
        var digits = bare[0] == '-' ? bare[1..] : bare;
        if (digits.IsEmpty || !char.IsAsciiDigit(digits[0]) || digits[^1] == '.') return false;
        if (digits is ['0', >= '0' and <= '9', ..]) return false;
        return digits.IndexOfAnyExcept(NumberCharacters) < 0;
    }
}
