namespace FlowEngine.Definitions;

/// <summary>Functions of template expressions on arrays, objects, and text as a list of characters.</summary>
internal static class ArmCollectionFunctions
{
    private const long LongestRange = 10_000;

    public static Dictionary<string, Func<ArmArguments, FlowValue>> Table { get; } = new()
    {
        ["array"] = a => a[0].IsArray ? a[0] : FlowValue.Array(a[0]),
        ["concat"] = Concat,
        ["contains"] = Contains,
        ["createArray"] = a => FlowValue.Array(FlowArray.Create(a.Values)),
        ["createObject"] = CreateObject,
        ["empty"] = a => a[0].IsNull || Length(a) == 0,
        ["first"] = a => a[0].IsArray ? a[0][0] : FlowValue.String(a.Text(0) is { Length: > 0 } text ? text[..1] : ""),
        ["intersection"] = Intersection,
        ["items"] = Items,
        ["last"] = a => a[0].IsArray ? a[0][a.Array(0).Count - 1] : FlowValue.String(a.Text(0) is { Length: > 0 } text ? text[^1..] : ""),
        ["length"] = a => FlowValue.Integer(Length(a)),
        ["objectKeys"] = a => FlowValue.Array(FlowArray.Create((a[0].AsObjectOrNull ?? throw a.Wrong(0, "an object")).Select(member => FlowValue.String(member.Key)))),
        ["range"] = Range,
        ["skip"] = a => Part(a, Count(a), int.MaxValue),
        ["take"] = a => Part(a, 0, Count(a)),
        ["union"] = Union,
    };

    private static FlowValue Concat(ArmArguments a)
    {
        if (a.Count > 0 && a[0].IsArray) return FlowValue.Array(FlowArray.Create(Enumerable.Range(0, a.Count).SelectMany(a.Array)));
        var texts = a.Values.Select(ArmArguments.TextOf).ToList();
        a.Budget.PayText(texts.Sum(text => (long)text.Length));
        return FlowValue.String(string.Concat(texts));
    }

    private static FlowValue Contains(ArmArguments a)
    {
        if (a[0].AsStringOrNull is { } text) return text.Contains(a.AnyText(1), StringComparison.Ordinal);
        return a[0].AsObjectOrNull is { } members ? members.Contains(a.Text(1)) : a.Array(0).Contains(a[1]);
    }

    private static FlowValue CreateObject(ArmArguments a)
    {
        var built = new FlowObjectBuilder();
        for (var i = 0; i < a.Count; i += 2) built.Set(a.Text(i), a[i + 1]);
        return built.ToValue();
    }

    private static FlowValue Intersection(ArmArguments a) =>
        FlowValue.Array(FlowArray.Create(Enumerable.Range(0, a.Count).Aggregate(a.Array(0).AsEnumerable(), (kept, i) => kept.Where(a.Array(i).Contains)).Distinct().ToList()));

    private static FlowValue Items(ArmArguments a) =>
        FlowValue.Array(FlowArray.Create((a[0].AsObjectOrNull ?? throw a.Wrong(0, "an object"))
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => FlowValue.Object(("key", FlowValue.String(member.Key)), ("value", member.Value)))));

    private static FlowValue Range(ArmArguments a)
    {
        var count = a.Integer(1);
        if (count is < 0 or > LongestRange) throw a.Wrong(1, "a count of up to 10,000");
        var start = a.Integer(0);
        if (start is < int.MinValue or > int.MaxValue - LongestRange) throw a.Wrong(0, "a number of 32 bits");
        return FlowValue.Array(FlowArray.Create(Enumerable.Range((int)start, (int)count).Select(number => FlowValue.Integer(number))));
    }

    private static FlowValue Union(ArmArguments a)
    {
        if (a[0].IsArray) return FlowValue.Array(FlowArray.Create(Enumerable.Range(0, a.Count).SelectMany(a.Array).Distinct().ToList()));
        var merged = FlowObject.Empty;
        for (var i = 0; i < a.Count; i++) merged = Merge(merged, a[i].AsObjectOrNull ?? throw a.Wrong(i, "an object"));
        return FlowValue.Object(merged);
    }

    // Objects in objects are merged as well, all else is replaced; the depth is that of a parsed value.
    private static FlowObject Merge(FlowObject left, FlowObject right)
    {
        var built = left.ToBuilder();
        foreach (var (name, value) in right)
        {
            var both = left[name].AsObjectOrNull is { } below && value.AsObjectOrNull is { } above ? Merge(below, above) : value;
            built.Set(name, both);
        }

        return built.ToObject();
    }

    private static int Length(ArmArguments a) => a[0] switch
    {
        { IsArray: true } value => value.AsArray.Count,
        { IsObject: true } value => value.AsObject.Count,
        { IsString: true } value => value.AsString.Length,
        _ => throw a.Wrong(0, "text, an array or an object"),
    };

    private static int Count(ArmArguments a) => (int)Math.Clamp(a.Integer(1), 0, int.MaxValue);

    private static FlowValue Part(ArmArguments a, int skip, int take) => a[0].AsStringOrNull is { } text
        ? FlowValue.String(new string(text.Skip(skip).Take(take).ToArray()))
        : FlowValue.Array(FlowArray.Create(a.Array(0).Skip(skip).Take(take).ToList()));
}
