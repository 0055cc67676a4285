using System.Globalization;

namespace FlowEngine.Connectors;

/// <summary>The members of <c>context</c> and of what hangs from it.</summary>
internal static class PolicyViewMembers
{
    private static readonly Dictionary<Type, Dictionary<string, Func<object, PolicyCall, object?>>> Tables = new()
    {
        [typeof(ContextView)] = new(StringComparer.Ordinal)
        {
            ["Request"] = (view, _) => new RequestView(((ContextView)view).Context),
            ["Response"] = (view, _) => ((ContextView)view).Context is { Reply: { } reply } context ? new ResponseView(context, reply) : null,
            ["Variables"] = (view, _) => new VariablesView(((ContextView)view).Context),
            ["Operation"] = (view, _) => Operation(((ContextView)view).Context),
            ["Api"] = (view, _) => new FactsView("context.Api", new(StringComparer.Ordinal) { ["Id"] = ((ContextView)view).Context.Connector, ["Name"] = ((ContextView)view).Context.Connector }),
            ["User"] = (_, _) => null, // Nobody is signed in at a connector.
            ["Product"] = (_, _) => null,
            ["Subscription"] = (_, _) => null,
            ["LastError"] = (view, _) => ((ContextView)view).Context.LastError is { } error
                ? new FactsView("context.LastError", new(StringComparer.Ordinal) { ["Message"] = error.Message, ["Reason"] = error.Reason, ["Source"] = error.Source })
                : null,
            ["RequestId"] = (view, _) => ((ContextView)view).Context.RequestId,
            ["Timestamp"] = (view, _) => ((ContextView)view).Context.Started.UtcDateTime,
            ["Elapsed"] = (view, _) => ((ContextView)view).Context.Now - ((ContextView)view).Context.Started,
        },
        [typeof(RequestView)] = new(StringComparer.Ordinal)
        {
            ["Method"] = (view, _) => ((RequestView)view).Context.Request.Method.Method,
            ["Url"] = (view, _) => new UrlView(((RequestView)view).Context.Request.Uri),
            ["OriginalUrl"] = (view, _) => new UrlView(((RequestView)view).Context.OriginalUri),
            ["Headers"] = (view, _) => new HeadersView(((RequestView)view).Context.RequestHeaders()),
            ["Body"] = (view, _) => ((RequestView)view).Context.Request is { Body: { Length: > 0 } body } request ? new BodyView(body, request.ContentType) : null,
            ["MatchedParameters"] = (view, _) => ((RequestView)view).Context.MatchedParameters.ToDictionary(entry => entry.Key, entry => (object?)entry.Value, StringComparer.Ordinal),
        },
        [typeof(ResponseView)] = new(StringComparer.Ordinal)
        {
            ["StatusCode"] = (view, _) => ((ResponseView)view).Reply.StatusCode,
            ["StatusReason"] = (view, _) => ((ResponseView)view).Reply.Reason ?? Actions.HttpStatusNames.CodeOf(((ResponseView)view).Reply.StatusCode),
            ["Headers"] = (view, _) => new HeadersView([.. ((ResponseView)view).Reply.Headers.Select(header => new KeyValuePair<string, string>(header.Key, PolicyText.Of(header.Value)))]),
            ["Body"] = (view, _) => ((ResponseView)view).Reply is { Body.Length: > 0 } reply ? new BodyView(reply.Body, reply.ContentType) : null,
        },
        [typeof(UrlView)] = new(StringComparer.Ordinal)
        {
            ["Path"] = (view, _) => ((UrlView)view).Uri.AbsolutePath,
            ["AbsolutePath"] = (view, _) => ((UrlView)view).Uri.AbsolutePath,
            ["Host"] = (view, _) => ((UrlView)view).Uri.Host,
            ["Scheme"] = (view, _) => ((UrlView)view).Uri.Scheme,
            ["Port"] = (view, _) => ((UrlView)view).Uri.Port,
            ["QueryString"] = (view, _) => ((UrlView)view).Uri.Query,
            ["Query"] = (view, _) => new QueryView(((UrlView)view).Uri),
            ["AbsoluteUri"] = (view, _) => ((UrlView)view).Uri.AbsoluteUri,
        },
        [typeof(BodyView)] = new(StringComparer.Ordinal)
        {
            ["As"] = (view, call) => As((BodyView)view, call),
        },
        [typeof(VariablesView)] = new(StringComparer.Ordinal)
        {
            ["ContainsKey"] = (view, call) => ((VariablesView)view).Context.Variables.ContainsKey(call.Text(0)),
            ["GetValueOrDefault"] = (view, call) => ((VariablesView)view).Context.Variables.TryGetValue(call.Text(0), out var value) ? Converted(value, call) : call[1] ?? Default(call),
            ["Count"] = (view, _) => ((VariablesView)view).Context.Variables.Count,
        },
        [typeof(HeadersView)] = new(StringComparer.Ordinal)
        {
            ["ContainsKey"] = (view, call) => ((HeadersView)view).Values(call.Text(0)) is not null,
            ["GetValueOrDefault"] = (view, call) => ((HeadersView)view).Values(call.Text(0)) is { } values ? string.Join(',', values) : call[1],
            ["Keys"] = (view, _) => ((HeadersView)view).Headers.Select(header => (object?)header.Key).Distinct().ToList(),
        },
        [typeof(QueryView)] = new(StringComparer.Ordinal)
        {
            ["ContainsKey"] = (view, call) => ((QueryView)view).Values(call.Text(0)) is not null,
            ["GetValueOrDefault"] = (view, call) => ((QueryView)view).Values(call.Text(0)) is { } values ? string.Join(',', values) : call[1],
            ["Keys"] = (view, _) => ((QueryView)view).All().Select(entry => (object?)entry.Name).Distinct().ToList(),
        },
        [typeof(BasicCredentials)] = new(StringComparer.Ordinal)
        {
            ["UserId"] = (view, _) => ((BasicCredentials)view).UserId,
            ["Password"] = (view, _) => ((BasicCredentials)view).Password,
        },
    };

    /// <summary>Members of every view.</summary>
    public static Dictionary<string, Func<object, PolicyCall, object?>> Members { get; } = new(StringComparer.Ordinal) { ["ToString"] = (view, _) => view is UrlView url ? url.ToString() : ((IPolicyView)view).Name };

    public static IEnumerable<string> Names => Tables.Values.SelectMany(table => table.Keys).Concat(["Id", "Name", "UrlTemplate", "Message", "Reason", "Source"]);

    public static bool TryGet(IPolicyView view, string name, PolicyCall call, out object? value)
    {
        value = null;
        if (view is FactsView facts) return facts.Facts.TryGetValue(name, out value);
        if (!Tables.TryGetValue(view.GetType(), out var table) || !table.TryGetValue(name, out var member)) return false;
        value = PolicyGuard.Run(() => member(view, call), name, call.At);
        return true;
    }

    private static FactsView Operation(PolicyContext context) => new("context.Operation", new(StringComparer.Ordinal)
    {
        ["Id"] = context.Operation.Id ?? context.Operation.Name,
        ["Name"] = context.Operation.Name,
        ["Method"] = context.Operation.Method.Method,
        ["UrlTemplate"] = context.Operation.Path,
    });

    private static object? As(BodyView body, PolicyCall call)
    {
        call.Budget.Charge(2L * body.Bytes.Length, call.At);
        return (call.TypeArguments.Count == 0 ? "string" : call.TypeArguments[0]) switch
        {
            "string" or "String" => (object)body.Text,
            "byte[]" => body.Bytes.ToArray(),
            "JObject" => PolicyJsonTypes.Parse(body.Text, call) as Newtonsoft.Json.Linq.JObject ?? throw call.Fail("The body is no JSON object."),
            "JArray" => PolicyJsonTypes.Parse(body.Text, call) as Newtonsoft.Json.Linq.JArray ?? throw call.Fail("The body is no JSON array."),
            "JToken" => PolicyJsonTypes.Parse(body.Text, call),
            var other => throw call.Fail($"A body can be read as string, byte[], JObject, JArray and JToken, not as {other}."),
        };
    }

    private static object? Converted(object? value, PolicyCall call) =>
        call.TypeArguments is [{ } type, ..] && value is not null && PolicyCasts.Knows(type) && !PolicyCasts.Is(type, value) ? PolicyCasts.To(type, value, call.At) : value;

    private static object? Default(PolicyCall call) => call.TypeArguments is [{ } type, ..]
        ? type switch { "int" => 0, "long" => 0L, "bool" => false, "double" => 0d, "decimal" => 0m, _ => null }
        : null;
}

/// <summary>A header's value as text.</summary>
internal static class PolicyText
{
    public static string Of(FlowValue value) => value.AsStringOrNull ?? string.Create(CultureInfo.InvariantCulture, $"{value.ToJson()}");
}
