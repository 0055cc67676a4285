namespace FlowEngine.Definitions;

/// <summary>Packages of Power Automate: <c>Microsoft.Flow/flows/GUID/definition.json</c> with the maps and the manifest beside.</summary>
internal sealed class PowerAutomatePackageReader : IPackageReader
{
    private const string Flows = "Microsoft.Flow/flows/";

    public PackageContent? Read(PackageFiles files)
    {
        // The whole may lie in a folder, where an archive was made of an unpacked package.
        var definitions = files.Named("definition.json").Where(file => file.Name.Contains(Flows, StringComparison.OrdinalIgnoreCase)).ToList();
        if (definitions.Count == 0) return null;
        var root = definitions[0].Name[..definitions[0].Name.IndexOf(Flows, StringComparison.OrdinalIgnoreCase)];
        var resources = files.Json(root + "manifest.json")["resources"];
        var flows = definitions.SelectMany(file => OfDefinition(file, resources)).ToList();
        return new PackageContent(PackageKind.PowerAutomatePackage, flows)
        {
            Connections = [.. definitions.SelectMany(file => Connections(files, file, resources)).DistinctBy(connection => connection.Name, StringComparer.OrdinalIgnoreCase)],
            Skipped = [.. files.All.Where(file => file.HasExtension(".msapp")).Select(file => new SkippedPart(file.Location, "It is a Power App, not a flow."))],
        };
    }

    private static IReadOnlyList<PackageFlow> OfDefinition(PackageFile file, FlowValue resources)
    {
        var folder = file.Folder.TrimEnd('/');
        var id = folder[(folder.LastIndexOf('/') + 1)..];
        return FlowsOfFile.Read(
            file,
            resources[id]["details"]["displayName"].AsStringOrNull ?? DisplayName(file) ?? id,
            text => new PackageFlow(file, text.Content.Text, text.Content.Fault) { Name = text.Name, Id = id, Selector = text.Selector },
            mustBeFlow: true);
    }

    private static string? DisplayName(PackageFile file)
    {
        var text = file.ReadText();
        if (text.Fault is not null) return null;
        try
        {
            return FlowJson.Parse(text.Text)["properties"]["displayName"].AsStringOrNull;
        }
        catch (FlowJsonException)
        {
            return null; // What is wrong with it is said where the flow is read.
        }
    }

    // Both maps lead from a reference's name to a resource of the manifest.
    private static IEnumerable<PackageConnection> Connections(PackageFiles files, PackageFile definition, FlowValue resources)
    {
        var apis = files.Json(definition.Folder + "apisMap.json");
        foreach (var (name, resource) in files.Json(definition.Folder + "connectionsMap.json").AsObjectOrNull ?? FlowObject.Empty)
        {
            var api = resources[apis[name].AsStringOrNull ?? string.Empty];
            var connection = resources[resource.AsStringOrNull ?? string.Empty];
            yield return new PackageConnection(name, api["name"].AsStringOrNull, connection["details"]["displayName"].AsStringOrNull);
        }
    }
}
