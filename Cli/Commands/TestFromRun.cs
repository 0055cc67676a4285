using FlowEngine.Definitions;
using FlowEngine.Testing;

namespace FlowEngine.Cli;

/// <summary><c>flow test FLOW --from-run RECORD</c>: prints a test file for the flow, made of a run's record.</summary>
internal static class TestFromRun
{
    public static int Write(IReadOnlyList<string> paths, string record, CommandConsole console)
    {
        if (paths.Count != 1) throw new UsageException("--from-run takes one flow.");
        var flow = DefinitionFile.Find(paths[0]);
        var text = InputText.OfFile(record);
        FlowValue run;
        try
        {
            run = FlowJson.Parse(text);
        }
        catch (FlowJsonException broken)
        {
            throw new InvalidInputException($"The record '{record}' can't be read: {JsonFault.Explain(text, broken)}");
        }

        var document = Workflow.ReadDocument(flow);
        if (document.Definition is not { } definition)
        {
            DiagnosticReport.Write(document, json: false, console);
            return ExitCodes.Invalid;
        }

        JsonOutput.WriteLine(FlowTestFromRun.Create(run, definition, Path.GetFileName(flow)), console);
        return ExitCodes.Succeeded;
    }
}
