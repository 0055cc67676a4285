namespace FlowEngine.Testing;

/// <summary>Which requests a mock answers: every member that is there must fit.</summary>
/// <remarks>In <see cref="Uri"/>, header values and texts of <see cref="Body"/>, <c>*</c> stands for any run of characters.</remarks>
internal sealed record RequestPattern
{
    private readonly string? _canonicalUri;

    /// <summary>The method, compared ignoring case; null for any.</summary>
    public string? Method { get; init; }

    /// <summary>
    /// The address; null for any. Without <c>?</c> it is compared with the address without its query, or with all of it; with <c>?</c> only
    /// with all of it. Scheme and host ignore case.
    /// </summary>
    public string? Uri
    {
        get;
        init
        {
            field = value;

            // A request's address has been through Uri already: escapes, default port and the slash after the host must not make a difference.
            _canonicalUri = value is not null && System.Uri.TryCreate(value, UriKind.Absolute, out var uri) ? uri.AbsoluteUri : null;
        }
    }

    /// <summary>Header values by name; names ignore case.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The action that sends the request, its token included, by name ignoring case; null for any.</summary>
    public string? Action { get; init; }

    /// <summary>Query parameters by name, decoded; a value may hold <c>*</c>. Others may be there.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Queries { get; init; } = [];

    /// <summary>What the body must contain: members of an object, an array element by element, texts; see <see cref="HasBody"/>.</summary>
    public FlowValue Body { get; init; }

    /// <summary>Whether the body is compared.</summary>
    public bool HasBody { get; init; }

    /// <summary>Further conditions.</summary>
    internal IReadOnlyList<RequestCondition> Conditions { get; init; } = [];

    /// <summary>What messages call the address where <see cref="Uri"/> is not given.</summary>
    internal string? Label { get; init; }

    /// <summary>What of the request does not fit, in words; empty where all does.</summary>
    internal List<string> DifferencesFrom(MockRequest request)
    {
        var differences = new List<string>();
        if (!FitsMethod(request)) differences.Add($"the method is {request.Method}, not {Method}");
        if (Action is not null && !Action.Equals(request.Action, StringComparison.OrdinalIgnoreCase)) differences.Add($"the action is {(request.Action is { } sender ? $"'{sender}'" : "none")}, not '{Action}'");
        if (!FitsUri(request)) differences.Add($"the uri is '{request.Uri}', not '{Uri}'");
        foreach (var (name, pattern) in Headers)
        {
            var value = request.Header(name);
            if (value is null) differences.Add($"the header '{name}' is missing");
            else if (!Wildcard.Fits(pattern, value)) differences.Add(MockRequest.IsSecret(name) ? $"the header '{name}' differs" : $"the header '{name}' is '{value}', not '{pattern}'");
        }

        foreach (var (name, pattern) in Queries)
        {
            var values = request.QueryValues(name);
            if (values.Count == 0) differences.Add($"the query parameter '{name}' is missing");
            else if (!values.Any(value => Wildcard.Fits(pattern, value))) differences.Add($"the query parameter '{name}' is '{values[0]}', not '{pattern}'");
        }

        if (HasBody) BodyPattern.Compare(Body, request, differences);
        foreach (var condition in Conditions)
        {
            if (condition.Difference(request) is { } difference) differences.Add(difference);
        }

        return differences;
    }

    /// <summary>How near the request is, to name the nearest entry.</summary>
    internal int NearnessTo(MockRequest request, int differences)
    {
        var nearness = -differences;
        if (FitsMethod(request)) nearness += 100;
        if (Conditions.Any(condition => condition.IsAddress && condition.Difference(request) is not null)) return nearness;
        if (Uri is null || FitsUri(request)) return nearness + 10_000;
        return nearness + (10 * Math.Min(500, request.Uri.AsSpan().CommonPrefixLength(_canonicalUri ?? Uri)));
    }

    /// <summary>The pattern in a few words: <c>GET https://api.example/*</c>.</summary>
    internal string Describe() => $"{Method ?? "any method"} {Uri ?? Label ?? "any uri"}{(Action is null ? string.Empty : $" of '{Action}'")}";

    private bool FitsMethod(MockRequest request) => Method is null || Method.Equals(request.Method, StringComparison.OrdinalIgnoreCase);

    private bool FitsUri(MockRequest request) => Uri is null || FitsUri(Uri, request) || (_canonicalUri is not null && FitsUri(_canonicalUri, request));

    private static bool FitsUri(string pattern, MockRequest request)
    {
        if (Wildcard.Fits(pattern, request.Uri, request.AuthorityEnd)) return true;
        return !pattern.Contains('?', StringComparison.Ordinal) && Wildcard.Fits(pattern, request.UriWithoutQuery, request.AuthorityEnd);
    }
}
