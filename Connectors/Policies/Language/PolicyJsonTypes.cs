using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace FlowEngine.Connectors;

/// <summary>JSON, and the collections that expressions may make.</summary>
internal static class PolicyJsonTypes
{
    public static IEnumerable<PolicyType> Table { get; } =
    [
        new PolicyType("JObject")
        {
            Statics = { ["Parse"] = call => Parse(call.Text(0), call) as JObject ?? throw call.Fail("The JSON is no object."), ["FromObject"] = call => (JObject)ToToken(call[0], call.Budget, call.At) },
            Create = call =>
            {
                var made = new JObject();
                foreach (var argument in call.Arguments.SelectMany(Content)) made.Add(argument is JProperty property ? property : throw call.Fail("A JObject is made of JProperty values."));
                return made;
            },
        },
        new PolicyType("JArray")
        {
            Statics = { ["Parse"] = call => Parse(call.Text(0), call) as JArray ?? throw call.Fail("The JSON is no array."), ["FromObject"] = call => ToToken(call[0], call.Budget, call.At) },
            Create = call => new JArray(call.Arguments.SelectMany(Content).Select(item => ToToken(item, call.Budget, call.At))),
        },
        new PolicyType("JToken") { Statics = { ["Parse"] = call => Parse(call.Text(0), call), ["FromObject"] = call => ToToken(call[0], call.Budget, call.At) } },
        new PolicyType("JValue") { Create = call => ToToken(call[0], call.Budget, call.At) },
        new PolicyType("JProperty") { Create = call => new JProperty(call.Text(0), call.Count == 2 ? ToToken(call[1], call.Budget, call.At) : new JArray(call.Arguments.Skip(1).Select(item => ToToken(item, call.Budget, call.At)))) },
        new PolicyType("JsonConvert")
        {
            Statics =
            {
                ["SerializeObject"] = call => call.Built(PolicyJson.Text(ToToken(call[0], call.Budget, call.At), call[1] is PolicyConstant { Value: "Indented" } ? Formatting.Indented : Formatting.None)),
                ["DeserializeObject"] = call => Parse(call.Text(0), call),
            },
        },
        new PolicyType("Dictionary") { Create = _ => new Dictionary<string, object?>(StringComparer.Ordinal) },
        new PolicyType("List") { Create = call => call.Count == 1 && call[0] is not int ? PolicyMembers.Items(call[0], call.At).Select(item => PolicyCollections.Charged(item, call)).ToList() : new List<object?>() },
        new PolicyType("HashSet") { Create = call => call.Count == 1 ? PolicyCollections.Distinct(PolicyMembers.Items(call[0], call.At), call) : new List<object?>() },
        new PolicyType("Exception") { Create = call => call.TextOrNull(0) ?? string.Empty },
        new PolicyType("InvalidOperationException") { Create = call => call.TextOrNull(0) ?? string.Empty },
        new PolicyType("Enumerable") { Statics = { ["Range"] = Range, ["Empty"] = _ => new List<object?>() } },
    ];

    /// <summary>Reads JSON; texts that look like times stay texts.</summary>
    public static JToken Parse(string text, PolicyCall call)
    {
        call.Budget.Charge(16L * text.Length, call.At); // What nodes cost, measured roughly.
        call.Budget.Step(text.Length / 16, call.At);
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = 64 };
        return JToken.ReadFrom(reader);
    }

    /// <summary>A value as JSON, to be put somewhere.</summary>
    /// <param name="value">The value. A token that has a place already is copied where it is put: the copy is charged.</param>
    /// <param name="budget">What is charged.</param>
    /// <param name="at">Where messages point.</param>
    /// <param name="place">What it is put into; null where that is new.</param>
    /// <exception cref="PolicyExpressionException">It can't be JSON, is too deep, or costs too much.</exception>
    public static JToken ToToken(object? value, PolicyBudget budget, int at, JToken? place = null)
    {
        var token = ToToken(value, budget, at, 0);
        PolicyTokenCost.CheckDepth(token, place, budget, at);
        return token;
    }

    // A list may hold itself.
    private static JToken ToToken(object? value, PolicyBudget budget, int at, int depth)
    {
        if (depth > PolicyTokenCost.MaxDepth) throw PolicyTokenCost.TooDeep(at);
        if (value is JToken token)
        {
            if (token.Parent is not null) PolicyTokenCost.Charge(token, budget, at);
            return token;
        }

        budget.Step(at);
        budget.Charge(PolicyTokenCost.NodeBytes, at);
        return value switch
        {
            null => JValue.CreateNull(),
            char c => new JValue(c.ToString()),
            byte[] bytes => new JValue(budget.Text(System.Convert.ToBase64String(bytes), at)),
            IReadOnlyDictionary<string, object?> map => new JObject(map.Select(member => new JProperty(member.Key, ToToken(member.Value, budget, at, depth + 1)))),
            string or bool or int or uint or long or ulong or double or decimal => new JValue(value),
            DateTime or DateTimeOffset or TimeSpan or Guid => new JValue(value is DateTime time ? time.ToString("O", System.Globalization.CultureInfo.InvariantCulture) : PolicyCasts.Text(value)),
            System.Collections.IEnumerable items => new JArray(items.Cast<object?>().Select(item => ToToken(item, budget, at, depth + 1))),
            _ => throw new PolicyExpressionException($"{PolicyCasts.NameOf(value)} can't be JSON.", at),
        };
    }

    private static IEnumerable<object?> Content(object? argument) => argument is JProperty or JToken or string || argument is not System.Collections.IEnumerable items ? [argument] : items.Cast<object?>();

    private static List<object?> Range(PolicyCall call)
    {
        call.Budget.Charge(32L * call.Integer(1), call.At);
        call.Budget.Step(call.Integer(1) / 8, call.At);
        return [.. Enumerable.Range(call.Integer(0), call.Integer(1)).Cast<object?>()];
    }
}
