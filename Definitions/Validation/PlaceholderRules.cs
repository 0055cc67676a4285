using System.Buffers;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Placeholders that a deployment fills: <c>__NAME__</c>, <c>#{NAME}#</c>, <c>${NAME}</c>, <c>$(NAME)</c>, <c>{{NAME}}</c>. Each is said once.</summary>
internal static class PlaceholderRules
{
    /// <summary>The marks around a name.</summary>
    public static IReadOnlyList<(string Start, string End)> Forms { get; } = [("#{", "}#"), ("${", "}"), ("$(", ")"), ("{{", "}}"), ("__", "__")];

    // All at once: five searches of a file took 70 of 4,100 µs (load.actions-1000).
    private static readonly SearchValues<string> Starts = SearchValues.Create([.. Forms.Select(form => form.Start)], StringComparison.Ordinal);

    public static void Check(FlowValue root, string text, DiagnosticBag faults)
    {
        if (!text.AsSpan().ContainsAny(Starts)) return;
        Walk(root, string.Empty, new HashSet<string>(StringComparer.Ordinal), faults);
    }

    private static void Walk(FlowValue value, string pointer, HashSet<string> said, DiagnosticBag faults)
    {
        if (value.AsStringOrNull is { } text)
        {
            if (Find(text) is { } span && said.Add(text.Substring(span.Start, span.Length)))
                faults.Information(DiagnosticCodes.Placeholder, $"The placeholder '{text.Substring(span.Start, span.Length)}' is to be filled before the flow is used; it is read as text.", new FaultPlace(pointer, Piece: span));
        }
        else if (value.AsArrayOrNull is { } array)
        {
            for (var i = 0; i < array.Count; i++) Walk(array[i], JsonPointer.Append(pointer, i), said, faults);
        }
        else if (value.AsObjectOrNull is { } members)
        {
            for (var i = 0; i < members.Count; i++) Walk(members.Values[i], JsonPointer.Append(pointer, members.Names[i]), said, faults);
        }
    }

    /// <summary>The first placeholder of a text: a name between the marks, in capitals where the marks alone don't tell (<c>__proto__</c> is none).</summary>
    public static TextSpan? Find(string text)
    {
        foreach (var (start, end) in Forms)
        {
            for (var at = text.IndexOf(start, StringComparison.Ordinal); at >= 0; at = text.IndexOf(start, at + start.Length, StringComparison.Ordinal))
            {
                var nameAt = at + start.Length;
                var length = text.AsSpan(nameAt).IndexOf(end);
                if (length is > 0 and <= 64 && IsName(text.AsSpan(nameAt, length), capitals: start is "__")) return new TextSpan(at, start.Length + length + end.Length);
            }
        }

        return null;
    }

    private static bool IsName(ReadOnlySpan<char> name, bool capitals)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.')) return false;
            if (capitals && char.IsAsciiLetterLower(c)) return false;
        }

        return char.IsAsciiLetter(name[0]);
    }
}
