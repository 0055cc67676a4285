using FlowEngine.Definitions;
using Microsoft.Extensions.Time.Testing;

namespace FlowEngine.Tests;

/// <summary>The table of docs/save-time-rules.md, row by row: the example of a rule gives that rule's diagnostic, and nothing else.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SaveTimeRuleTests
{
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero));

    private static IEnumerable<TestCaseData> Cases() =>
        from rule in SaveTimeRule.All
        from strict in new[] { false, true }
        select new TestCaseData(rule, strict).SetName($"{rule.Section}: {rule.Rule}{(strict ? ", strict" : "")}".Replace('.', ' '));

    [TestCaseSource(nameof(Cases))]
    public void A_rule_is_kept(object row, bool strict)
    {
        var rule = (SaveTimeRule)row;

        var document = WorkflowDocument.Read(rule.Definition, "flow.json", Documents.Options with { Strict = strict, Time = Clock });

        var all = string.Join(Environment.NewLine, document.Diagnostics);
        if (rule.Verdict == SaveTimeVerdict.Taken)
        {
            Assert.That(document.Diagnostics, Is.Empty, all);
            return;
        }

        Assert.That(document.Diagnostics.Select(diagnostic => diagnostic.Code), Is.EqualTo(new[] { rule.Code }), all);
        var fault = document.Diagnostics[0];
        Assert.That(fault.Severity, Is.EqualTo(Expected(rule.Verdict, strict)), all);
        Assert.That(document.HasErrors, Is.EqualTo(fault.Severity == DiagnosticSeverity.Error));
        if (rule.ServiceCode is not null) Assert.That(fault.ServiceCode, Is.EqualTo(rule.ServiceCode));
        if (rule.Words is not null) Assert.That(fault.Message, Does.Contain(rule.Words));
    }

    private static DiagnosticSeverity Expected(SaveTimeVerdict verdict, bool strict) => verdict switch
    {
        SaveTimeVerdict.Error => DiagnosticSeverity.Error,
        SaveTimeVerdict.Limit => strict ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
        SaveTimeVerdict.Warning => DiagnosticSeverity.Warning,
        _ => strict ? DiagnosticSeverity.Error : DiagnosticSeverity.Information,
    };
}
