namespace FlowEngine.Definitions;

/// <summary>Projects of Logic Apps Standard: <c>host.json</c> or <c>connections.json</c> beside <c>NAME/workflow.json</c>.</summary>
internal sealed class StandardProjectReader : IPackageReader
{
    private const string WorkflowFile = "workflow.json";

    public PackageContent? Read(PackageFiles files)
    {
        var workflows = files.Named(WorkflowFile).Where(file => file.Folder.Length > 0).ToList();
        if (workflows.Count == 0) return null;
        var flows = new List<PackageFlow>();
        var connections = new List<PackageConnection>();
        foreach (var project in workflows.GroupBy(file => Around(file.Folder), StringComparer.OrdinalIgnoreCase))
        {
            var parameters = ProjectParameters.Read(files, project.Key);
            connections.AddRange(Connections(files.Json(project.Key + "connections.json")));
            foreach (var file in project) flows.AddRange(Flows(file, parameters));
        }

        return new PackageContent(PackageKind.StandardProject, flows) { Connections = connections };
    }

    private static IReadOnlyList<PackageFlow> Flows(PackageFile file, IReadOnlyList<ProjectParameter> parameters)
    {
        var folder = file.Folder.TrimEnd('/');
        var values = ProjectParameters.ValuesOf(parameters);
        return FlowsOfFile.Read(
            file,
            folder[(folder.LastIndexOf('/') + 1)..],
            text => new PackageFlow(file, text.Content.Text, text.Content.Fault) { Name = text.Name, Selector = text.Selector, OtherIds = text.Ids, Values = values, Parameters = parameters },
            mustBeFlow: true);
    }

    private static string Around(string folder)
    {
        var name = folder.TrimEnd('/');
        return name[..(name.LastIndexOf('/') + 1)];
    }

    private static IEnumerable<PackageConnection> Connections(FlowValue connections)
    {
        foreach (var (name, entry) in connections["managedApiConnections"].AsObjectOrNull ?? FlowObject.Empty)
            yield return new PackageConnection(name, LastSegment(entry["api"]["id"].AsStringOrNull), entry["displayName"].AsStringOrNull);
        foreach (var (name, entry) in connections["serviceProviderConnections"].AsObjectOrNull ?? FlowObject.Empty)
            yield return new PackageConnection(name, LastSegment(entry["serviceProvider"]["id"].AsStringOrNull), entry["displayName"].AsStringOrNull);
        foreach (var (name, entry) in connections["functionConnections"].AsObjectOrNull ?? FlowObject.Empty)
            yield return new PackageConnection(name, "function", entry["displayName"].AsStringOrNull);
    }

    private static string? LastSegment(string? id) => id?[(id.LastIndexOf('/') + 1)..];
}
