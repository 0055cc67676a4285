using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace FlowEngine.Connectors;

/// <summary>Members of JSON values.</summary>
internal static class PolicyJson
{
    private const int MaxText = 4 * 1024 * 1024;

    public static Dictionary<string, Func<object, PolicyCall, object?>> TokenMembers { get; } = new(StringComparer.Ordinal)
    {
        ["Value"] = (token, call) => call.Count > 0 ? Converted(((JToken)token)[call.Text(0)], call) : call.TypeArguments.Count > 0 ? Converted((JToken)token, call) : (token as JValue)?.Value,
        ["ToObject"] = (token, call) => Converted((JToken)token, call),
        ["SelectToken"] = (token, call) => ((JToken)token).SelectToken(Path(call)),
        ["SelectTokens"] = (token, call) => ((JToken)token).SelectTokens(Path(call)).Take(10_000).Cast<object?>().ToList(),
        ["Type"] = (token, _) => new PolicyConstant(((JToken)token).Type.ToString()),
        ["HasValues"] = (token, _) => ((JToken)token).HasValues,
        ["Parent"] = (token, _) => ((JToken)token).Parent,
        ["Path"] = (token, _) => ((JToken)token).Path,
        ["Add"] = (token, call) => Add(token, call),
        ["Remove"] = (token, call) =>
        {
            if (token is JObject o && call.Count > 0) return o.Remove(call.Text(0));
            ((JToken)token).Remove();
            return null;
        },
        ["RemoveAt"] = (token, call) => { ((JArray)token).RemoveAt(call.Integer(0)); return null; },
        ["Replace"] = (token, call) => { ((JToken)token).Replace(PolicyJsonTypes.ToToken(call[0], call.Budget, call.At, (JToken)token)); return null; },
        ["DeepClone"] = (token, call) => { PolicyTokenCost.Charge((JToken)token, call.Budget, call.At); return ((JToken)token).DeepClone(); },
        ["ToString"] = (token, call) => call.Built(token is JValue && call.Count == 0 ? PolicyCasts.Text(token) : Text((JToken)token, call, call[0] is PolicyConstant { Value: "None" } ? Formatting.None : Formatting.Indented)),
    };

    public static Dictionary<string, Func<object, PolicyCall, object?>> ObjectMembers { get; } = new(StringComparer.Ordinal)
    {
        ["ContainsKey"] = (o, call) => ((JObject)o).ContainsKey(call.Text(0)),
        ["Property"] = (o, call) => ((JObject)o).Property(call.Text(0), StringComparison.Ordinal),
        ["Properties"] = (o, _) => ((JObject)o).Properties().Cast<object?>().ToList(),
        ["GetValue"] = (o, call) => ((JObject)o).GetValue(call.Text(0), PolicyTexts.Comparison(call[1])),
        ["Count"] = (o, _) => ((JObject)o).Count,
        ["Merge"] = (o, call) => { Merge((JObject)o, call); return null; },
    };

    public static Dictionary<string, Func<object, PolicyCall, object?>> PropertyMembers { get; } = new(StringComparer.Ordinal)
    {
        ["Name"] = (property, _) => ((JProperty)property).Name,
        ["Value"] = (property, _) => ((JProperty)property).Value,
        ["Remove"] = (property, _) => { ((JProperty)property).Remove(); return null; },
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
            else o.Add(call.Text(0), PolicyJsonTypes.ToToken(call[1], call.Budget, call.At, o));
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

    // Filters of paths may hold regular expressions, which the library runs without a limit.
    private static string Path(PolicyCall call)
    {
        var path = call.Text(0);
        return path.Contains("=~", StringComparison.Ordinal) || path.Length > 1_000 ? throw call.Fail("Such a path is not supported.") : path;
    }

    // A value added to itself many times over is small in memory and endless as text.
    public static string Text(JToken token, PolicyCall call, Formatting formatting)
    {
        using var text = new CappedWriter(MaxText, call);
        using var writer = new JsonTextWriter(text) { Formatting = formatting };
        token.WriteTo(writer);
        writer.Flush();
        return text.ToString();
    }

    private sealed class CappedWriter(int limit, PolicyCall call) : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
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
            if (GetStringBuilder().Length + more > limit) throw call.Fail("The JSON is too large.");
        }
    }
}
