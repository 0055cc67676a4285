using System.Text.RegularExpressions;

namespace FlowEngine.Tests;

/// <summary>Compares what a page shows of a command's output with what the command prints.</summary>
/// <remarks>A line with <c>…</c> stands for any lines; all others must be there, in order, whole. Ids of runs and paths above the repository may differ.</remarks>
internal static partial class ShownOutput
{
    private const string LeftOut = "…";

    /// <summary>The first shown line that the output doesn't have where it should; null where all fit.</summary>
    public static string? Difference(string shown, string printed)
    {
        var expected = Lines(shown);
        var actual = Lines(printed.Replace(Repository.Root + "/", "", StringComparison.Ordinal));
        var at = 0;
        var mayJump = false;
        foreach (var line in expected)
        {
            if (line == LeftOut)
            {
                mayJump = true;
                continue;
            }

            var found = mayJump ? Array.IndexOf(actual, line, at) : at < actual.Length && actual[at] == line ? at : -1;
            if (found < 0) return $"expected '{line}', found '{(at < actual.Length ? actual[at] : "the end")}'";
            at = found + 1;
            mayJump = false;
        }

        return at == actual.Length || mayJump ? null : $"expected the end, found '{actual[at]}'";
    }

    private static string[] Lines(string text) => [.. text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n').Split('\n').Select(line => RunId().Replace(line, "run ID of "))];

    [GeneratedRegex("^run [0-9]{20,}CU[0-9]{2} of ")]
    private static partial Regex RunId();
}
