using System.Security.Cryptography;
using System.Text;
using FlowEngine.Definitions;

namespace FlowEngine;

/// <summary>Tells a workflow from others, however often it is compiled.</summary>
/// <param name="File">The file as a whole path; an entry of an archive follows <c>!/</c>.</param>
/// <param name="Flow">The workflow's name in the file, where the file tells it: it may hold several.</param>
/// <param name="Name">What it is called here.</param>
/// <param name="Text">The hash of a text that stands in no file: many are called by the same made-up name.</param>
internal sealed record WorkflowIdentity(string File, string? Flow, string Name, string? Text)
{
    public static WorkflowIdentity Of(WorkflowDocument document, string name) => FileOnDisk.Find(document.File) is null
        ? new WorkflowIdentity(document.File, document.FlowName, name, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(document.Text))))
        : new WorkflowIdentity(Path.GetFullPath(document.File), document.FlowName, name, null);
}
