using System.Globalization;
using FlowEngine.Testing;

namespace FlowEngine.Cli;

/// <summary>What <c>flow test --coverage</c> and <c>--min-coverage</c> tell.</summary>
internal static class CoverageOutput
{
    /// <summary>Prints the summary, writes the reports and says whether enough is covered.</summary>
    /// <param name="coverage">What the tests covered.</param>
    /// <param name="folder">Where reports go; null writes none.</param>
    /// <param name="least">The least share of actions in per cent; null asks for none.</param>
    /// <param name="output">Where the summary goes.</param>
    /// <exception cref="UsageException">The reports can't be written.</exception>
    public static bool Write(CoverageCollector coverage, string? folder, double? least, TextWriter output)
    {
        var report = new CoverageReport(coverage, Directory.GetCurrentDirectory());
        output.Write(TerminalText.CleanLines(report.ToText()));
        if (folder is not null)
        {
            try
            {
                report.Write(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"the coverage can't be written: {e.Message}");
            }
        }

        if (least is not { } wanted || coverage.ActionShare.Percent >= wanted) return true;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"coverage: {coverage.ActionShare.Percent:0.##} % of the actions is less than the {wanted} % asked for"));
        return false;
    }
}
