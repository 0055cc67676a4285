namespace FlowEngine.Expressions;

/// <summary>Objects with a member more, another, or less: <c>addProperty</c>, <c>setProperty</c>, <c>removeProperty</c>.</summary>
internal static class ManipulationFunctions
{
    public static readonly FunctionTable Table = new()
    {
        new FunctionSpec("addProperty", AddProperty)
        {
            Summary = "The object with one more member at its end; a name that exists, in any case, is an error.",
            Parameters = ["object: Object", "name: String", "value: any"],
            Examples = ["addProperty(json('{\"a\":1}'), 'b', 2) -> {\"a\":1,\"b\":2}"],
            Source = "expression-functions-reference#addProperty; recorded",
        },
        new FunctionSpec("setProperty", SetProperty)
        {
            Summary = "The object with a member set; one that exists, in any case, keeps its spelling and moves to the end.",
            Parameters = ["object: Object", "name: String", "value: any"],
            Examples = ["setProperty(json('{\"aAa\":1,\"AaA\":2}'), 'AAA', 5) -> {\"AaA\":2,\"aAa\":5}"],
            Source = "expression-functions-reference#setProperty; recorded",
        },
        new FunctionSpec("removeProperty", RemoveProperty)
        {
            Summary = "The object without a member: the exact name, else the first that equals it ignoring case. No such member, no change.",
            Parameters = ["object: Object", "name: String"],
            Examples = ["removeProperty(json('{\"a\":1,\"A\":2}'), 'A') -> {\"a\":1}"],
            Source = "expression-functions-reference#removeProperty; recorded",
        },
    };

    private static FlowValue AddProperty(FlowValue target, FlowValue name, FlowValue value)
    {
        var (o, property) = Check("addProperty", target, name);
        if (!o.Contains(property)) return o.ToBuilder().Add(property, value).ToValue();
        throw new ExpressionException(
            "The template language function 'addProperty' expects the property to not exist in the object. "
            + $"Unable to add property '{property}' to '{Shown(target)}' as it already exists.");
    }

    // The service prints the whole object; a message is no place for a payload.
    private static string Shown(FlowValue target)
    {
        if (target.Size > 10_000) return "{…}";
        var text = FlowJson.WriteIndented(target);
        return text.Length <= 256 ? text : text[..256] + "…";
    }

    private static FlowValue SetProperty(FlowValue target, FlowValue name, FlowValue value)
    {
        var (o, property) = Check("setProperty", target, name);
        var at = o.IndexOf(property);
        return o.ToBuilder().Set(at < 0 ? property : o.Names[at], value).ToValue();
    }

    private static FlowValue RemoveProperty(FlowValue target, FlowValue name)
    {
        var (o, property) = Check("removeProperty", target, name);
        var at = o.IndexOf(property);
        if (at < 0) return target;
        var builder = o.ToBuilder();
        builder.Remove(o.Names[at]);
        return builder.ToValue();
    }

    private static (FlowObject Target, string Property) Check(string function, FlowValue target, FlowValue name) => (
        target.AsObjectOrNull ?? throw ArgumentFailure.Parameter(function, 1, "to be an object", target),
        name.AsStringOrNull ?? throw ArgumentFailure.Parameter(function, 2, "to be of type string", name));
}
