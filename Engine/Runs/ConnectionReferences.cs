namespace FlowEngine;

/// <summary>What a run's own file says of its connections: <c>connectionReferences</c> beside the definition, and the parameter <c>$connections</c>.</summary>
internal static class ConnectionReferences
{
    /// <summary>The entry of that name; of <c>$connections</c> also the one whose <c>connectionId</c> it is. Null where there is none.</summary>
    public static FlowValue Find(Run run, string name)
    {
        var references = run.Workflow.Document.ConnectionReferences;
        if (references.TryGetMember(name, out var entry)) return entry;
        if (Connections(run).AsObjectOrNull is not { } connections) return default;
        if (connections.TryGet(name, out entry)) return entry;
        foreach (var connection in connections.Values)
        {
            if (name.Equals(connection["connectionId"].AsStringOrNull, StringComparison.OrdinalIgnoreCase)) return connection;
        }

        return default;
    }

    private static FlowValue Connections(Run run)
    {
        var declared = run.Plan.Definition.Parameters;
        for (var i = 0; i < declared.Count; i++)
        {
            if (declared[i].Name.Equals("$connections", StringComparison.OrdinalIgnoreCase)) return run.Parameters[i];
        }

        return default;
    }
}
