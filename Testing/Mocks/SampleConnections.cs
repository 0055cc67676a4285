namespace FlowEngine.Testing;

/// <summary>Made-up entries of <c>$connections</c> for a flow whose calls are mocked: those that its expressions name and nobody has given.</summary>
internal static class SampleConnections
{
    private const string Parameter = "$connections";

    private static readonly string[] Openings = ["parameters('$connections')['", "parameters('$connections')?['"];

    /// <summary>The parameters with the connections that the flow needs; unchanged where it declares no <c>$connections</c>.</summary>
    public static FlowObject Over(FlowObject parameters, Workflow workflow)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(workflow);
        if (workflow.Document.Definition is not { } definition || definition.Parameters.FirstOrDefault(declared => declared.Name.Equals(Parameter, StringComparison.OrdinalIgnoreCase)) is not { } declared) return parameters;
        var given = parameters.TryGet(Parameter, out var value) ? value : workflow.Document.ParameterValues.TryGetValue(Parameter, out value) ? value : declared.Default;
        var connections = (given.AsObjectOrNull ?? FlowObject.Empty).ToBuilder();
        var added = false;
        foreach (var name in Names(definition.Raw.ToJson()))
        {
            if (given.TryGetMember(name, out _)) continue;
            connections.Set(name, FlowValue.Object(
                ("connectionId", FlowValue.String("/connections/" + name)), ("connectionName", FlowValue.String(name)), ("id", FlowValue.String("/managedApis/" + name))));
            added = true;
        }

        return added ? parameters.ToBuilder().Set(declared.Name, connections.ToValue()).ToObject() : parameters;
    }

    private static HashSet<string> Names(string definition)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var opening in Openings)
        {
            for (var at = definition.IndexOf(opening, StringComparison.OrdinalIgnoreCase); at >= 0; at = definition.IndexOf(opening, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                var start = at + opening.Length;
                var end = definition.IndexOf("']", start, StringComparison.Ordinal);
                if (end > start) names.Add(definition[start..end]);
            }
        }

        return names;
    }
}
