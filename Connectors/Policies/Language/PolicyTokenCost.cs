using Newtonsoft.Json.Linq;

namespace FlowEngine.Connectors;

/// <summary>What JSON values cost that expressions build. The library copies a token that has a parent already: adding one to itself doubles it.</summary>
internal static class PolicyTokenCost
{
    public const int NodeBytes = 96; // A token and its place, measured roughly.

    public const int MaxDepth = 64;

    /// <summary>Charges a copy: a step and its bytes for every node.</summary>
    /// <exception cref="PolicyExpressionException">It costs too much.</exception>
    public static void Charge(JToken token, PolicyBudget budget, int at)
    {
        budget.Step(at);
        budget.Charge(NodeBytes, at);
        foreach (var child in token.Children()) Charge(child, budget, at);
    }

    /// <summary>Charges going through all of it: a step for every node, and its text.</summary>
    /// <exception cref="PolicyExpressionException">It costs too much.</exception>
    public static void Scan(JToken token, PolicyBudget budget, int at)
    {
        budget.Step(at);
        if (token is JValue { Value: string text }) budget.Scan(text.Length, at);
        foreach (var child in token.Children()) Scan(child, budget, at);
    }

    /// <summary>Charges finding its place among its siblings, and that of all above: the library looks for it from the first on.</summary>
    public static void Place(JToken token, PolicyBudget budget, int at)
    {
        for (var parent = token.Parent; parent is not null; parent = parent.Parent) budget.Step(1 + (parent.Count / 8), at);
    }

    /// <summary>Refuses what would lie too deep: readers and writers of JSON recurse.</summary>
    /// <exception cref="PolicyExpressionException">It would be too deep, or measuring it takes too long.</exception>
    public static void CheckDepth(JToken token, JToken? place, PolicyBudget budget, int at)
    {
        var above = 0;
        for (var parent = place; parent is not null; parent = parent.Parent) above++;
        if (above + Height(token, MaxDepth - above, budget, at) > MaxDepth) throw TooDeep(at);
    }

    public static PolicyExpressionException TooDeep(int at) => new($"The JSON is more than {MaxDepth} levels deep.", at);

    private static int Height(JToken token, int most, PolicyBudget budget, int at)
    {
        budget.Step(at);
        if (most < 0) throw TooDeep(at);
        var highest = 0;
        foreach (var child in token.Children()) highest = Math.Max(highest, 1 + Height(child, most - 1, budget, at));
        return highest;
    }
}
