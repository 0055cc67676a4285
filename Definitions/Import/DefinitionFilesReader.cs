namespace FlowEngine.Definitions;

/// <summary>Definition files of any shape: archives of ARM templates, folders of exports.</summary>
internal sealed class DefinitionFilesReader : IPackageReader
{
    public PackageContent? Read(PackageFiles files)
    {
        var flows = files.All.Where(file => file.HasExtension(".json")).SelectMany(file => FlowsOfFile.Read(
            file,
            null,
            text => new PackageFlow(file, text.Content.Text, text.Content.Fault) { Name = text.Name, Selector = text.Selector },
            mustBeFlow: false));
        return new PackageContent(PackageKind.Files, [.. flows.Where(flow => flow.Fault is null)]);
    }
}
