using System.Globalization;

namespace FlowEngine.Definitions;

/// <summary>JSON Pointers (RFC 6901): how a place in a file is named.</summary>
internal static class JsonPointer
{
    /// <summary>The pointer of a member.</summary>
    public static string Append(string pointer, string name) =>
        name.AsSpan().IndexOfAny('~', '/') < 0 ? $"{pointer}/{name}" : $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>The pointer of a member of a member; the first name has nothing to escape.</summary>
    public static string Append(string pointer, string member, string name) =>
        name.AsSpan().IndexOfAny('~', '/') < 0 ? $"{pointer}/{member}/{name}" : Append(Append(pointer, member), name);

    /// <summary>The pointer of an element.</summary>
    public static string Append(string pointer, int index) => string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}");

    /// <summary>The last name or index, unescaped.</summary>
    public static string Last(string pointer) =>
        pointer[(pointer.LastIndexOf('/') + 1)..].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    /// <summary>The pointer of the container; empty for that of the whole document.</summary>
    public static string Parent(string pointer) => pointer[..Math.Max(pointer.LastIndexOf('/'), 0)];

    /// <summary>The names and indexes of a pointer, unescaped.</summary>
    public static IEnumerable<string> Segments(string pointer)
    {
        if (pointer.Length == 0) yield break;
        foreach (var segment in pointer[1..].Split('/'))
        {
            yield return segment.Contains('~', StringComparison.Ordinal)
                ? segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
                : segment;
        }
    }
}
