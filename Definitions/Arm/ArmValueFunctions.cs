using System.Globalization;

namespace FlowEngine.Definitions;

/// <summary>Functions of template expressions that compare, count, convert and decide.</summary>
internal static class ArmValueFunctions
{
    public static Dictionary<string, Func<ArmArguments, FlowValue>> Table { get; } = new()
    {
        ["add"] = a => Number(a, (x, y) => checked(x + y)),
        ["and"] = a => Enumerable.Range(0, a.Count).All(a.Boolean),
        ["bool"] = Bool,
        ["coalesce"] = a => a.Values.FirstOrDefault(value => !value.IsNull),
        ["div"] = a => Number(a, (x, y) => x / y),
        ["equals"] = a => a[0] == a[1],
        ["false"] = _ => false,
        ["float"] = Float,
        ["greater"] = a => Compare(a) > 0,
        ["greaterOrEquals"] = a => Compare(a) >= 0,
        ["int"] = Int,
        ["json"] = Json,
        ["less"] = a => Compare(a) < 0,
        ["lessOrEquals"] = a => Compare(a) <= 0,
        ["max"] = a => Numbers(a).Max(),
        ["min"] = a => Numbers(a).Min(),
        ["mod"] = a => Number(a, (x, y) => x % y),
        ["mul"] = a => Number(a, (x, y) => checked(x * y)),
        ["not"] = a => !a.Boolean(0),
        ["null"] = _ => FlowValue.Null,
        ["or"] = a => Enumerable.Range(0, a.Count).Any(a.Boolean),
        ["sub"] = a => Number(a, (x, y) => checked(x - y)),
        ["true"] = _ => true,
    };

    private static FlowValue Number(ArmArguments a, Func<long, long, long> calculate)
    {
        try
        {
            return calculate(a.Integer(0), a.Integer(1));
        }
        catch (ArithmeticException)
        {
            throw new ArmException($"'{a.Function}' has no result for its numbers");
        }
    }

    private static List<long> Numbers(ArmArguments a)
    {
        var values = a[0].IsArray ? a.Array(0) : a.Values;
        if (values.Count == 0 || values.Any(value => !value.IsInteger)) throw a.Wrong(0, "an integer or a list of integers");
        return [.. values.Select(value => value.AsInteger)];
    }

    private static int Compare(ArmArguments a) => a[0].IsInteger ? a.Integer(0).CompareTo(a.Integer(1)) : string.CompareOrdinal(a.Text(0), a.Text(1));

    private static FlowValue Bool(ArmArguments a) => a[0] switch
    {
        { IsBoolean: true } value => value,
        { IsInteger: true } value => value.AsInteger != 0,
        { IsString: true } value when bool.TryParse(value.AsString, out var parsed) => parsed,
        _ => throw a.Wrong(0, "true or false"),
    };

    private static FlowValue Int(ArmArguments a) => a[0] switch
    {
        { IsInteger: true } value => value,
        { IsString: true } value when long.TryParse(value.AsString, NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed) => parsed,
        _ => throw a.Wrong(0, "an integer"),
    };

    private static FlowValue Float(ArmArguments a) => a[0] switch
    {
        { IsNumber: true } value => FlowValue.Float(value.AsDouble),
        { IsString: true } value when double.TryParse(value.AsString, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => FlowValue.Float(parsed),
        _ => throw a.Wrong(0, "a number"),
    };

    private static FlowValue Json(ArmArguments a)
    {
        try
        {
            return FlowValue.Parse(a.Text(0));
        }
        catch (FlowJsonException)
        {
            throw a.Wrong(0, "JSON");
        }
    }
}
