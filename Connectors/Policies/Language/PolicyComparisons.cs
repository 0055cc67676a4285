using System.Globalization;
using Newtonsoft.Json.Linq;

namespace FlowEngine.Connectors;

/// <summary>Equality and order; what they go through is charged.</summary>
internal static class PolicyComparisons
{
    /// <summary><c>==</c>: values are compared, JSON too. A null of JSON is a <c>JValue</c>, which is not null.</summary>
    public static bool AreEqual(object? left, object? right, int at, PolicyBudget budget)
    {
        if (left is null || right is null) return left is null && right is null;
        if (left is JContainer && right is JContainer)
        {
            PolicyTokenCost.Scan((JToken)left, budget, at);
            return JToken.DeepEquals((JToken)left, (JToken)right);
        }

        (left, right) = (PolicyOperators.Plain(left), PolicyOperators.Plain(right));
        if (left is char c && right is string) left = c.ToString();
        (left, right) = (PolicyOperators.Promoted(left), PolicyOperators.Promoted(right));
        if (PolicyOperators.IsNumber(left) && PolicyOperators.IsNumber(right))
            return left is double || right is double ? Convert.ToDouble(left, CultureInfo.InvariantCulture) == Convert.ToDouble(right, CultureInfo.InvariantCulture) : Order(left, right) == 0;
        if (left is string a && right is string b && a.Length == b.Length) budget.Scan(a.Length, at);
        return Equals(left, right);
    }

    /// <summary>Below, equal, above; for sorting too.</summary>
    public static int Compare(object? left, object? right, int at, PolicyBudget budget)
    {
        budget.Step(at);
        (left, right) = (PolicyOperators.Plain(left), PolicyOperators.Plain(right));
        if (left is null || right is null) return left is null ? right is null ? 0 : -1 : 1;
        (left, right) = (PolicyOperators.Promoted(left), PolicyOperators.Promoted(right));
        if (PolicyOperators.IsNumber(left) && PolicyOperators.IsNumber(right)) return Order(left, right);
        if (left is string a && right is string b)
        {
            budget.Scan(Math.Min(a.Length, b.Length), at);
            return string.CompareOrdinal(a, b);
        }

        return left!.GetType() == right!.GetType() && left is IComparable comparable ? comparable.CompareTo(right) : throw new PolicyExpressionException($"{PolicyCasts.NameOf(left)} and {PolicyCasts.NameOf(right)} can't be compared.", at);
    }

    /// <summary>For sorting.</summary>
    public static Comparer<object?> By(PolicyCall call) => Comparer<object?>.Create((a, b) => Compare(a, b, call.At, call.Budget));

    private static int Order(object? left, object? right) => left is double || right is double
        ? Convert.ToDouble(left, CultureInfo.InvariantCulture).CompareTo(Convert.ToDouble(right, CultureInfo.InvariantCulture))
        : Convert.ToDecimal(left, CultureInfo.InvariantCulture).CompareTo(Convert.ToDecimal(right, CultureInfo.InvariantCulture));
}
