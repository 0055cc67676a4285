using FlowEngine.Definitions;
using Microsoft.Extensions.Time.Testing;

namespace FlowEngine.Tests;

/// <summary>One fault a line of <c>Cases/rules.jsonl</c>: its code, severity and words, and its place between <c>⟦</c> and <c>⟧</c>.</summary>
[Parallelizable(ParallelScope.All)]
public class ValidationRuleTests
{
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero));

    private static IEnumerable<FlowValue> Rows() =>
        File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "Definitions", "Cases", "rules.jsonl")).Select(line => FlowValue.Parse(line));

    private static IEnumerable<TestCaseData> Cases() => Rows().Select(row => new TestCaseData(row).SetName(row["name"].AsString));

    [TestCaseSource(nameof(Cases))]
    public void A_fault_is_found_where_it_is(FlowValue row)
    {
        var marked = row["definition"].AsStringOrNull
            ?? """{"triggers":{"manual":{"type":"Request","kind":"Http","inputs":{}}},"actions":""" + row["actions"].AsString + "}";
        var start = marked.IndexOf('⟦', StringComparison.Ordinal);
        var end = marked.IndexOf('⟧', StringComparison.Ordinal) - 1;
        var text = marked.Replace("⟦", "", StringComparison.Ordinal).Replace("⟧", "", StringComparison.Ordinal);

        var document = WorkflowDocument.Read(text, "flow.json", Documents.Options with { Strict = !row["strict"].IsNull, Time = Clock });

        var all = string.Join(Environment.NewLine, document.Diagnostics);
        Assert.That(document.Diagnostics, Has.Count.EqualTo(1), all);
        var diagnostic = document.Diagnostics[0];
        Assert.That(diagnostic.Code, Is.EqualTo(row["code"].AsString), all);
        Assert.That(diagnostic.Severity.ToString().ToLowerInvariant(), Is.EqualTo(row["severity"].AsString), all);
        Assert.That(document.HasErrors, Is.EqualTo(diagnostic.Severity == DiagnosticSeverity.Error));
        if (start >= 0) Assert.That((diagnostic.Location.Line, diagnostic.Location.Column, diagnostic.Location.EndColumn), Is.EqualTo((1, start + 1, end + 1)), all);
        if (!row["serviceCode"].IsNull) Assert.That(diagnostic.ServiceCode, Is.EqualTo(row["serviceCode"].AsString));
        if (!row["message"].IsNull) Assert.That(diagnostic.Message, Does.Contain(row["message"].AsString));
        if (!row["suggestion"].IsNull) Assert.That(diagnostic.Suggestion, Is.EqualTo(row["suggestion"].AsString));
    }

    [Test]
    public void Every_code_of_a_rule_has_a_case()
    {
        var tested = Rows().Select(row => row["code"].AsString).ToHashSet();

        Assert.That(DiagnosticExplanations.All.Select(entry => entry.Code).Where(code => code[2] is >= '2' and <= '5').Where(code => !tested.Contains(code)), Is.Empty);
    }
}
