namespace FlowEngine.Expressions;

/// <summary><c>union</c> and <c>intersection</c> of arrays or of objects, and the designer's <c>mergeObjects</c>.</summary>
internal static class SetFunctions
{
    public static readonly FunctionTable Table = new()
    {
        new FunctionSpec("union", 2, FunctionSpec.Any, Union)
        {
            Summary = "The distinct elements of all arrays, first occurrences first; of objects all members, later values at the first position.",
            Parameters = ["collections: Arrays, or Objects"],
            Examples = ["union(createArray(1, 2, 3), createArray(1, 2, 10)) -> [1,2,3,10]", "union(json('{\"a\":1,\"b\":2}'), json('{\"a\":3}')) -> {\"a\":3,\"b\":2}"],
            Source = "expression-functions-reference#union; recorded",
        },
        new FunctionSpec("intersection", 2, FunctionSpec.Any, Intersection)
        {
            Summary = "The distinct elements of the first array that all others have; of objects the members that are equal in all.",
            Parameters = ["collections: Arrays, or Objects"],
            Examples = ["intersection(createArray(1, 2, 2, 3), createArray(3, 2)) -> [2,3]", "intersection(json('{\"a\":1,\"b\":2}'), json('{\"a\":1,\"b\":3}')) -> {\"a\":1}"],
            Source = "expression-functions-reference#intersection; recorded",
        },
        new FunctionSpec("mergeObjects", (a, b) => Merge(a, b))
        {
            Origin = FunctionOrigin.Undocumented,
            Summary = "The members of two objects; the second one's values win.",
            Parameters = ["a: Object", "b: Object"],
            Examples = ["mergeObjects(json('{\"a\":1,\"b\":2}'), json('{\"b\":3,\"c\":4}')) -> {\"a\":1,\"b\":3,\"c\":4}"],
            Source = "designer manifest",
        },
    };

    /// <summary>The distinct elements of an array, first occurrences first.</summary>
    public static FlowValue Distinct(FlowArray array)
    {
        var set = new DistinctValues(array.Count);
        set.AddAll(array);
        return set.Count == array.Count ? array : set.ToArray();
    }

    private static FlowValue Union(ReadOnlySpan<FlowValue> arguments)
    {
        if (AreObjects("union", arguments)) return UnionOfObjects(arguments);
        var capacity = 0;
        foreach (var argument in arguments) capacity += argument.AsArray.Count;
        var set = new DistinctValues(capacity);
        foreach (var argument in arguments) set.AddAll(argument.AsArray);
        return set.ToArray();
    }

    private static FlowValue UnionOfObjects(ReadOnlySpan<FlowValue> objects)
    {
        var builder = objects[0].AsObject.ToBuilder();
        for (var i = 1; i < objects.Length; i++)
        {
            var o = objects[i].AsObject;
            for (var m = 0; m < o.Count; m++) builder.Replace(o.Names[m], o.Values[m]);
        }

        return builder.ToValue();
    }

    private static FlowValue Intersection(ReadOnlySpan<FlowValue> arguments)
    {
        if (AreObjects("intersection", arguments)) return IntersectionOfObjects(arguments);
        var result = arguments[0].AsArray;
        for (var i = 1; i < arguments.Length; i++)
        {
            var other = arguments[i].AsArray;
            var set = new DistinctValues(other.Count);
            set.AddAll(other);
            var kept = new DistinctValues(result.Count);
            foreach (var item in result)
            {
                if (set.Contains(item)) kept.Add(item);
            }

            result = kept.ToArray();
        }

        return result;
    }

    private static FlowValue IntersectionOfObjects(ReadOnlySpan<FlowValue> objects)
    {
        var first = objects[0].AsObject;
        var builder = new FlowObjectBuilder(first.Count);
        for (var m = 0; m < first.Count; m++)
        {
            if (IsInAll(objects[1..], first.Names[m], first.Values[m])) builder.Add(first.Names[m], first.Values[m]);
        }

        return builder.ToValue();
    }

    private static bool IsInAll(ReadOnlySpan<FlowValue> objects, string name, FlowValue value)
    {
        foreach (var o in objects)
        {
            if (!o.AsObject.TryGetExact(name, out var other) || other != value) return false;
        }

        return true;
    }

    private static FlowValue Merge(FlowValue a, FlowValue b)
    {
        if (!a.IsObject) throw ArgumentFailure.Parameter("mergeObjects", 1, "to be an object", a);
        if (!b.IsObject) throw ArgumentFailure.Parameter("mergeObjects", 2, "to be an object", b);
        return UnionOfObjects([a, b]);
    }

    // True for objects, false for arrays.
    private static bool AreObjects(string function, ReadOnlySpan<FlowValue> arguments)
    {
        var (arrays, objects) = (0, 0);
        foreach (var argument in arguments)
        {
            if (argument.IsArray) arrays++;
            else if (argument.IsObject) objects++;
        }

        if (arrays == arguments.Length) return false;
        return objects == arguments.Length ? true : throw new ExpressionException(
            $"Template language function '{function}' expects parameters of same type, but found '{DistinctTypes(arguments)}' distinct types.");
    }

    private static string DistinctTypes(ReadOnlySpan<FlowValue> arguments)
    {
        var types = new List<string>();
        foreach (var argument in arguments)
        {
            var type = ValueText.TypeName(argument);
            if (!types.Contains(type)) types.Add(type);
        }

        return string.Join(',', types);
    }
}
