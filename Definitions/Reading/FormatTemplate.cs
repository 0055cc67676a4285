using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Text that is JSON only after its placeholders are filled: .NET format templates (<c>{{ … }}</c>, <c>{0}</c>), <c>__NAME__</c>, <c>#{NAME}#</c> outside strings.</summary>
internal static class FormatTemplate
{
    /// <summary>The first placeholder outside a string; null where there is none.</summary>
    public static TextSpan? FindPlaceholder(string text)
    {
        var scanner = new JsonScanner(text);
        var previous = JsonTokenKind.End;
        var start = 0;
        while (scanner.Read())
        {
            var span = text.AsSpan(scanner.Start, scanner.End - scanner.Start);
            switch (scanner.Kind)
            {
                case JsonTokenKind.ObjectStart when previous == JsonTokenKind.ObjectStart && start == scanner.Start - 1:
                    return new TextSpan(start, 2);
                case JsonTokenKind.Bare when previous == JsonTokenKind.ObjectStart && start == scanner.Start - 1
                    && span.IndexOfAnyExceptInRange('0', '9') < 0 && scanner.End < text.Length && text[scanner.End] == '}':
                    return new TextSpan(start, scanner.End + 1 - start);
                case JsonTokenKind.Bare when span.Length > 4 && span.StartsWith("__") && span.EndsWith("__"):
                    return new TextSpan(scanner.Start, span.Length);
                case JsonTokenKind.Bare when span is "#" or "$" && scanner.End < text.Length && text[scanner.End] is '{':
                    var end = text.AsSpan(scanner.End).IndexOf('}');
                    if (end >= 0) return new TextSpan(scanner.Start, scanner.End + end + 1 - scanner.Start);
                    break;
            }

            previous = scanner.Kind;
            start = scanner.Start;
        }

        return null;
    }
}
