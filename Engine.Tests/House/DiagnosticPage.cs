using System.Text;
using System.Text.RegularExpressions;

namespace FlowEngine.Tests;

/// <summary>docs/diagnostics.md, made of the summaries in DiagnosticCodes.cs: the one place that says what a code means.</summary>
internal static partial class DiagnosticPage
{
    public static string Render()
    {
        var page = new StringBuilder(
            """
            # Diagnostics

            What `flow validate` reports, and what keeps `flow run` from starting. The severity follows the service: an *error* is what it refuses when a definition is saved, a *warning* what it accepts and what will or may fail when it is reached, *information* what works here only.

            A code never changes its meaning. This page is made of `Definitions/Diagnostics/DiagnosticCodes.cs`; [testing.md](testing.md#generated-pages) says how to write it anew.

            | code | meaning |
            | --- | --- |

            """);

        foreach (Match code in Code().Matches(Repository.Text("Definitions/Diagnostics/DiagnosticCodes.cs")).OrderBy(match => match.Groups["code"].Value, StringComparer.Ordinal))
        {
            var meaning = Markup().Replace(code.Groups["summary"].Value, "`$1`").Replace("&lt;", "<", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
            page.Append("| ").Append(code.Groups["code"].Value).Append(" | ").Append(meaning).Append(" |\n");
        }

        return page.ToString();
    }

    [GeneratedRegex("""/// <summary>(?<summary>.*)</summary>\s+public const string \w+ = "(?<code>FE\d{4})";""")]
    private static partial Regex Code();

    [GeneratedRegex("<c>(.*?)</c>")]
    private static partial Regex Markup();
}
