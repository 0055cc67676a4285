using System.Text;
using FlowEngine.Definitions;

namespace FlowEngine.Tests;

/// <summary>docs/diagnostics.md, made of the explanations of the codes.</summary>
internal static class DiagnosticPage
{
    public static string Render()
    {
        var page = new StringBuilder(
            """
            # Diagnostics

            What `flow validate` reports, and what keeps `flow run` from starting. The severity follows the service: an *error* is what it refuses when a definition is saved, a *warning* what it accepts and what will or may fail when it is reached, *information* what works here only.

            A code never changes its meaning. This page is made of `Definitions/Diagnostics/DiagnosticExplanations.cs`; [testing.md](testing.md#generated-pages) says how to write it anew.

            | code | meaning |
            | --- | --- |

            """);

        foreach (var explanation in DiagnosticExplanations.All) page.Append("| ").Append(explanation.Code).Append(" | ").Append(explanation.Summary.Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
        return page.ToString();
    }
}
