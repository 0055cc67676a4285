using System.Collections.Concurrent;
using FlowEngine.Actions;

namespace FlowEngine.Connectors;

/// <summary>Connectors with their connections: what an engine, or a single run, calls operations through. It keeps the state of policies: rates, quotas, caches.</summary>
public sealed class ConnectorSet : IConnectorSource
{
    private readonly ConnectorLibrary _library;
    private readonly ConnectionSettings _settings;
    private readonly ConnectionValues _values;
    private readonly ConnectionValues _valuesOfVaults;
    private readonly KeyVaultConnector _keyVault;
    private readonly ConcurrentDictionary<string, string> _warnings = new(StringComparer.Ordinal);

    /// <summary>Connectors together with their connections.</summary>
    /// <param name="library">The connectors.</param>
    /// <param name="settings">Their connections; null for none.</param>
    public ConnectorSet(ConnectorLibrary library, ConnectionSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(library);
        _library = library;
        _settings = settings ?? ConnectionSettings.Empty;
        _keyVault = new KeyVaultConnector(this);
        _values = new ConnectionValues(_settings, new KeyVaultSecrets(this, _keyVault), () => Secrets);
        _valuesOfVaults = new ConnectionValues(_settings, null, () => Secrets);
    }

    /// <summary>Whether calls go out without credentials where none are configured, with a warning: for mocks. Else such a call fails before it is sent.</summary>
    public bool AllowsMissingCredentials { get; init; }

    /// <summary>The host's own store of secrets, for values <c>{"$secret": "NAME"}</c>; null where there is none.</summary>
    public ISecretStore? Secrets { get; init; }

    /// <summary>What was let pass so far, each once, in no order.</summary>
    public IReadOnlyList<string> Warnings => _warnings.IsEmpty ? [] : [.. _warnings.Keys.Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => _library.Names;

    /// <inheritdoc/>
    public IReadOnlyList<HostLimit> HostLimits => _settings.HostLimits;

    internal PolicyState State { get; } = new();

    /// <inheritdoc/>
    public IConnector? Find(ConnectorHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var settings = _settings.Find(host, null)?.Settings;
        var connector = _library.Find(host, settings ?? FlowObject.Empty);
        if (connector is null && ConnectorNames.Of(host, settings ?? FlowObject.Empty).Contains(_keyVault.Name, StringComparer.OrdinalIgnoreCase)) connector = _keyVault;
        return connector is null ? null : new ConnectedConnector(connector, this);
    }

    /// <summary>Where the requests of a call count besides the limits of their host.</summary>
    internal LimitPlace PlaceOf(ConnectorHost host, string connector, RunScope scope) =>
        new(ConnectorNames.Limited(host, connector, scope.Outbound.Options.HostLimits), _settings.LimitOf(host, connector));

    internal void Warn(string warning) => _warnings.TryAdd(warning, warning);

    /// <summary>The settings of the connection that a call uses, with real values; empty where there are none.</summary>
    internal async ValueTask<FlowObject> SettingsOfAsync(ConnectorHost host, string connector, RunScope scope, int attempt, CancellationToken cancellation) =>
        _settings.Find(host, connector) is var (name, raw)
            ? await (connector == _keyVault.Name ? _valuesOfVaults : _values).ResolveAsync(name, raw, scope, attempt, cancellation)
            : FlowObject.Empty;

    private sealed class ConnectedConnector(IConnector connector, ConnectorSet set) : IConnector, ITimedConnector
    {
        public string Name => connector.Name;

        public bool TimesRequests => connector is ITimedConnector { TimesRequests: true };

        public async ValueTask<ConnectorResponse> CallAsync(ConnectorCall call, RunScope scope, int attempt, CancellationToken cancellation)
        {
            var connected = call with { Connection = await set.SettingsOfAsync(call.Host, connector.Name, scope, attempt, cancellation) };
            return connector is OpenApiConnector own
                ? await own.CallAsync(connected, set, scope, attempt, cancellation)
                : await connector.CallAsync(connected, scope, attempt, cancellation);
        }
    }
}
