namespace FlowEngine.Connectors;

/// <summary>Members of lists, maps and of everything; the part of LINQ that lists need.</summary>
internal static class PolicyCollections
{
    public static Dictionary<string, Func<object, PolicyCall, object?>> ListMembers { get; } = new(StringComparer.Ordinal)
    {
        ["Length"] = (list, call) => Size(list, call),
        ["Count"] = (list, call) => call.Count == 0 ? Size(list, call) : Items(list, call).Count(item => True(call, item)),
        ["Where"] = (list, call) => Items(list, call).Where(item => True(call, item)).ToList(),
        ["Select"] = (list, call) => Items(list, call).Select(item => call.Lambda(0).Call([item])).ToList(),
        ["SelectMany"] = (list, call) => Items(list, call).SelectMany(item => PolicyMembers.Items(call.Lambda(0).Call([item]), call.At)).Select(item => Charged(item, call)).ToList(),
        ["First"] = (list, call) => Filtered(list, call).First(),
        ["FirstOrDefault"] = (list, call) => Filtered(list, call).FirstOrDefault(),
        ["Last"] = (list, call) => Filtered(list, call).Last(),
        ["LastOrDefault"] = (list, call) => Filtered(list, call).LastOrDefault(),
        ["Single"] = (list, call) => Filtered(list, call).Single(),
        ["SingleOrDefault"] = (list, call) => Filtered(list, call).SingleOrDefault(),
        ["Any"] = (list, call) => Filtered(list, call).Any(),
        ["All"] = (list, call) => Items(list, call).All(item => True(call, item)),
        ["Contains"] = (list, call) => Items(list, call).Any(item => PolicyComparisons.AreEqual(item, call[0], call.At, call.Budget)),
        ["Skip"] = (list, call) => Items(list, call).Skip(call.Integer(0)).ToList(),
        ["Take"] = (list, call) => Items(list, call).Take(call.Integer(0)).ToList(),
        ["Distinct"] = (list, call) => Distinct(PolicyMembers.Items(list, call.At), call),
        ["Reverse"] = (list, call) => Items(list, call).Reverse().ToList(),
        ["Concat"] = (list, call) => Items(list, call).Concat(PolicyMembers.Items(call[0], call.At)).Select(item => Charged(item, call)).ToList(),
        ["OrderBy"] = (list, call) => Items(list, call).OrderBy(item => call.Lambda(0).Call([item]), PolicyComparisons.By(call)).ToList(),
        ["OrderByDescending"] = (list, call) => Items(list, call).OrderByDescending(item => call.Lambda(0).Call([item]), PolicyComparisons.By(call)).ToList(),
        ["Sum"] = (list, call) => Numbers(list, call).Aggregate((object?)0, (sum, item) => PolicyOperators.Binary("+", sum, item, call.At, call.Budget)),
        ["Max"] = (list, call) => Numbers(list, call).Max(PolicyComparisons.By(call)),
        ["Min"] = (list, call) => Numbers(list, call).Min(PolicyComparisons.By(call)),
        ["Average"] = (list, call) => Numbers(list, call).Average(item => PolicyCasts.Number(item, call.At)),
        ["ToList"] = (list, call) => Items(list, call).ToList(),
        ["ToArray"] = (list, call) => list as byte[] ?? (object)Items(list, call).ToList(),
        ["Cast"] = (list, call) => Items(list, call).ToList(),
        ["ToDictionary"] = (list, call) => Items(list, call).ToDictionary(item => call.Key(call.Lambda(0).Call([item])), item => call.Count > 1 ? call.Lambda(1).Call([item]) : item, StringComparer.Ordinal),
        ["Add"] = (list, call) => { call.Budget.Charge(32, call.At); (list as List<object?> ?? throw call.Fail("The list can't be added to.")).Add(call[0]); return null; },
        ["Remove"] = (list, call) => Remove(list as List<object?> ?? throw call.Fail("The list can't be changed."), call),
        ["IndexOf"] = (list, call) => Items(list, call).ToList().FindIndex(item => PolicyComparisons.AreEqual(item, call[0], call.At, call.Budget)),
    };

    public static Dictionary<string, Func<object, PolicyCall, object?>> MapMembers { get; } = new(StringComparer.Ordinal)
    {
        ["ContainsKey"] = (map, call) => ((IDictionary<string, object?>)map).ContainsKey(call.Text(0)),
        ["GetValueOrDefault"] = (map, call) => ((IDictionary<string, object?>)map).TryGetValue(call.Text(0), out var value) ? value : call[1],
        ["Keys"] = (map, call) => ((IDictionary<string, object?>)map).Keys.Select(key => Charged(key, call)).ToList(),
        ["Values"] = (map, call) => ((IDictionary<string, object?>)map).Values.Select(value => Charged(value, call)).ToList(),
        ["Count"] = (map, _) => ((IDictionary<string, object?>)map).Count,
        ["Add"] = (map, call) => { call.Budget.Charge(64, call.At); ((IDictionary<string, object?>)map).Add(call.Key(call[0]), call[1]); return null; },
        ["Remove"] = (map, call) => ((IDictionary<string, object?>)map).Remove(call.Text(0)),
    };

    public static Dictionary<string, Func<object, PolicyCall, object?>> PairMembers { get; } = new(StringComparer.Ordinal)
    {
        ["Key"] = (pair, _) => ((KeyValuePair<string, object?>)pair).Key,
        ["Value"] = (pair, _) => ((KeyValuePair<string, object?>)pair).Value,
    };

    public static Dictionary<string, Func<object, PolicyCall, object?>> AnyMembers { get; } = new(StringComparer.Ordinal)
    {
        ["ToString"] = (value, call) => call.Built(call.Count > 0 && call[0] is string format ? PolicyFormats.Format(value, format, call.At) : PolicyCasts.Text(value)),
        ["Equals"] = (value, call) => PolicyComparisons.AreEqual(value, call[0], call.At, call.Budget),
        ["CompareTo"] = (value, call) => PolicyComparisons.Compare(value, call[0], call.At, call.Budget),
        ["HasValue"] = (_, _) => true,
        ["Value"] = (value, _) => value,
    };

    private static IEnumerable<object?> Items(object list, PolicyCall call) => PolicyMembers.Items(list, call.At).Select(item => Charged(item, call));

    public static object? Charged(object? item, PolicyCall call)
    {
        call.Budget.Step(call.At);
        call.Budget.Charge(16, call.At);
        return item;
    }

    /// <summary>Without those that stand before; their texts are charged as keys are.</summary>
    public static List<object?> Distinct(IEnumerable<object?> items, PolicyCall call) => [.. items.Select(item => Charged(item, call)).DistinctBy(item => PolicyOperators.Plain(item) is string text ? call.Key(text) : PolicyOperators.Plain(item))];

    private static int Size(object list, PolicyCall call) => list is System.Collections.ICollection known ? known.Count : Items(list, call).Count();

    private static bool Remove(List<object?> list, PolicyCall call)
    {
        var at = list.FindIndex(item => PolicyComparisons.AreEqual(Charged(item, call), call[0], call.At, call.Budget));
        if (at >= 0) list.RemoveAt(at);
        return at >= 0;
    }

    private static bool True(PolicyCall call, object? item) => PolicyOperators.Truth(call.Lambda(0).Call([item]), call.At);

    private static IEnumerable<object?> Filtered(object list, PolicyCall call) => call.Count == 0 ? Items(list, call) : Items(list, call).Where(item => True(call, item));

    private static IEnumerable<object?> Numbers(object list, PolicyCall call) => (call.Count == 0 ? Items(list, call) : Items(list, call).Select(item => call.Lambda(0).Call([item]))).Select(PolicyOperators.Plain);
}
