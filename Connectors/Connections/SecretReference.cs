namespace FlowEngine.Connectors;

/// <summary>Where a value of a connection is to be had: <c>{"$env"}</c>, <c>{"$file"}</c>, <c>{"$keyVault"}</c>, <c>{"$secret"}</c> of the host's own store, or <c>@Microsoft.KeyVault(…)</c> as Azure writes it in app settings.</summary>
/// <param name="Kind">One of the names with <c>$</c>.</param>
/// <param name="Target">The variable, the path, or the secret's address.</param>
internal sealed record SecretReference(string Kind, string Target)
{
    private const string Variable = "$env";
    private const string File = "$file";
    private const string KeyVault = "$keyVault";
    private const string Store = "$secret";
    private const string Azure = "@Microsoft.KeyVault(";

    /// <summary>Whether it can be read without a request.</summary>
    public bool IsLocal => Kind is not (KeyVault or Store);

    /// <summary>Whether a store of the host has it.</summary>
    public bool IsOfHost => Kind == Store;

    /// <summary>Whether an object is a reference.</summary>
    public static bool IsOne(FlowObject value) => value.Count == 1 && value.Names[0].StartsWith('$');

    /// <summary>The reference that a value is; null where it is a value itself.</summary>
    /// <exception cref="ConnectionValueException">It starts like a reference and is none.</exception>
    public static SecretReference? Find(FlowValue value)
    {
        if (value.AsStringOrNull is { } text) return text.StartsWith(Azure, StringComparison.OrdinalIgnoreCase) ? OfAzure(text) : null;
        if (value.AsObjectOrNull is not { } o || !IsOne(o)) return null;
        var kind = o.Names[0];
        if (kind is not (Variable or File or KeyVault or Store)) throw new ConnectionValueException($"'{kind}' is no source of a value; there are {Variable}, {File}, {KeyVault} and {Store}.");
        return new SecretReference(kind, o[kind].AsStringOrNull ?? throw new ConnectionValueException($"'{kind}' needs text."));
    }

    /// <summary>The value of a variable or a file.</summary>
    /// <exception cref="ConnectionValueException">There is none.</exception>
    public string ReadLocal(ConnectionSettings settings)
    {
        if (Kind == Variable) return settings.Variable(Target) ?? throw new ConnectionValueException($"The environment variable '{Target}' is not set.");
        var folder = Path.GetFullPath(settings.Folder) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Target, folder);
        if (!settings.IsTrusted && !(path.StartsWith(folder, StringComparison.Ordinal) && !HasLink(path, folder))) throw new ConnectionValueException($"The file '{Target}' is outside of the flow's folder.");
        try
        {
            // A line end at the end is the editor's, not the secret's.
            return System.IO.File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConnectionValueException($"The file '{Target}' can't be read: {e.Message}");
        }
    }

    // A link in the folder of a stranger leads wherever the stranger likes.
    private static bool HasLink(string path, string folder)
    {
        for (var at = path; at is not null && at.Length >= folder.Length; at = Path.GetDirectoryName(at))
        {
            if (new FileInfo(at).LinkTarget is not null) return true;
        }

        return false;
    }

    private static SecretReference OfAzure(string text)
    {
        if (!text.EndsWith(')')) throw new ConnectionValueException("A reference @Microsoft.KeyVault(…) ends with ')'.");
        var members = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text[Azure.Length..^1].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => part.Split('=', 2)).Where(part => part.Length == 2))
        {
            if (!members.TryAdd(part[0], part[1])) throw new ConnectionValueException($"A reference @Microsoft.KeyVault(…) has '{part[0]}' twice.");
        }

        if (members.TryGetValue("SecretUri", out var uri)) return new SecretReference(KeyVault, uri);
        if (!members.TryGetValue("VaultName", out var vault) || !members.TryGetValue("SecretName", out var name))
            throw new ConnectionValueException("A reference @Microsoft.KeyVault(…) needs SecretUri, or VaultName and SecretName.");
        return new SecretReference(KeyVault, $"https://{vault}.vault.azure.net/secrets/{name}" + (members.TryGetValue("SecretVersion", out var version) ? "/" + version : string.Empty));
    }
}

/// <summary>A value of a connection can't be had.</summary>
/// <param name="message">Why, without a secret.</param>
internal sealed class ConnectionValueException(string message) : Exception(message);
