namespace FlowEngine.Connectors;

/// <summary><c>cache-lookup</c> and <c>cache-store</c> keep whole answers, <c>cache-…-value</c> single values: in memory, for each connection.</summary>
internal static class CachePolicies
{
    // What marks a call whose answer may be kept.
    private const string KeyVariable = "\ncache-key";

    public static PolicyRow Lookup { get; } = new("cache-lookup", (element, reader) => new LookupPolicy(
        [.. element.Children.Where(child => child.Name == "vary-by-header").Select(reader.Text)],
        [.. element.Children.Where(child => child.Name == "vary-by-query-parameter").Select(reader.Text)]))
    {
        Optional = ["vary-by-developer", "vary-by-developer-groups", "downstream-caching-type", "must-revalidate", "allow-private-response-caching", "caching-type"],
        Children = ["vary-by-header", "vary-by-query-parameter"],
    };

    public static PolicyRow Store { get; } = new("cache-store", (element, reader) => new StorePolicy(reader.Needed(element, "duration"))) { Required = ["duration"], Optional = ["cache-response", "caching-type"] };

    public static PolicyRow LookupValue { get; } = new("cache-lookup-value", (element, reader) => new LookupValuePolicy(reader.Needed(element, "key"), reader.Needed(element, "variable-name"), reader.Attribute(element, "default-value")))
    {
        Required = ["key", "variable-name"],
        Optional = ["default-value", "caching-type"],
    };

    public static PolicyRow StoreValue { get; } = new("cache-store-value", (element, reader) => new StoreValuePolicy(reader.Needed(element, "key"), reader.Needed(element, "value"), reader.Needed(element, "duration")))
    {
        Required = ["key", "value", "duration"],
        Optional = ["caching-type"],
    };

    public static PolicyRow RemoveValue { get; } = new("cache-remove-value", (element, reader) => new RemoveValuePolicy(reader.Needed(element, "key"))) { Required = ["key"], Optional = ["caching-type"] };

    private sealed class LookupPolicy(IReadOnlyList<PolicyValue> headers, IReadOnlyList<PolicyValue> queries) : IPolicy
    {
        public ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
        {
            if (context.Request.Method != HttpMethod.Get) return default;
            var query = new QueryView(context.Request.Uri);
            var names = queries.SelectMany(value => value.EvaluateText(context).Split(';', StringSplitOptions.TrimEntries)).ToList();
            var shown = query.All().Where(entry => names.Count == 0 || names.Contains(entry.Name)).OrderBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => $"{entry.Name}={entry.Value}");
            var varied = headers.Select(header => header.EvaluateText(context)).Select(name => $"{name}:{string.Join(',', new HeadersView(context.RequestHeaders()).Values(name) ?? [])}");
            var key = string.Join('\n', [context.Request.Uri.GetLeftPart(UriPartial.Path), .. shown, .. varied]);
            if (context.State.Cached(key, context.Now) is { } reply)
            {
                context.Reply = reply;
                throw new ReplyReturnedException();
            }

            context.Variables[KeyVariable] = key;
            return default;
        }
    }

    private sealed class StorePolicy(PolicyValue duration) : IPolicy
    {
        public ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
        {
            if (context.Reply is { StatusCode: 200 } reply && context.Variables.GetValueOrDefault(KeyVariable) is string key)
                context.State.Keep(key, reply, TimeSpan.FromSeconds(duration.EvaluateNumber(context)), context.Now);
            return default;
        }
    }

    private sealed class LookupValuePolicy(PolicyValue key, PolicyValue variable, PolicyValue? otherwise) : IPolicy
    {
        public ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
        {
            var name = variable.EvaluateText(context);
            if (context.State.Value(key.EvaluateText(context), context.Now, out var value)) context.Variables[name] = value;
            else if (otherwise is not null) context.Variables[name] = otherwise.Evaluate(context);
            return default;
        }
    }

    private sealed class StoreValuePolicy(PolicyValue key, PolicyValue value, PolicyValue duration) : IPolicy
    {
        public ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
        {
            // Only what nobody can change afterwards: runs share it.
            var kept = value.Evaluate(context, static one => one is null or bool or DateTime or TimeSpan or Guid || PolicyOperators.IsNumber(one) ? one : PolicyCasts.Text(one));
            context.State.KeepValue(key.EvaluateText(context), kept, TimeSpan.FromSeconds(duration.EvaluateNumber(context)), context.Now);
            return default;
        }
    }

    private sealed class RemoveValuePolicy(PolicyValue key) : IPolicy
    {
        public ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
        {
            context.State.KeepValue(key.EvaluateText(context), null, TimeSpan.Zero, context.Now);
            return default;
        }
    }
}
