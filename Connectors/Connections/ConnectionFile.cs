using FlowEngine.Definitions;
using FlowEngine.Expressions;
using JsonPointer = FlowEngine.Definitions.JsonPointer;

namespace FlowEngine.Connectors;

/// <summary>One of the files that connections, app settings and parameters are in; every fault has its place.</summary>
internal sealed class ConnectionFile
{
    private static readonly string[] Roots =
    [
        "$schema", "connections", "appSettings", "parameters", "hostLimits",
        "managedApiConnections", "serviceProviderConnections", "functionConnections", "agentConnections", "apiManagementConnections", "agentMcpConnections",
    ];

    private static readonly string[] Members = ["connector", "baseUrl", "authentication", "signingKey", "vaultName", "validateResponses", "limits", "description"];

    private readonly ConnectorFaults _faults = new();
    private readonly Func<string, SourceLocation> _locate;
    private string _appSettingsAt = "/appSettings";

    private ConnectionFile(SourceDocument source, bool isLocal)
    {
        IsLocal = isLocal;
        _locate = source.Locate;
        if (source.Fault is { } fault)
        {
            Diagnostics = [fault];
            return;
        }

        Read(source.Root);
        Diagnostics = _faults.ToDiagnostics(source.Locate);
    }

    /// <summary>Whether it is a <c>*.local.json</c>: its app settings are secrets.</summary>
    public bool IsLocal { get; }

    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>Connections by name, in our shape.</summary>
    public FlowObject Connections { get; private set; } = FlowObject.Empty;

    public FlowObject AppSettings { get; private set; } = FlowObject.Empty;

    public FlowObject Parameters { get; private set; } = FlowObject.Empty;

    /// <summary>How much hosts may be asked, by name or pattern.</summary>
    public FlowObject HostLimits { get; private set; } = FlowObject.Empty;

    /// <summary>The place of one of <see cref="AppSettings"/>.</summary>
    public SourceLocation LocateAppSetting(string name) => _locate(JsonPointer.Append(_appSettingsAt, AppSettings.Names[AppSettings.IndexOf(name)]));

    /// <summary>Reads text.</summary>
    public static ConnectionFile Parse(string text, string file) => new(SourceDocument.Parse(text, file), isLocal: false);

    /// <summary>Reads a file.</summary>
    public static ConnectionFile Load(string file) =>
        new(SourceDocument.Load(file), file.EndsWith(".local.json", StringComparison.OrdinalIgnoreCase) || Path.GetFileName(file).Equals("local.settings.json", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether JSON is a file of connections or an environment: nothing but members that these have.</summary>
    public static bool IsOne(FlowValue root)
    {
        if (root.AsObjectOrNull is not { Count: > 0 } o || (o.Contains("parameters") && o.Count == 1)) return false;
        foreach (var (name, value) in o)
        {
            if (!Roots.Contains(name, StringComparer.OrdinalIgnoreCase) || (!value.IsObject && name != "$schema")) return false;
        }

        return true;
    }

    private void Read(FlowValue root)
    {
        if (root.AsObjectOrNull is not { } o)
        {
            _faults.Error(DiagnosticCodes.ConnectionShape, "A file of connections holds an object.", string.Empty);
            return;
        }

        // Standard's own file of app settings for local runs has them under Values.
        if (o["Values"].AsObjectOrNull is { } values)
        {
            AppSettings = values;
            _appSettingsAt = "/Values";
            return;
        }

        CheckNames(o, Roots, string.Empty, "A file of connections");
        AppSettings = ObjectOf(o, "appSettings");
        Parameters = ValuesOf(ObjectOf(o, "parameters"));
        HostLimits = ObjectOf(o, "hostLimits");
        foreach (var (host, limits) in HostLimits) new LimitReader(_faults).Read(host, limits, JsonPointer.Append("/hostLimits", host));
        var connections = new FlowObjectBuilder();
        foreach (var (name, entry) in ObjectOf(o, "managedApiConnections")) connections.Set(name, FromManaged(entry));
        foreach (var (name, entry) in ObjectOf(o, "serviceProviderConnections")) connections.Set(name, FlowValue.Object(("connector", entry["serviceProvider"]["id"]), ("parameterValues", entry["parameterValues"])));
        foreach (var (name, entry) in ObjectOf(o, "connections"))
        {
            CheckEntry(name, entry);
            connections.Set(name, entry);
        }

        Connections = connections.ToObject();
    }

    private FlowObject ObjectOf(FlowObject root, string name)
    {
        if (!root.TryGet(name, out var value) || value.IsNull) return FlowObject.Empty;
        if (value.AsObjectOrNull is { } o) return o;
        _faults.Error(DiagnosticCodes.ConnectionShape, $"'{name}' must be an object of names.", "/" + name);
        return FlowObject.Empty;
    }

    private void CheckEntry(string name, FlowValue entry)
    {
        var at = JsonPointer.Append("/connections", name);
        if (entry.AsObjectOrNull is not { } o)
        {
            _faults.Error(DiagnosticCodes.ConnectionShape, $"The connection '{name}' must be an object.", at);
            return;
        }

        CheckNames(o, Members, at, $"The connection '{name}'");
        if (o["limits"] is { IsNull: false } limits) new LimitReader(_faults).Read(name, limits, JsonPointer.Append(at, "limits"));
        if (o["authentication"] is not { IsNull: false } authentication) return;
        var place = JsonPointer.Append(at, "authentication");
        if (authentication["type"].AsStringOrNull is not { } type)
        {
            _faults.Error(DiagnosticCodes.ConnectionShape, $"The 'authentication' of the connection '{name}' needs a 'type'.", place);
            return;
        }

        var kinds = Actions.HttpAuthentication.Kinds.Select(known => known.Type).ToList();
        if (Actions.HttpAuthentication.Find(type) is not { } kind)
        {
            var nearest = NearestName.Find(type, kinds);
            _faults.Error(DiagnosticCodes.ConnectionShape, $"The authentication type '{type}' is not one of {string.Join(", ", kinds)}.", JsonPointer.Append(place, "type"), nearest is null ? null : $"Did you mean '{nearest}'?");
            return;
        }

        CheckNames(authentication.AsObject, ["type", .. kind.Required, .. kind.Optional], place, $"Authentication of type '{kind.Type}'");
    }

    private void CheckNames(FlowObject o, IReadOnlyList<string> known, string at, string what)
    {
        foreach (var name in o.Names)
        {
            if (known.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            var nearest = NearestName.Find(name, known);
            _faults.Error(DiagnosticCodes.ConnectionMember, $"{what} has no member '{name}'; it may have {string.Join(", ", known)}.", JsonPointer.Append(at, name), nearest is null ? null : $"Did you mean '{nearest}'?");
        }
    }

    // Parameters stand as values, or as Standard has them: {"type", "value"}.
    private static FlowObject ValuesOf(FlowObject parameters)
    {
        var values = new FlowObjectBuilder(parameters.Count);
        foreach (var (name, value) in parameters)
        {
            var isTyped = value.AsObjectOrNull is { Count: 2 } o && o.Contains("type") && o.Contains("value");
            values.Add(name, isTyped ? value["value"] : value);
        }

        return values.ToObject();
    }

    // Standard reaches a managed connector at the connection's own address, with a key or with its identity.
    private static FlowValue FromManaged(FlowValue entry)
    {
        var authentication = entry["authentication"];
        if (authentication["scheme"].AsStringOrNull is { } scheme && authentication["parameter"].AsStringOrNull is { } parameter)
        {
            // A whole expression becomes a hole in the text.
            var value = parameter.StartsWith('@') && !parameter.StartsWith("@{", StringComparison.Ordinal) ? "@{" + parameter[1..] + "}" : parameter;
            authentication = FlowValue.Object(("type", FlowValue.String("Raw")), ("value", FlowValue.String($"{scheme} {value}")));
        }

        return new FlowObjectBuilder()
            .AddUnlessNull("connector", entry["api"]["id"])
            .AddUnlessNull("baseUrl", entry["connectionRuntimeUrl"])
            .AddUnlessNull("authentication", authentication)
            .ToValue();
    }
}
