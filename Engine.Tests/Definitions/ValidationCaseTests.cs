using FlowEngine.Definitions;

namespace FlowEngine.Tests;

/// <summary>What the service takes and refuses at save: a case a line, with the code, the action and the words where they are known.</summary>
[Parallelizable(ParallelScope.All)]
public class ValidationCaseTests
{
    private static IEnumerable<TestCaseData> Cases()
    {
        var folder = Path.Combine(TestContext.CurrentContext.TestDirectory, "Definitions", "Cases");
        foreach (var line in File.ReadLines(Path.Combine(folder, "validation.jsonl")))
        {
            var row = FlowValue.Parse(line);
            yield return new TestCaseData(row).SetName(row["name"].AsString.Replace('.', ' '));
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void A_definition_is_taken_or_refused(FlowValue row)
    {
        var document = Documents.Read(row["definition"].ToJson(), row["strict"].AsBoolean);

        var errors = document.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        var all = string.Join(Environment.NewLine, document.Diagnostics);
        Assert.That(document.HasErrors, Is.EqualTo(row["error"].AsBoolean), all);
        if (errors.Count == 0) return;
        var fits = errors.Where(error =>
            (row["code"].IsNull || error.ServiceCode == row["code"].AsString)
            && (row["action"].IsNull || error.Action == row["action"].AsString)
            && (row["message"].IsNull || error.Message.Contains(row["message"].AsString, StringComparison.Ordinal)));
        Assert.That(fits, Is.Not.Empty, all);
        Assert.That(errors, Has.Count.EqualTo(1), "one fault, one error: " + all);
    }
}
