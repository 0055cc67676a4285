using FlowEngine.Actions;

namespace FlowEngine.Connectors;

/// <summary>Resolves the values of a connection for one call: app settings, parameters, variables, files, secrets of a vault.</summary>
/// <param name="settings">Where values are looked up.</param>
/// <param name="secrets">The vaults; null for the credentials of a vault itself, which can't come out of one.</param>
/// <param name="hostSecrets">The host's own store; null where there is none.</param>
internal sealed class ConnectionValues(ConnectionSettings settings, IVaultReader? secrets, Func<ISecretStore?> hostSecrets)
{
    private const int LongestChain = 8;

    /// <summary>The settings with real values. Whatever came from somewhere else is a secret of the run.</summary>
    /// <exception cref="ConnectorException">A value can't be had.</exception>
    public async ValueTask<FlowObject> ResolveAsync(string connection, FlowObject raw, RunScope scope, int attempt, CancellationToken cancellation)
    {
        try
        {
            return (await ResolveAsync(raw, scope, attempt, 0, cancellation)).AsObjectOrNull ?? FlowObject.Empty;
        }
        catch (ConnectionValueException e)
        {
            throw new ConnectorException(ActionCodes.BadRequest, $"The connection '{connection}' can't be used: {e.Message}");
        }
    }

    private async ValueTask<FlowValue> ResolveAsync(FlowValue value, RunScope scope, int attempt, int chain, CancellationToken cancellation)
    {
        if (chain > LongestChain) throw new ConnectionValueException("its values lead round in a circle.");
        if (SecretReference.Find(value) is { } reference)
        {
            var text = reference.IsLocal ? reference.ReadLocal(settings)
                : reference.IsOfHost ? await OfHostAsync(reference.Target, scope, cancellation)
                : secrets is null ? throw new ConnectionValueException("the credentials of a vault can't come out of a vault.")
                : await secrets.GetAsync(reference.Target, scope, attempt, cancellation);
            scope.RecordSecret(FlowValue.String(text));
            return FlowValue.String(text);
        }

        switch (value.Kind)
        {
            case FlowValueKind.String when value.AsString.Contains('@', StringComparison.Ordinal):
                return await ResolveTextAsync(value.AsString, scope, attempt, chain, cancellation);
            case FlowValueKind.Object:
                var members = new FlowObjectBuilder();
                foreach (var (name, member) in value.AsObject) members.Add(name, await ResolveAsync(member, scope, attempt, chain, cancellation));
                return members.ToValue();
            case FlowValueKind.Array:
                var items = new List<FlowValue>();
                for (var i = 0; i < value.AsArray.Count; i++) items.Add(await ResolveAsync(value.AsArray[i], scope, attempt, chain, cancellation));
                return FlowArray.Create(items);
            default:
                return value;
        }
    }

    private async ValueTask<string> OfHostAsync(string name, RunScope scope, CancellationToken cancellation)
    {
        if (hostSecrets() is not { } store) throw new ConnectionValueException($"the secret '{name}' is one of the host's store, and the host has given none.");
        try
        {
            return await store.GetAsync(name, scope, cancellation);
        }
        catch (KeyNotFoundException)
        {
            throw new ConnectionValueException($"the host's store has no secret '{name}'.");
        }
    }

    private async ValueTask<FlowValue> ResolveTextAsync(string text, RunScope scope, int attempt, int chain, CancellationToken cancellation)
    {
        var pieces = SettingText.Read(text);
        if (pieces is [{ Function: not null } whole]) return await ResolveAsync(Lookup(whole), scope, attempt, chain + 1, cancellation);
        var result = new System.Text.StringBuilder();
        foreach (var piece in pieces)
            result.Append(piece.Function is null ? piece.Text : ParameterText.Of(await ResolveAsync(Lookup(piece), scope, attempt, chain + 1, cancellation)));
        return FlowValue.String(result.ToString());
    }

    private FlowValue Lookup(SettingPiece piece)
    {
        if (piece.Function == "parameters")
            return settings.Parameters.TryGet(piece.Text, out var parameter) ? parameter : throw new ConnectionValueException($"there is no parameter '{piece.Text}' for it.");
        if (settings.AppSettings.TryGet(piece.Text, out var setting)) return setting;
        return settings.Variable(piece.Text) is { } variable
            ? FlowValue.Object(("$env", FlowValue.String(piece.Text)))
            : throw new ConnectionValueException($"the app setting '{piece.Text}' is neither in a file of settings nor an environment variable.");
    }
}

/// <summary>Reads vaults that values refer to by address.</summary>
internal interface IVaultReader
{
    /// <summary>The value of a secret.</summary>
    /// <exception cref="ConnectorException">It can't be had.</exception>
    ValueTask<string> GetAsync(string address, RunScope scope, int attempt, CancellationToken cancellation);
}
