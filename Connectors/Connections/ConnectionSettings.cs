using FlowEngine.Definitions;

namespace FlowEngine.Connectors;

/// <summary>Connections, app settings and parameters of one environment, as the files beside a flow have them; values may still be references.</summary>
/// <remarks>docs/connections.md says which files there are and which one wins.</remarks>
public sealed class ConnectionSettings
{
    private readonly IReadOnlyList<ConnectionFile> _files;
    private readonly Dictionary<string, Actions.HostLimit> _limits = new(StringComparer.Ordinal);

    private ConnectionSettings(string folder, IReadOnlyList<ConnectionFile> files, Func<string, string?>? variable = null)
    {
        Folder = folder;
        _files = files;
        Variable = variable ?? Environment.GetEnvironmentVariable;
        Connections = Merged(file => file.Connections, deep: true);
        AppSettings = Merged(file => file.AppSettings, deep: false);
        Parameters = Merged(file => file.Parameters, deep: false);
        var reader = new LimitReader();
        var limits = new List<Actions.HostLimit>();
        foreach (var (host, entry) in Merged(file => file.HostLimits, deep: true))
        {
            if (reader.Read(host, entry) is { } limit) limits.Add(limit);
        }

        HostLimits = limits;
        foreach (var (name, entry) in Connections)
        {
            if (entry["limits"] is { IsNull: false } written && reader.Read(name, written) is { } limit) _limits[name] = limit;
        }
    }

    /// <summary>No connections at all.</summary>
    public static ConnectionSettings Empty { get; } = new(".", []);

    /// <summary>Connections by name.</summary>
    public FlowObject Connections { get; }

    /// <summary>App settings by name, references not resolved.</summary>
    public FlowObject AppSettings { get; }

    /// <summary>Values of workflow parameters.</summary>
    public FlowObject Parameters { get; private init; }

    /// <summary>Whether there is any file: without one a flow has no app settings at all.</summary>
    public bool HasFiles => _files.Count > 0;

    /// <summary>How much hosts may be asked.</summary>
    internal IReadOnlyList<Actions.HostLimit> HostLimits { get; }

    internal bool IsTrusted { get; private init; } = true;

    internal string Folder { get; }

    internal Func<string, string?> Variable { get; }

    /// <summary>Reads the files of a flow: <c>connections.json</c>, <c>connections.local.json</c>, <c>local.settings.json</c>, and of an environment <c>environments/NAME.json</c> and <c>NAME.local.json</c>.</summary>
    /// <param name="flow">The flow's file; the files stand in its folder and, for <c>NAME/workflow.json</c>, in the one around. Of a flow in an archive, those beside the archive.</param>
    /// <param name="environment">The environment's name; null for none.</param>
    /// <param name="withLocal">Whether <c>*.local.json</c> are read. Tests leave them out.</param>
    /// <param name="isTrusted">Whether values may come from the process's environment, and from files anywhere. False for folders of strangers.</param>
    /// <exception cref="ConnectorFormatException">A file has errors; those of all files are listed.</exception>
    /// <exception cref="FileNotFoundException">There is no such environment; the message lists those that there are. Also where there is no file that it could stand beside.</exception>
    public static ConnectionSettings Beside(string flow, string? environment = null, bool withLocal = true, bool isTrusted = true)
    {
        ArgumentNullException.ThrowIfNull(flow);
        if (FileOnDisk.Find(flow) is not { } file)
            return environment is null ? Empty : throw new FileNotFoundException($"There is no environment '{environment}': it stands beside a flow's file, and the flow '{flow}' is none.");
        var own = Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".";
        var isNamed = Path.GetFileName(file).Equals("workflow.json", StringComparison.OrdinalIgnoreCase);
        string[] folders = isNamed && Path.GetDirectoryName(own) is { } around ? [around, own] : [own];
        string[] names = withLocal ? ["local.settings.json", "connections.json", "connections.local.json"] : ["connections.json"];
        var paths = folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).Where(File.Exists).ToList();
        if (environment is not null) paths.AddRange(EnvironmentFiles(folders, environment, withLocal));
        var files = paths.Select(ConnectionFile.Load).ToList();
        var faults = files.SelectMany(file => file.Diagnostics).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        return faults.Count > 0 ? throw new ConnectorFormatException(faults) : new ConnectionSettings(folders[^1], files, isTrusted ? null : static _ => null) { IsTrusted = isTrusted };
    }

    /// <summary>Settings given in code: an object of connections by name, and one of app settings.</summary>
    /// <param name="connections">The connections.</param>
    /// <param name="appSettings">The app settings; null for none.</param>
    /// <param name="variable">Reads the environment; null reads the process's.</param>
    public static ConnectionSettings Of(FlowObject connections, FlowObject? appSettings = null, Func<string, string?>? variable = null)
    {
        ArgumentNullException.ThrowIfNull(connections);
        var file = FlowValue.Object(("connections", connections), ("appSettings", appSettings ?? FlowObject.Empty));
        var read = ConnectionFile.Parse(file.ToJson(), "connections");
        return read.Diagnostics.Count > 0 ? throw new ConnectorFormatException(read.Diagnostics) : new ConnectionSettings(".", [read], variable);
    }

    /// <summary>What is wrong with a file of connections, or with an environment.</summary>
    internal static IReadOnlyList<Diagnostic> Check(string file) => ConnectionFile.Load(file).Diagnostics;

    /// <summary>Whether JSON is a file of connections or an environment.</summary>
    internal static bool IsOne(FlowValue root) => ConnectionFile.IsOne(root);

    /// <summary>The app settings that flows may read with <c>appsetting()</c>: those of the files, references to files and variables resolved. Null where there is no file.</summary>
    /// <remarks>Secrets of a store are not among them: they are fetched when a connection is used.</remarks>
    /// <exception cref="ConnectorFormatException">References can't be read or lead nowhere; all of them are listed.</exception>
    internal FlowObject? AppSettingsForFlows()
    {
        if (!HasFiles) return null;
        var values = new FlowObjectBuilder();
        foreach (var (name, value, _) in LocalAppSettings()) values.Set(name, value);
        return values.ToObject();
    }

    /// <summary>App settings that must not show: those of <c>*.local.json</c> and <c>local.settings.json</c>, and those that come from files and variables.</summary>
    /// <exception cref="ConnectorFormatException">References can't be read or lead nowhere; all of them are listed.</exception>
    internal IReadOnlyList<FlowValue> Secrets() => !HasFiles ? [] :
    [
        .. _files.Where(file => file.IsLocal).SelectMany(file => file.AppSettings.Select(setting => setting.Value)).Where(value => value.IsString),
        .. LocalAppSettings().Where(setting => setting.IsReferred).Select(setting => setting.Value),
    ];

    // Those of a store are fetched only when a connection uses them.
    private List<(string Name, FlowValue Value, bool IsReferred)> LocalAppSettings()
    {
        var values = new List<(string, FlowValue, bool)>();
        var faults = new List<Diagnostic>();
        foreach (var (name, value) in AppSettings)
        {
            try
            {
                if (SecretReference.Find(value) is not { } reference) values.Add((name, value, false));
                else if (reference.IsLocal) values.Add((name, FlowValue.String(reference.ReadLocal(this)), true));
            }
            catch (ConnectionValueException e)
            {
                // The last file that has it is the one that counts.
                var place = _files.Last(file => file.AppSettings.Contains(name)).LocateAppSetting(name);
                faults.Add(new Diagnostic(DiagnosticCodes.ConnectionValue, DiagnosticSeverity.Error, $"The app setting '{name}' can't be used: {e.Message}", place));
            }
        }

        return faults.Count > 0 ? throw new ConnectorFormatException(faults) : values;
    }

    /// <summary>The same settings with other parameter values, for references to parameters.</summary>
    public ConnectionSettings WithParameters(FlowObject parameters) => new(Folder, _files, Variable) { Parameters = parameters, IsTrusted = IsTrusted };

    /// <summary>The connection that a host means: by its name, also by the last segment of a path, each also without <c>shared_</c>; else by that of its connector.</summary>
    internal (string Name, FlowObject Settings)? Find(Actions.ConnectorHost host, string? connector)
    {
        foreach (var name in ConnectorNames.Of(new Actions.ConnectorHost(host.ConnectionName, null, default), default).Concat(ConnectorNames.Of(host, default)).Append(connector))
        {
            if (name is not null && Connections.TryGet(name, out var entry) && entry.AsObjectOrNull is { } settings) return (Connections.Names[Connections.IndexOf(name)], settings);
            if (name is not null && Connections.TryGet("shared_" + name, out entry) && entry.AsObjectOrNull is { } shared) return ("shared_" + name, shared);
        }

        return null;
    }

    /// <summary>How much is asked over the connection that a host means; null where nothing limits it.</summary>
    internal Actions.HostLimit? LimitOf(Actions.ConnectorHost host, string connector) =>
        _limits.Count > 0 && Find(host, connector) is { } connection ? _limits.GetValueOrDefault(connection.Name) : null;

    private static IEnumerable<string> EnvironmentFiles(IReadOnlyList<string> folders, string environment, bool withLocal)
    {
        var files = folders.SelectMany(folder => new[] { $"{environment}.json", $"{environment}.local.json" }.Select(name => Path.Combine(folder, "environments", name))).Where(File.Exists).ToList();
        if (files.Count == 0 || environment.AsSpan().ContainsAny('/', '\\'))
        {
            var known = folders.Select(folder => Path.Combine(folder, "environments")).Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.json")).Select(file => Path.GetFileName(file).Split('.')[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            throw new FileNotFoundException($"There is no environment '{environment}' (environments/{environment}.json). There are: {(known.Count == 0 ? "none" : string.Join(", ", known))}.");
        }

        return files.Where(file => withLocal || !file.EndsWith(".local.json", StringComparison.OrdinalIgnoreCase));
    }

    private FlowObject Merged(Func<ConnectionFile, FlowObject> part, bool deep)
    {
        if (_files.Count == 0) return FlowObject.Empty;
        // A name stays where, and as, it stood first.
        var merged = new OrderedDictionary<string, FlowValue>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in _files)
        {
            foreach (var (name, value) in part(file))
            {
                if (merged.TryGetValue(name, out var known)) merged[name] = deep && known.AsObjectOrNull is { } lower && value.AsObjectOrNull is { } upper ? Over(lower, upper) : value;
                else merged.Add(name, value);
            }
        }

        var result = new FlowObjectBuilder(merged.Count);
        foreach (var (name, value) in merged) result.Add(name, value);
        return result.ToObject();
    }

    // Of a connection in two files the later one's members count, those of its authentication too, where the type is the same.
    private static FlowObject Over(FlowObject lower, FlowObject upper)
    {
        var result = lower.ToBuilder();
        foreach (var (name, value) in upper)
        {
            var inner = lower[name].AsObjectOrNull;
            var sameKind = inner is not null && value.AsObjectOrNull is { } over && !SecretReference.IsOne(over) && (over["type"].IsNull || over["type"] == inner["type"]);
            var merged = sameKind ? Over(inner!, value.AsObject) : value; // sameKind looked.
            if (lower.Contains(name)) result.Replace(lower.Names[lower.IndexOf(name)], merged);
            else result.Add(name, merged);
        }

        return result.ToObject();
    }
}
