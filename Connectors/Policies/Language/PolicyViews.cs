namespace FlowEngine.Connectors;

/// <summary><c>context</c>.</summary>
internal sealed record ContextView(PolicyContext Context) : IPolicyView
{
    public string Name => "context";
}

/// <summary><c>context.Request</c>.</summary>
internal sealed record RequestView(PolicyContext Context) : IPolicyView
{
    public string Name => "context.Request";
}

/// <summary><c>context.Response</c>.</summary>
internal sealed record ResponseView(PolicyContext Context, ConnectorReply Reply) : IPolicyView
{
    public string Name => "context.Response";
}

/// <summary>An address.</summary>
internal sealed record UrlView(Uri Uri) : IPolicyView
{
    public string Name => "an address";

    public override string ToString() => Uri.AbsoluteUri;
}

/// <summary>A body, read as often as one likes.</summary>
internal sealed record BodyView(byte[] Bytes, string? ContentType) : IPolicyView
{
    public string Name => "a body";

    public string Text => Actions.MessageBody.Text(Bytes, Actions.MediaType.Parse(ContentType ?? string.Empty).Charset);
}

/// <summary><c>context.Operation</c>, <c>context.Api</c>, <c>context.User</c>, <c>context.LastError</c>: names and texts.</summary>
internal sealed record FactsView(string Name, Dictionary<string, object?> Facts) : IPolicyView;

/// <summary><c>context.Variables</c>.</summary>
internal sealed record VariablesView(PolicyContext Context) : IPolicyView
{
    public string Name => "context.Variables";
}

/// <summary>Headers of a request or an answer.</summary>
internal sealed record HeadersView(IReadOnlyList<KeyValuePair<string, string>> Headers) : IPolicyView
{
    public string Name => "headers";

    public List<object?>? Values(string name)
    {
        var values = Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => (object?)header.Value).ToList();
        return values.Count == 0 ? null : values;
    }

    public IEnumerable<object?> All() => Headers.Select(header => (object?)new KeyValuePair<string, object?>(header.Key, new List<object?> { header.Value }));
}

/// <summary>The query of an address, decoded.</summary>
internal sealed record QueryView(Uri Uri) : IPolicyView
{
    public string Name => "a query";

    public IEnumerable<(string Name, string Value)> All() =>
        Uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2))
            .Select(part => (Uri.UnescapeDataString(part[0]), part.Length > 1 ? Uri.UnescapeDataString(part[1].Replace('+', ' ')) : string.Empty));

    public List<object?>? Values(string name)
    {
        var values = All().Where(entry => entry.Name == name).Select(entry => (object?)entry.Value).ToList();
        return values.Count == 0 ? null : values;
    }
}
