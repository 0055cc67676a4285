using System.Text;

namespace FlowEngine.Definitions;

/// <summary>The canonical form of a definition file: two blanks a level, one member a line. Order, names, numbers and escapes stay as they are written, comments too.</summary>
public static class CanonicalJson
{
    /// <summary>The text in canonical form, with a line break at its end; text in it already is given back unchanged.</summary>
    /// <param name="text">JSON text that can be read.</param>
    public static string Format(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = new StringBuilder(text.Length + (text.Length / 4));
        var scanner = new JsonScanner(text);
        var level = 0;
        var isFirst = true;
        var afterValueName = false;
        var previous = JsonTokenKind.End;
        var end = 0;
        while (scanner.Read())
        {
            var token = text.AsSpan(scanner.Start, scanner.End - scanner.Start);
            var kind = scanner.Kind;
            var isTrailingComment = kind == JsonTokenKind.Comment && end > 0 && !text.AsSpan(end, scanner.Start - end).ContainsAny('\r', '\n');
            if (kind is JsonTokenKind.ObjectEnd or JsonTokenKind.ArrayEnd) level--;

            // Behind a comment that ends with its line, what follows needs a line of its own.
            if (previous == JsonTokenKind.Comment && (kind is JsonTokenKind.Colon or JsonTokenKind.Comma)) result.Append('\n').Append(' ', level * 2);
            if (kind == JsonTokenKind.Colon) result.Append(": ");
            else if (kind == JsonTokenKind.Comma) result.Append(',');
            else
            {
                var isEmpty = (kind is JsonTokenKind.ObjectEnd or JsonTokenKind.ArrayEnd) && previous is JsonTokenKind.ObjectStart or JsonTokenKind.ArrayStart;
                if (isTrailingComment) result.Append(' ');
                else if (!isFirst && !afterValueName && !isEmpty) result.Append('\n').Append(' ', level * 2);
                result.Append(token);
            }

            if (kind is JsonTokenKind.ObjectStart or JsonTokenKind.ArrayStart) level++;
            afterValueName = kind == JsonTokenKind.Colon;
            isFirst = false;
            previous = kind;
            end = scanner.End;
        }

        return result.Append('\n').ToString();
    }
}
