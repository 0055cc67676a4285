namespace FlowEngine.Tests.Scenarios;

/// <summary>A fact about whole runs: a definition, what starts it, the answers it meets, and what the service makes of it.</summary>
/// <remarks>
/// A line of <c>Scenarios/*.jsonl</c>: <c>name, title, definition, workflows?, parameters?, trigger?, mocks?, now?, expect, source, confidence, note?</c>.
/// Without <c>trigger</c> the flow is started without any input; time is virtual and starts at <c>now</c>; a request that no mock fits fails the test.
/// </remarks>
internal sealed record Scenario(string Name, FlowValue Line)
{
    public FlowValue Expect => Line["expect"];

    public string Definition => Line["definition"].ToJson();

    public string Mocks => Line["mocks"].IsNull ? "[]" : Line["mocks"].ToJson();

    public DateTimeOffset? Now =>
        Line["now"].AsStringOrNull is { } now ? DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>All scenarios of a folder below the tests, in the order of file and line.</summary>
    public static IEnumerable<(string File, Scenario Scenario)> ReadAll(string folder)
    {
        var path = Path.Combine(TestContext.CurrentContext.TestDirectory, folder);
        foreach (var file in Directory.EnumerateFiles(path, "*.jsonl").Order(StringComparer.Ordinal))
        {
            foreach (var line in File.ReadLines(file))
            {
                var value = FlowValue.Parse(line);
                yield return (Path.GetFileName(file), new Scenario(value["name"].AsString, value));
            }
        }
    }

    public TriggerRequest ToRequest()
    {
        var trigger = Line["trigger"];
        var hasBody = trigger.TryGetMember("body", out var body);
        return new TriggerRequest
        {
            Method = trigger["method"].AsStringOrNull,
            RelativePath = trigger["relativePath"].AsStringOrNull,
            Headers = Pairs(trigger["headers"]),
            Queries = Pairs(trigger["queries"]),
            Body = body,
            HasBody = hasBody,
        };
    }

    private static List<KeyValuePair<string, string>> Pairs(FlowValue value) =>
        value.AsObjectOrNull is { } o ? [.. o.Select(member => KeyValuePair.Create(member.Key, member.Value.AsString))] : [];
}
