using System.Globalization;
using System.Text;
using System.Xml;
using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>Writes what tests covered in the forms that people and tools read.</summary>
/// <param name="coverage">What was collected.</param>
/// <param name="folder">The folder against which the names of files are written, such as that of the repository.</param>
public sealed class CoverageReport(CoverageCollector coverage, string folder)
{
    private readonly IReadOnlyList<FlowCoverage> _flows = coverage.Flows;

    /// <summary>Writes <c>coverage.json</c>, <c>cobertura.xml</c>, <c>lcov.info</c> and <c>index.html</c>.</summary>
    /// <exception cref="IOException">A file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Write(string target)
    {
        Directory.CreateDirectory(target);
        File.WriteAllText(Path.Combine(target, "coverage.json"), ToJson().ToJson());
        File.WriteAllText(Path.Combine(target, "lcov.info"), ToLcov());
        using (var xml = XmlWriter.Create(Path.Combine(target, "cobertura.xml"), new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" })) WriteCobertura(xml);
        File.WriteAllText(Path.Combine(target, "index.html"), CoveragePage.Of(_flows, NameOf));
    }

    /// <summary>Lines for people: a flow a line, below it what no test reached.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var flow in _flows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{NameOf(flow)}: {Shown("actions", flow.ActionShare)}, {Shown("branches", flow.BranchShare)}{Shown(flow.ExpressionShare)}\n");
            foreach (var action in flow.Actions)
            {
                if (!action.IsCovered) text.Append(CultureInfo.InvariantCulture, $"  line {action.Line}: {action.Name} never started\n");
                else if (action.Branches.Any(branch => !branch.IsCovered))
                    text.Append(CultureInfo.InvariantCulture, $"  line {action.Line}: {action.Name} never took {string.Join(", ", action.Branches.Where(branch => !branch.IsCovered).Select(branch => branch.Name))}\n");
            }

            foreach (var call in flow.Expressions.Where(call => call.Share.Covered < call.Share.Total && !IsUnreached(flow, call)))
                text.Append(CultureInfo.InvariantCulture, $"  line {call.Line}: {call.Text} never went {string.Join(", ", call.Ways.Where(way => !way.IsCovered).Select(way => way.Name))}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"coverage: {Shown("actions", coverage.ActionShare)}, {Shown("branches", coverage.BranchShare)}{Shown(coverage.ExpressionShare)}\n").ToString();
    }

    // Of an action that never started that is all there is to say.
    private static bool IsUnreached(FlowCoverage flow, CoveredExpression call) => flow.Actions.Any(action => action.Name == call.Action && !action.IsCovered);

    /// <summary>One object with every flow, action and branch.</summary>
    public FlowValue ToJson() => FlowValue.Object(
        ("actions", ToJson(coverage.ActionShare)),
        ("branches", ToJson(coverage.BranchShare)),
        ("expressions", ToJson(coverage.ExpressionShare)),
        ("flows", FlowArray.Create(_flows.Select(flow => FlowValue.Object(
            ("file", FlowValue.String(NameOf(flow))),
            ("actions", ToJson(flow.ActionShare)),
            ("branches", ToJson(flow.BranchShare)),
            ("expressions", ToJson(flow.ExpressionShare)),
            ("items", FlowArray.Create(flow.Actions.Select(ToJson))),
            ("calls", FlowArray.Create(flow.Expressions.Select(ToJson))))))));

    /// <summary>The tracefile of lcov: a line for each action, its branches (block 0), and the ways through its expressions (a block each).</summary>
    public string ToLcov()
    {
        var text = new StringBuilder();
        foreach (var flow in _flows)
        {
            text.Append(CultureInfo.InvariantCulture, $"TN:\nSF:{NameOf(flow)}\n");
            foreach (var action in flow.Actions)
            {
                WriteBranches(text, action, 0, action.Branches.Select(branch => branch.Hits));
                var block = 1;
                foreach (var call in flow.Expressions.Where(call => call.Action == action.Name)) WriteBranches(text, action, block++, call.Ways.Select(way => way.Hits));
            }

            // Expressions of triggers, parameters and outputs have no action, so no line here.
            var (branches, actions) = (flow.BranchShare, flow.ActionShare);
            var ways = flow.Expressions.Where(call => call.Action is not null).SelectMany(call => call.Ways).ToList();
            text.Append(CultureInfo.InvariantCulture, $"BRF:{branches.Total + ways.Count}\nBRH:{branches.Covered + ways.Count(way => way.IsCovered)}\n");
            foreach (var action in flow.Actions) text.Append(CultureInfo.InvariantCulture, $"DA:{action.Line},{action.Hits}\n");
            text.Append(CultureInfo.InvariantCulture, $"LF:{actions.Total}\nLH:{actions.Covered}\nend_of_record\n");
        }

        return text.ToString();
    }

    private static void WriteBranches(StringBuilder text, CoveredAction action, int block, IEnumerable<int> hits)
    {
        foreach (var (i, taken) in hits.Index())
        {
            // A dash says that the line itself never ran.
            text.Append(CultureInfo.InvariantCulture, $"BRDA:{action.Line},{block},{i},{(action.IsCovered ? taken.ToString(CultureInfo.InvariantCulture) : "-")}\n");
        }
    }

    /// <summary>Cobertura's XML: a class a flow, a line an action.</summary>
    internal void WriteCobertura(XmlWriter xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        xml.WriteStartElement("coverage");
        WriteShares(xml, coverage.ActionShare, coverage.BranchShare);
        WriteCount(xml, "lines-valid", coverage.ActionShare.Total);
        WriteCount(xml, "lines-covered", coverage.ActionShare.Covered);
        WriteCount(xml, "branches-valid", coverage.BranchShare.Total);
        WriteCount(xml, "branches-covered", coverage.BranchShare.Covered);
        xml.WriteAttributeString("complexity", "0");
        xml.WriteAttributeString("version", "1");
        WriteCount(xml, "timestamp", 0);
        xml.WriteStartElement("sources");
        xml.WriteElementString("source", ".");
        xml.WriteEndElement();
        xml.WriteStartElement("packages");
        xml.WriteStartElement("package");
        xml.WriteAttributeString("name", "flows");
        WriteShares(xml, coverage.ActionShare, coverage.BranchShare);
        xml.WriteAttributeString("complexity", "0");
        xml.WriteStartElement("classes");
        foreach (var flow in _flows) WriteClass(xml, flow);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void WriteClass(XmlWriter xml, FlowCoverage flow)
    {
        xml.WriteStartElement("class");
        xml.WriteAttributeString("name", flow.Workflow.Name);
        xml.WriteAttributeString("filename", NameOf(flow));
        WriteShares(xml, flow.ActionShare, flow.BranchShare);
        xml.WriteAttributeString("complexity", "0");
        xml.WriteElementString("methods", string.Empty);
        xml.WriteStartElement("lines");
        foreach (var action in flow.Actions)
        {
            xml.WriteStartElement("line");
            WriteCount(xml, "number", action.Line);
            WriteCount(xml, "hits", action.Hits);
            xml.WriteAttributeString("branch", action.Branches.Count > 0 ? "true" : "false");
            if (action.Branches.Count > 0)
            {
                var share = new CoverageShare(action.Branches.Count(branch => branch.IsCovered), action.Branches.Count);
                xml.WriteAttributeString("condition-coverage", string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(share.Percent)}% ({share.Covered}/{share.Total})"));
            }

            WriteConditions(xml, [.. flow.Expressions.Where(call => call.Action == action.Name)]);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    // The ways through expressions, beside the branches of the action: the counts of branches stay those of the flow.
    private static void WriteConditions(XmlWriter xml, IReadOnlyList<CoveredExpression> calls)
    {
        if (calls.Count == 0) return;
        xml.WriteStartElement("conditions");
        for (var i = 0; i < calls.Count; i++)
        {
            xml.WriteStartElement("condition");
            WriteCount(xml, "number", i);
            xml.WriteAttributeString("type", calls[i].Function);
            xml.WriteAttributeString("coverage", string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(calls[i].Share.Percent)}%"));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteShares(XmlWriter xml, CoverageShare actions, CoverageShare branches)
    {
        xml.WriteAttributeString("line-rate", actions.Rate.ToString("0.####", CultureInfo.InvariantCulture));
        xml.WriteAttributeString("branch-rate", branches.Rate.ToString("0.####", CultureInfo.InvariantCulture));
    }

    private static void WriteCount(XmlWriter xml, string name, int count) => xml.WriteAttributeString(name, count.ToString(CultureInfo.InvariantCulture));

    private static FlowValue ToJson(CoverageShare share) => FlowValue.Object(("covered", share.Covered), ("total", share.Total), ("percent", FlowValue.Float(share.Percent)));

    private static FlowValue ToJson(CoveredAction action) => FlowValue.Object(
        ("name", FlowValue.String(action.Name)),
        ("type", FlowValue.String(action.Type)),
        ("line", action.Line),
        ("hits", action.Hits),
        ("statuses", FlowValue.Object([.. Enum.GetValues<ActionStatus>().Where(status => action.Ended(status) > 0).Select(status => (status.ToString(), (FlowValue)action.Ended(status)))])),
        ("branches", FlowArray.Create(action.Branches.Select(branch => FlowValue.Object(("name", FlowValue.String(branch.Name)), ("hits", branch.Hits))))));

    private static FlowValue ToJson(CoveredExpression call) => new FlowObjectBuilder()
        .Add("function", FlowValue.String(call.Function))
        .Add("text", FlowValue.String(call.Text))
        .AddUnlessNull("action", call.Action is null ? default : FlowValue.String(call.Action))
        .Add("line", call.Line)
        .Add("column", call.Column)
        .Add("ways", FlowArray.Create(call.Ways.Select(way => FlowValue.Object(("name", FlowValue.String(way.Name)), ("hits", way.Hits)))))
        .ToValue();

    // Nothing where the flow has no such expressions.
    private static string Shown(CoverageShare expressions) => expressions.Total == 0 ? string.Empty : ", " + Shown("expression branches", expressions);

    private static string Shown(string what, CoverageShare share) =>
        string.Create(CultureInfo.InvariantCulture, $"{share.Covered} of {share.Total} {what} ({Math.Floor(share.Percent * 10) / 10:0.#} %)");

    private string NameOf(FlowCoverage flow) => Path.GetRelativePath(folder, flow.File).Replace('\\', '/');
}
