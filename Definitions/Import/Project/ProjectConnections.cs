namespace FlowEngine.Definitions;

/// <summary>The connections of imported flows: <c>connections.json</c> with each name and its connector. Addresses and credentials are the user's to add.</summary>
internal static class ProjectConnections
{
    /// <summary>The file's content; null where no flow uses a connection.</summary>
    public static FlowValue? Of(IEnumerable<WorkflowDocument> documents, IReadOnlyList<PackageConnection> listed)
    {
        var connections = new SortedDictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var document in documents)
        {
            foreach (var (name, reference) in document.ConnectionReferences.AsObjectOrNull ?? FlowObject.Empty) Add(name, reference["api"]["name"].AsStringOrNull ?? reference["apiName"].AsStringOrNull ?? LastSegment(reference["id"].AsStringOrNull));
            foreach (var (name, entry) in Consumption(document)) Add(name, LastSegment(entry["id"].AsStringOrNull));
        }

        // Those that a package lists go by the same names in its flows, or by logical names that none of them uses.
        foreach (var connection in listed.Where(connection => connections.GetValueOrDefault(connection.Name, string.Empty) is null)) connections[connection.Name] = connection.Connector;
        if (connections.Count == 0) return null;
        var entries = new FlowObjectBuilder();
        foreach (var (name, connector) in connections) entries.Set(name, connector is null ? FlowValue.EmptyObject : FlowValue.Object(("connector", FlowValue.String(connector))));
        return FlowValue.Object(("connections", entries.ToValue()));

        void Add(string name, string? connector)
        {
            if (connections.GetValueOrDefault(name) is null) connections[name] = connector;
        }
    }

    private static FlowObject Consumption(WorkflowDocument document) => document.ParameterValues.GetValueOrDefault("$connections").AsObjectOrNull ?? FlowObject.Empty;

    private static string? LastSegment(string? id) => id is null || id.StartsWith('[') ? null : id[(id.LastIndexOf('/') + 1)..];
}
