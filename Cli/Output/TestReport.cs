using System.Globalization;
using System.Text;
using System.Xml;
using FlowEngine.Testing;

namespace FlowEngine.Cli;

/// <summary>How a test went, and how long it took in real time.</summary>
internal sealed record TestResult(string File, FlowTestOutcome Outcome, TimeSpan Duration)
{
    public string Name => Outcome.Test.Name;
}

/// <summary>What <c>flow test</c> tells: text, one JSON object, or a JUnit file.</summary>
internal sealed class TestReport(IReadOnlyList<TestResult> results)
{
    public int Failed { get; } = results.Count(result => !result.Outcome.Passed);

    /// <param name="mutation">What a mutation check found; null where none was made.</param>
    public FlowValue ToValue(MutationCheck? mutation)
    {
        var report = new FlowObjectBuilder().Add("tests", FlowArray.Create(results.Select(ToValue))).Add("passed", results.Count - Failed).Add("failed", Failed);
        return (mutation is null ? report : report.Add("mutation", MutationOutput.ToValue(mutation))).ToValue();
    }

    public void WriteText(TextWriter output)
    {
        foreach (var result in results.Where(result => !result.Outcome.Passed))
        {
            output.WriteLine($"failed: {TerminalText.Clean(result.Name)}  ({TerminalText.Clean(result.File)})");
            output.WriteLine(TerminalText.CleanLines(result.Outcome.ToString()));
            output.WriteLine();
        }

        output.WriteLine($"{ActionLine.Count(results.Count, "test", "tests")}: {results.Count - Failed} passed, {Failed} failed");
    }

    public void WriteJUnit(string file)
    {
        try
        {
            using var xml = XmlWriter.Create(file, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), CheckCharacters = false });
            xml.WriteStartElement("testsuites");
            foreach (var suite in results.GroupBy(result => result.File)) WriteSuite(xml, suite.Key, [.. suite]);
            xml.WriteEndElement();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the report can't be written: {e.Message}");
        }
    }

    private static void WriteSuite(XmlWriter xml, string name, IReadOnlyList<TestResult> tests)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("tests", tests.Count.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", tests.Count(test => !test.Outcome.Passed).ToString(CultureInfo.InvariantCulture));
        foreach (var test in tests)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", name);
            xml.WriteAttributeString("name", TerminalText.Clean(test.Name));
            xml.WriteAttributeString("time", test.Duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture));
            if (!test.Outcome.Passed)
            {
                xml.WriteStartElement("failure");
                xml.WriteAttributeString("message", TerminalText.Clean(test.Outcome.Failures[0].Message));
                xml.WriteString(TerminalText.CleanLines(test.Outcome.ToString()));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static FlowValue ToValue(TestResult result) => FlowValue.Object(
        ("file", FlowValue.String(result.File)),
        ("name", FlowValue.String(result.Name)),
        ("passed", result.Outcome.Passed),
        ("failures", FlowArray.Create(result.Outcome.Failures.Select(failure => FlowValue.Object(
            ("path", FlowValue.String(failure.Path)),
            ("expected", failure.Expected),
            ("actual", failure.Actual),
            ("message", FlowValue.String(failure.Message)))))),
        ("duration", FlowValue.Float(result.Duration.TotalSeconds)));
}
