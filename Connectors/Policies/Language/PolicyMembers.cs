using System.Collections;
using Newtonsoft.Json.Linq;

namespace FlowEngine.Connectors;

/// <summary>The members of values: which type a value is, decides which table is asked.</summary>
internal static class PolicyMembers
{
    // In the order in which they are asked: the narrower first.
    private static readonly (Func<object, bool> Is, Dictionary<string, Func<object, PolicyCall, object?>> Members)[] Tables =
    [
        (value => value is string, PolicyTexts.Members),
        (value => value is System.Text.StringBuilder, PolicyTexts.BuilderMembers),
        (value => value is PolicyEncoding, PolicyTexts.EncodingMembers),
        (value => value is System.Text.RegularExpressions.Regex, PolicyTexts.RegexMembers),
        (value => value is System.Text.RegularExpressions.Group, PolicyTexts.MatchMembers),
        (value => value is DateTime, PolicyTimes.DateTimeMembers),
        (value => value is DateTimeOffset, PolicyTimes.OffsetMembers),
        (value => value is TimeSpan, PolicyTimes.SpanMembers),
        (value => value is PolicyHash, PolicyTimes.HashMembers),
        (value => value is PolicyRandom, PolicyTimes.RandomMembers),
        (value => value is JObject, PolicyJson.ObjectMembers),
        (value => value is JProperty, PolicyJson.PropertyMembers),
        (value => value is JToken, PolicyJson.TokenMembers),
        (value => value is IPolicyView, PolicyViewMembers.Members),
        (value => value is IDictionary<string, object?>, PolicyCollections.MapMembers),
        (value => value is KeyValuePair<string, object?>, PolicyCollections.PairMembers),
        (value => value is IEnumerable, PolicyCollections.ListMembers),
        (_ => true, PolicyCollections.AnyMembers),
    ];

    /// <summary>Every name that some type has.</summary>
    public static IReadOnlySet<string> Names { get; } = Tables.SelectMany(table => table.Members.Keys).Concat(PolicyViewMembers.Names).ToHashSet(StringComparer.Ordinal);

    // What takes no longer for a long text: or charges what it builds.
    private static readonly HashSet<string> Constant = new(StringComparer.Ordinal) { "Length", "Substring", "Append", "AppendLine", "AppendFormat", "Value", "HasValue" };

    public static object? Invoke(object target, string name, PolicyCall call)
    {
        if (!Constant.Contains(name)) call.Budget.Scan(PolicyCall.SizeOf(target), call.At);
        if (name != "Add") call.ScanArguments(); // Keys are charged where they are hashed.
        foreach (var (matches, members) in Tables)
        {
            if (matches(target) && members.TryGetValue(name, out var member)) return PolicyGuard.Run(() => member(target, call), name, call.At);
        }

        if (target is IPolicyView view && PolicyViewMembers.TryGet(view, name, call, out var value)) return value;

        // JSON arrays and matches are lists as well; a scalar of JSON has the members of the scalar.
        if (target is JValue && PolicyOperators.Plain(target) is { } plain and not JValue) return Invoke(plain, name, call);
        throw new PolicyExpressionException($"{PolicyCasts.NameOf(target)} has no member '{name}' that policy expressions may use.", call.At, name.Length);
    }

    public static object? Index(object target, object? index, PolicyBudget budget, int at)
    {
        index = Position(index);
        if (index is string key) budget.Scan(key.Length, at);
        switch (target, index)
        {
            case (JObject o, string name): return o[name];
            case (JArray array, int position): return Inside(position, array.Count, at) ? array[position] : null;
            case (IReadOnlyDictionary<string, object?> map, string name): return map.TryGetValue(name, out var found) ? found : throw new PolicyExpressionException($"There is no '{name}'.", at);
            case (IReadOnlyDictionary<string, object?> map, int number): return map.GetValueOrDefault(number.ToString(System.Globalization.CultureInfo.InvariantCulture)); // Groups of a match.
            case (HeadersView headers, string name): return headers.Values(name) ?? throw new PolicyExpressionException($"There is no header '{name}'.", at);
            case (VariablesView variables, string name): return variables.Context.Variables.TryGetValue(name, out var variable) ? variable : throw new PolicyExpressionException($"There is no variable '{name}'.", at);
            case (QueryView query, string name): return query.Values(name) ?? throw new PolicyExpressionException($"There is no query parameter '{name}'.", at);
            case (byte[] bytes, int position): return Inside(position, bytes.Length, at) ? (int)bytes[position] : null;
            case (IList list, int position): return Inside(position, list.Count, at) ? list[position] : null;
            case (string text, int position): return Inside(position, text.Length, at) ? text[position] : null;
            default: throw new PolicyExpressionException($"{PolicyCasts.NameOf(target)} can't be indexed by {PolicyCasts.NameOf(index)}.", at);
        }
    }

    // Integers of JSON are long; so are some of C#.
    private static object? Position(object? index) => PolicyOperators.Plain(index) switch
    {
        long number and >= int.MinValue and <= int.MaxValue => (int)number,
        uint number and <= int.MaxValue => (int)number,
        var plain => plain,
    };

    private static bool Inside(int position, int count, int at) =>
        position >= 0 && position < count ? true : throw new PolicyExpressionException("The index is outside of the list.", at);

    public static void SetIndex(object target, object? index, object? value, PolicyBudget budget, int at)
    {
        budget.Charge(64, at);
        if (PolicyOperators.Plain(index) is string key) budget.Scan(key.Length, at);
        switch (target, Position(index))
        {
            case (JObject o, string name):
                o[name] = PolicyJsonTypes.ToToken(value, budget, at, target as JToken);
                break;
            case (JArray array, int position) when position >= 0 && position < array.Count:
                array[position] = PolicyJsonTypes.ToToken(value, budget, at, target as JToken);
                break;
            case (IDictionary<string, object?> map, string name):
                map[name] = value;
                break;
            case (List<object?> list, int position) when position >= 0 && position < list.Count:
                list[position] = value;
                break;
            default:
                throw new PolicyExpressionException($"{PolicyCasts.NameOf(target)} can't be set by {PolicyCasts.NameOf(index)}.", at);
        }
    }

    /// <summary>What can be gone through.</summary>
    public static IEnumerable<object?> Items(object? value, int at) => value switch
    {
        JObject o => o.Properties(),
        string text => text.Cast<object?>(),
        IDictionary<string, object?> map => map.Cast<object?>(),
        byte[] bytes => bytes.Select(one => (object?)(int)one),
        HeadersView headers => headers.All(),
        IEnumerable items => items.Cast<object?>(),
        _ => throw new PolicyExpressionException($"{PolicyCasts.NameOf(value)} is no list.", at),
    };
}
