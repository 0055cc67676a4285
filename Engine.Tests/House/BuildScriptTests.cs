using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace FlowEngine.Tests;

/// <summary>The two build scripts are one page in two languages. No PowerShell runs here: its parser alone reads build.ps1.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class BuildScriptTests
{
    private static readonly string[] Targets = ["restore", "build", "test", "pack", "bench"];

    [Test]
    public void The_PowerShell_script_parses_and_has_the_targets()
    {
        var script = Parser.ParseInput(Repository.Text("build.ps1"), out _, out var errors);
        var clauses = ((SwitchStatementAst)script.Find(node => node is SwitchStatementAst, searchNestedScriptBlocks: true)).Clauses;

        Assert.Multiple(() =>
        {
            Assert.That(errors.Select(error => error.Message), Is.Empty);
            Assert.That(clauses.Select(clause => ((StringConstantExpressionAst)clause.Item1).Value), Is.EqualTo(Targets));
        });
    }

    [Test]
    public void Both_scripts_call_dotnet_alike_for_each_target()
    {
        var script = Parser.ParseInput(Repository.Text("build.ps1"), out _, out _);
        var clauses = ((SwitchStatementAst)script.Find(node => node is SwitchStatementAst, searchNestedScriptBlocks: true)).Clauses;
        var powerShell = clauses.Select(clause => $"{((StringConstantExpressionAst)clause.Item1).Value}: {clause.Item2.Statements[0].Extent.Text.Replace("@Rest", "", StringComparison.Ordinal).Trim()}");
        var bash = BashTarget().Matches(Repository.Text("build.sh"))
            .Select(match => $"{match.Groups["name"].Value}: {match.Groups["call"].Value.Replace("\"$@\"", "", StringComparison.Ordinal).Trim()}");

        Assert.That(bash, Is.EqualTo(powerShell));
    }

    [GeneratedRegex(@"^  (?<name>[a-z]+)\) (?<call>dotnet .*);;$", RegexOptions.Multiline)]
    private static partial Regex BashTarget();
}
