namespace FlowEngine.Tests.Scenarios;

/// <summary>Whether a record has all that is expected: objects are subsets, arrays equal in length, numbers equal by value, a message contains the words.</summary>
internal static class RecordComparison
{
    // Members whose expectation null is met by their absence.
    private static readonly HashSet<string> Optional = ["outputs", "inputs", "error", "code", "response", "body", "reasonPhrase"];

    /// <summary>The first difference in words, or null.</summary>
    public static string? Difference(FlowValue expected, FlowValue actual, string path, bool ignoreNameCase = false)
    {
        if ((expected.IsObject || expected.IsArray) && path.EndsWith(".body", StringComparison.Ordinal) && actual.AsStringOrNull is { } text) actual = TryParse(text);
        if (expected.AsObjectOrNull is { } o) return ObjectDifference(o, actual, path, ignoreNameCase);
        if (expected.AsArrayOrNull is { } list) return ArrayDifference(list, actual, path, ignoreNameCase);
        if (expected.AsStringOrNull is { } words && actual.AsStringOrNull is { } said)
        {
            if (path.EndsWith(".message", StringComparison.Ordinal) && said.Contains(words, StringComparison.Ordinal)) return null;
            if (path.Contains(".headers.", StringComparison.Ordinal) && said.Contains("*sanitized*", StringComparison.Ordinal)) return null;
        }

        return expected == actual ? null : $"{path}: expected {expected}, but was {actual}";
    }

    /// <summary>The difference where no further members are allowed at any depth.</summary>
    public static string? ExactDifference(FlowValue expected, FlowValue actual, string path) =>
        expected == actual ? null : $"{path}: expected exactly {expected}, but was {actual}";

    private static string? ObjectDifference(FlowObject expected, FlowValue actual, string path, bool ignoreNameCase)
    {
        if (actual.AsObjectOrNull is not { } o) return $"{path}: expected an object, but was {actual}";
        foreach (var (name, value) in expected)
        {
            var isThere = ignoreNameCase || path.EndsWith(".queries", StringComparison.Ordinal) ? o.TryGet(name, out var found) : o.TryGetExact(name, out found);
            if (!isThere && value.IsNull && Optional.Contains(name)) continue;
            if (!isThere) return $"{path}.{name}: absent, there is {string.Join(", ", o.Names.ToArray())}";
            if (Difference(value, found, $"{path}.{name}", ignoreNameCase) is { } difference) return difference;
        }

        return null;
    }

    private static string? ArrayDifference(FlowArray expected, FlowValue actual, string path, bool ignoreNameCase)
    {
        if (actual.AsArrayOrNull is not { } list) return $"{path}: expected an array, but was {actual}";
        if (list.Count != expected.Count) return $"{path}: expected {expected.Count} elements, but was {actual}";
        for (var i = 0; i < expected.Count; i++)
        {
            if (Difference(expected[i], list[i], $"{path}[{i}]", ignoreNameCase) is { } difference) return difference;
        }

        return null;
    }

    private static FlowValue TryParse(string text)
    {
        try
        {
            return FlowValue.Parse(text);
        }
        catch (FlowJsonException)
        {
            return FlowValue.String(text);
        }
    }
}
