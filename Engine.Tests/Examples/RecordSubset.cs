using System.Text.RegularExpressions;

namespace FlowEngine.Tests;

/// <summary>Compares a run record with the part of it that an example expects.</summary>
/// <remarks>Objects: the members named. Arrays: element by element, same length. Texts that begin with <c>re:</c>: regular expressions.</remarks>
internal static class RecordSubset
{
    private const string Pattern = "re:";

    /// <summary>Every place that differs, as <c>path: expected …, found …</c>.</summary>
    public static IEnumerable<string> Differences(FlowValue expected, FlowValue actual, string path = "record")
    {
        if (expected.AsObjectOrNull is { } members)
        {
            if (!actual.IsObject) return [Difference(path, expected, actual)];
            return members.SelectMany(member => actual.TryGetMember(member.Key, out var found)
                ? Differences(member.Value, found, $"{path}.{member.Key}")
                : [$"{path}.{member.Key}: expected {member.Value}, found nothing"]);
        }

        if (expected.AsArrayOrNull is { } items)
        {
            if (actual.AsArrayOrNull is not { } found || found.Count != items.Count) return [Difference(path, expected, actual)];
            return Enumerable.Range(0, items.Count).SelectMany(i => Differences(items[i], found[i], $"{path}[{i}]"));
        }

        return Fits(expected, actual) ? [] : [Difference(path, expected, actual)];
    }

    private static bool Fits(FlowValue expected, FlowValue actual) =>
        expected.AsStringOrNull is { } text && text.StartsWith(Pattern, StringComparison.Ordinal)
            ? actual.AsStringOrNull is { } found && Regex.IsMatch(found, text[Pattern.Length..], RegexOptions.CultureInvariant)
            : expected.Equals(actual);

    private static string Difference(string path, FlowValue expected, FlowValue actual) => $"{path}: expected {expected}, found {actual}";
}
