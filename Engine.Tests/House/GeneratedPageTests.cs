using System.Reflection;
using FlowEngine.Definitions;

namespace FlowEngine.Tests;

/// <summary>Pages that are made of the code say what the code says. <c>FLOWENGINE_WRITE_DOCS=1</c> writes them anew.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class GeneratedPageTests
{
    private static readonly bool Writes = Environment.GetEnvironmentVariable("FLOWENGINE_WRITE_DOCS") == "1";

    [Test]
    public void The_page_of_functions_says_what_the_table_says() => AssertPage("docs/functions.md", FunctionPage.Render());

    [Test]
    public void The_page_of_actions_says_what_the_table_says() => AssertPage("docs/actions.md", ActionPage.Render());

    [Test]
    public void The_page_of_diagnostics_says_what_the_codes_say() => AssertPage("docs/diagnostics.md", DiagnosticPage.Render());

    [Test]
    public void The_page_of_save_time_rules_says_what_the_cases_say() => AssertPage("docs/save-time-rules.md", SaveTimePage.Render());

    [Test]
    public void Every_diagnostic_code_is_explained_and_stands_for_one_thing()
    {
        var codes = typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).ToArray();

        Assert.Multiple(() =>
        {
            Assert.That(codes, Is.Unique);
            Assert.That(DiagnosticExplanations.All.Select(explanation => explanation.Code), Is.EquivalentTo(codes));
        });
    }

    private static void AssertPage(string file, string expected)
    {
        if (Writes) File.WriteAllText(Repository.Locate(file), expected);
        Assert.That(Repository.Text(file), Is.EqualTo(expected), "FLOWENGINE_WRITE_DOCS=1 dotnet test Engine.Tests --filter GeneratedPageTests writes the page anew");
    }
}
