using System.Globalization;
using System.Text;

namespace FlowEngine.Tests;

/// <summary>docs/save-time-rules.md, made of <c>Cases/save-time.jsonl</c>.</summary>
internal static class SaveTimePage
{
    public static string Render()
    {
        var page = new StringBuilder(
            """
            # Save-time rules

            What the service refuses when a definition is saved, what it takes although it will fail, and what `flow validate` and `flow run` make of each. *Error*: refused by the service and here. *Limit*: a size that only the cloud needs, a warning here and an error with `--strict`. *Warning*: saved, and fails or means nothing when it is reached. *Information*: works here only, an error with `--strict`. *Taken*: saved and run, nothing is said.

            Each row has an example, below, and a test that reads it: it gives this diagnostic and no other one. [diagnostics.md](diagnostics.md) explains the codes. This page is made of `Engine.Tests/Definitions/Cases/save-time.jsonl`; [testing.md](testing.md#generated-pages) says how to write it anew.


            """);

        var number = 0;
        foreach (var section in SaveTimeRule.All.GroupBy(rule => rule.Section))
        {
            page.Append(CultureInfo.InvariantCulture, $"## {section.Key}\n\n| | rule | here | diagnostic | the service's code |\n| --- | --- | --- | --- | --- |\n");
            foreach (var rule in section)
            {
                number++;
                var code = rule.ServiceCode is null ? "" : $"`{rule.ServiceCode}`";
                page.Append(CultureInfo.InvariantCulture, $"| {number} | {Cell(rule.Rule)} | {rule.Verdict.ToString().ToLowerInvariant()} | {rule.Code} | {code} |\n");
            }

            page.Append('\n');
        }

        page.Append("## Examples\n\nThe `actions` behind a Request trigger, or the whole definition.\n\n| | example |\n| --- | --- |\n");
        number = 0;
        foreach (var rule in SaveTimeRule.All)
        {
            var times = rule.Repeated is null ? "" : string.Create(CultureInfo.InvariantCulture, $", where `…` stands for {rule.Count} times `{rule.Repeated}`");
            page.Append(CultureInfo.InvariantCulture, $"| {++number} | `{Cell(rule.Example)}`{Cell(times)} |\n");
        }

        return page.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
