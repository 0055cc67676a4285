using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace FlowEngine.Connectors;

/// <summary>Members of JSON values.</summary>
internal static class PolicyJson
{
    private const int MaxText = 4 * 1024 * 1024;
    private const int MaxPath = 1_000;
    private const int MaxWalks = 2;
    private const int MaxFound = 10_000;

    public static Dictionary<string, Func<object, PolicyCall, object?>> TokenMembers { get; } = new(StringComparer.Ordinal)
    {
        ["Value"] = (token, call) => call.Count > 0 ? Converted(((JToken)token)[call.Text(0)], call) : call.TypeArguments.Count > 0 ? Converted((JToken)token, call) : (token as JValue)?.Value,
        ["ToObject"] = (token, call) => Converted((JToken)token, call),
        ["SelectToken"] = (token, call) => ((JToken)token).SelectToken(Path((JToken)token, call)),
        ["SelectTokens"] = (token, call) => ((JToken)token).SelectTokens(Path((JToken)token, call)).Take(MaxFound).Cast<object?>().ToList(),
        ["Type"] = (token, _) => new PolicyConstant(((JToken)token).Type.ToString()),
        ["HasValues"] = (token, _) => ((JToken)token).HasValues,
        ["Parent"] = (token, _) => ((JToken)token).Parent,
        ["Path"] = (token, call) => call.Built(Placed(token, call).Path),
        ["Add"] = (token, call) => Add(token, call),
        ["Remove"] = (token, call) =>
        {
            if (token is JObject o && call.Count > 0) return Sized(o, call).Remove(call.Text(0));
            Placed(token, call).Remove();
            return null;
        },
        ["RemoveAt"] = (token, call) => { Sized((JArray)token, call).RemoveAt(call.Integer(0)); return null; },
        ["Replace"] = (token, call) => { Placed(token, call).Replace(PolicyJsonTypes.ToToken(call[0], call.Budget, call.At, (JToken)token)); return null; },
        ["DeepClone"] = (token, call) => { PolicyTokenCost.Charge((JToken)token, call.Budget, call.At); return ((JToken)token).DeepClone(); },
        ["ToString"] = (token, call) => call.Built(token is JValue && call.Count == 0 ? PolicyCasts.Text(token) : Text((JToken)token, call[0] is PolicyConstant { Value: "None" } ? Formatting.None : Formatting.Indented)),
    };

    public static Dictionary<string, Func<object, PolicyCall, object?>> ObjectMembers { get; } = new(StringComparer.Ordinal)
    {
        ["ContainsKey"] = (o, call) => ((JObject)o).ContainsKey(call.Text(0)),
        ["Property"] = (o, call) => ((JObject)o).Property(call.Text(0), StringComparison.Ordinal),
        ["Properties"] = (o, call) => Sized((JObject)o, call).Properties().Cast<object?>().ToList(),
        ["GetValue"] = (o, call) => Sized((JObject)o, call).GetValue(call.Text(0), PolicyTexts.Comparison(call[1])),
        ["Count"] = (o, _) => ((JObject)o).Count,
        ["Merge"] = (o, call) => { Merge((JObject)o, call); return null; },
    };

    public static Dictionary<string, Func<object, PolicyCall, object?>> PropertyMembers { get; } = new(StringComparer.Ordinal)
    {
        ["Name"] = (property, _) => ((JProperty)property).Name,
        ["Value"] = (property, _) => ((JProperty)property).Value,
        ["Remove"] = (property, call) => { Placed(property, call).Remove(); return null; },
    };

    private static object? Converted(JToken? token, PolicyCall call)
    {
        if (call.TypeArguments.Count == 0 || token is null) return token is null ? null : PolicyOperators.Plain(token);
        var type = call.TypeArguments[0];
        return PolicyCasts.Knows(type) ? PolicyCasts.To(type, token, call.At) : throw call.Fail($"'{type}' is no type that policy expressions may convert to.");
    }

    // Merging copies, also what has no parent yet.
    private static void Merge(JObject o, PolicyCall call)
    {
        var other = PolicyJsonTypes.ToToken(call[0], call.Budget, call.At, o);
        PolicyTokenCost.Charge(other, call.Budget, call.At);
        o.Merge(other);
    }

    private static object? Add(object token, PolicyCall call)
    {
        call.Budget.Charge(128, call.At);
        if (token is JObject o)
        {
            if (call.Count == 1) o.Add(call[0] as JProperty ?? throw call.Fail("A JProperty was expected."));
            else o.Add(call.Key(call.Text(0)), PolicyJsonTypes.ToToken(call[1], call.Budget, call.At, o));
        }
        else if (token is JArray array)
        {
            array.Add(PolicyJsonTypes.ToToken(call[0], call.Budget, call.At, array));
        }
        else
        {
            throw call.Fail("Only objects and arrays can be added to.");
        }

        return null;
    }

    private static JToken Placed(object token, PolicyCall call)
    {
        PolicyTokenCost.Place((JToken)token, call.Budget, call.At);
        return (JToken)token;
    }

    private static T Sized<T>(T token, PolicyCall call)
        where T : JContainer
    {
        call.Budget.Step(1 + (token.Count / 8), call.At);
        return token;
    }

    // Filters of paths may hold regular expressions, which the library runs without a limit; every ".." and every filter goes through all that is below.
    private static string Path(JToken token, PolicyCall call)
    {
        var path = call.Text(0);
        if (path.Contains("=~", StringComparison.Ordinal) || path.Length > MaxPath) throw call.Fail("Such a path is not supported.");
        var walks = Count(path, "..") + Count(path, "?");
        if (walks > MaxWalks) throw call.Fail($"A path may have {MaxWalks} of '..' and '?(…)'.");
        long nodes = token is JContainer container ? container.DescendantsAndSelf().Take(PolicyBudget.MaxSteps).Count() : 1;
        call.Budget.Step(nodes, call.At);
        for (var walk = 1; walk < walks; walk++) call.Budget.Step(nodes * nodes, call.At);
        call.Budget.Charge(16 * Math.Min(nodes, MaxFound), call.At);
        return path;
    }

    private static int Count(string path, string what) => path.Split(what).Length - 1;

    // A value added to itself many times over is small in memory and endless as text.
    public static string Text(JToken token, Formatting formatting)
    {
        using var text = new CappedWriter(MaxText);
        using var writer = new JsonTextWriter(text) { Formatting = formatting };
        token.WriteTo(writer);
        writer.Flush();
        return text.ToString();
    }

    private sealed class CappedWriter(int limit) : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
    {
        public override void Write(char value)
        {
            Check(1);
            base.Write(value);
        }

        public override void Write(string? value)
        {
            Check(value?.Length ?? 0);
            base.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            Check(count);
            base.Write(buffer, index, count);
        }

        private void Check(int more)
        {
            if (GetStringBuilder().Length + more > limit) throw new PolicyExpressionException("The JSON is too large.", 0);
        }
    }
}
