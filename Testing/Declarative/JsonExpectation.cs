namespace FlowEngine.Testing;

/// <summary>Compares JSON values as test files do.</summary>
internal static class JsonExpectation
{
    /// <summary>Compares exactly, or as operators such as <c>{"$subset": …}</c> in the expected value say.</summary>
    /// <param name="expected">What is expected.</param>
    /// <param name="actual">What is there.</param>
    /// <param name="folder">Where the files of <c>$schema</c> are; null is the current folder.</param>
    /// <returns>Every place that differs; none where all fits.</returns>
    public static IReadOnlyList<TestFailure> Compare(FlowValue expected, FlowValue actual, string? folder = null)
    {
        var values = new ValueExpectation(folder ?? ".");
        values.Compare(expected, actual, "value");
        return values.Failures;
    }
}
