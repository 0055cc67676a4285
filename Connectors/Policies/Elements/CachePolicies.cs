namespace FlowEngine.Connectors;

/// <summary><c>cache-lookup</c> and <c>cache-store</c> keep whole answers, <c>cache-…-value</c> single values: in memory, for each connection.</summary>
internal static class CachePolicies
{
    // What marks a call whose answer may be kept.
    private const string KeyVariable = "\ncache-key";

    // There is the cache in memory, and no other.
    private static readonly Dictionary<string, string?> Kind = new() { ["caching-type"] = "internal" };

    public static PolicyRow Lookup { get; } = new("cache-lookup", (element, reader) => new LookupPolicy(
        [.. element.Children.Where(child => child.Name == "vary-by-header").Select(reader.Text)],
        [.. element.Children.Where(child => child.Name == "vary-by-query-parameter").Select(reader.Text)]))
    {
        Shape = new()
        {
            WithoutEffect = new Dictionary<string, string?>
            {
                ["vary-by-developer"] = "false", // Nobody is signed in at a connector.
                ["vary-by-developer-groups"] = "false",
                ["downstream-caching-type"] = "none",
                ["must-revalidate"] = "true",
                ["allow-private-response-caching"] = "false",
                ["caching-type"] = "internal",
            },
            Children = new Dictionary<string, PolicyShape> { ["vary-by-header"] = PolicyShape.OnlyText, ["vary-by-query-parameter"] = PolicyShape.OnlyText },
        },
    };

    public static PolicyRow Store { get; } = new("cache-store", (element, reader) => new StorePolicy(reader.Needed(element, "duration"))) { Shape = new() { Required = ["duration"], WithoutEffect = new Dictionary<string, string?> { ["cache-response"] = "true", ["caching-type"] = "internal" } } };

    public static PolicyRow LookupValue { get; } = new("cache-lookup-value", (element, reader) => new LookupValuePolicy(reader.Needed(element, "key"), reader.Needed(element, "variable-name"), reader.Attribute(element, "default-value")))
    {
        Shape = new() { Required = ["key", "variable-name"], Optional = ["default-value"], WithoutEffect = Kind },
    };

    public static PolicyRow StoreValue { get; } = new("cache-store-value", (element, reader) => new StoreValuePolicy(reader.Needed(element, "key"), reader.Needed(element, "value"), reader.Needed(element, "duration")))
    {
        Shape = new() { Required = ["key", "value", "duration"], WithoutEffect = Kind },
    };

    public static PolicyRow RemoveValue { get; } = new("cache-remove-value", (element, reader) => new RemoveValuePolicy(reader.Needed(element, "key"))) { Shape = new() { Required = ["key"], WithoutEffect = Kind } };

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
            if (context.State.Replies.TryGet(key, context.Now, out var kept))
            {
                context.Reply = kept!.Copy(); // There is one.
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
                context.State.Replies.Keep(key, reply.Copy(), reply.Body.Length, TimeSpan.FromSeconds(duration.EvaluateNumber(context)), context.Now);
            return default;
        }
    }

    private sealed class LookupValuePolicy(PolicyValue key, PolicyValue variable, PolicyValue? otherwise) : IPolicy
    {
        public ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
        {
            var name = variable.EvaluateText(context);
            if (context.State.Values.TryGet(key.EvaluateText(context), context.Now, out var value)) context.Variables[name] = value;
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
            context.State.Values.Keep(key.EvaluateText(context), kept, kept is string text ? 2L * text.Length : 0, TimeSpan.FromSeconds(duration.EvaluateNumber(context)), context.Now);
            return default;
        }
    }

    private sealed class RemoveValuePolicy(PolicyValue key) : IPolicy
    {
        public ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
        {
            context.State.Values.Forget(key.EvaluateText(context));
            return default;
        }
    }
}
