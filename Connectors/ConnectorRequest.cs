namespace FlowEngine.Connectors;

/// <summary>A request on its way out: built from the call, changed by policies, then sent.</summary>
internal sealed class ConnectorRequest
{
    public required HttpMethod Method { get; set; }

    /// <summary>The absolute address.</summary>
    public required Uri Uri { get; set; }

    /// <summary>Name and value; a name may stand several times.</summary>
    public List<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>The bytes of the body; null for none.</summary>
    public byte[]? Body { get; set; }

    /// <summary>The body's Content-Type; null where there is none.</summary>
    public string? ContentType { get; set; }

    public void SetHeader(string name, string value)
    {
        RemoveHeader(name);
        Headers.Add(new(name, value));
    }

    public void RemoveHeader(string name) => Headers.RemoveAll(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
}
