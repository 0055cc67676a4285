using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary>Reads the flow that a command shows, or says what keeps it from being read.</summary>
internal static class ReadFlow
{
    /// <summary>The document, which has a definition; null where the file holds none, and everything that is wrong was written.</summary>
    /// <exception cref="UsageException">There is no such file, or no flow was chosen.</exception>
    public static WorkflowDocument? Of(string path, string? flow, CommandConsole console)
    {
        var document = Workflow.ReadDocument(DefinitionFile.Find(path), new WorkflowOptions { Flow = flow });
        FlowChoice.Check(document);
        if (document.Definition is not null) return document;
        DiagnosticReport.Write(document, json: false, console);
        return null;
    }
}
