using NUnit.Framework.Constraints;

namespace FlowEngine.Testing.NUnit;

/// <summary>Constraints on JSON values: <c>Assert.That(run["Get"].Outputs, IsJson.Like("{\"statusCode\": 200}"))</c>. Messages name every place that differs.</summary>
public static class IsJson
{
    /// <summary>The value of this JSON text; members in any order, numbers by value.</summary>
    public static JsonConstraint EqualTo(string json) => new(FlowValue.Parse(json), isSubset: false);

    /// <summary>The same value; members in any order, numbers by value.</summary>
    public static JsonConstraint EqualTo(FlowValue value) => new(value, isSubset: false);

    /// <summary>The members of this JSON text, and perhaps others, at every depth.</summary>
    public static JsonConstraint Like(string json) => new(FlowValue.Parse(json), isSubset: true);
}

/// <summary>A JSON value (<see cref="FlowValue"/>), compared exactly or by its members; operators such as <c>{"$matches": "a*"}</c> may stand in it.</summary>
public sealed class JsonConstraint : Constraint
{
    private readonly FlowValue _expected;
    private readonly bool _isSubset;

    internal JsonConstraint(FlowValue expected, bool isSubset) => (_expected, _isSubset) = (expected, isSubset);

    /// <inheritdoc/>
    public override string Description => (_isSubset ? "JSON like " : "JSON ") + _expected.ToJson();

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The value is no JSON value.</exception>
    public override ConstraintResult ApplyTo<TActual>(TActual actual)
    {
        if (actual is not FlowValue value) throw new ArgumentException($"The constraint is for a {nameof(FlowValue)}, but the value is {actual?.GetType().Name ?? "null"}.", nameof(actual));
        var differences = JsonExpectation.Compare(_isSubset ? FlowValue.Object(("$subset", _expected)) : _expected, value);
        var words = differences.Count == 0 ? string.Empty : string.Join("\n", differences.Select(difference => "  " + difference.Message));
        return new ExplainedResult(this, actual, differences.Count == 0, () => $"{value.ToJson()}\n{words}");
    }
}
