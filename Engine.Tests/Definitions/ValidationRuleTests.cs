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

    /// <summary>The service takes 100,000 elements and texts of 104,857,600 characters; what is checked here in advance is less.</summary>
    [TestCase("@length(range(0, 1000))")]
    [TestCase("@range(0, 100000)")]
    [TestCase("@join(range(0, 5000), ',')")]
    [TestCase("@length(join(range(0, 100000), 'and so on'))")]
    public void A_constant_that_is_large_is_not_said_to_fail(string expression) =>
        Assert.That(Documents.Actions($$$"""{"A":{"type":"Compose","inputs":"{{{expression}}}"}}""").Diagnostics, Is.Empty);

    [TestCase("@range(0, 100001)", "no larger than '100000'")]
    [TestCase("@range(1, -1)", "must be a non-negative integer")]
    public void A_range_that_the_service_refuses_is_said_to_fail(string expression, string message) =>
        Assert.That(Documents.Actions($$$"""{"A":{"type":"Compose","inputs":"{{{expression}}}"}}""").Diagnostics.Single().Message, Does.Contain(message));
}
