namespace FlowEngine.Tests;

/// <summary>How a fault is taken.</summary>
internal enum SaveTimeVerdict
{
    /// <summary>The service refuses it: an error.</summary>
    Error,

    /// <summary>A size that only the cloud limits: a warning, an error with <c>--strict</c>.</summary>
    Limit,

    /// <summary>The service saves it, and it may fail when it is reached: a warning.</summary>
    Warning,

    /// <summary>Works here only: information, an error with <c>--strict</c>.</summary>
    Information,

    /// <summary>The service saves it, though one would expect a refusal: nothing is said.</summary>
    Taken,
}

/// <summary>A rule of what may be saved, with the smallest example that breaks it: a line of <c>Cases/save-time.jsonl</c>.</summary>
internal sealed record SaveTimeRule(string Section, string Rule, SaveTimeVerdict Verdict, string? Code, string? ServiceCode, string? Words, string Example, string? Repeated, int Count, bool IsWhole)
{
    private const string Around = """{"triggers":{"manual":{"type":"Request","kind":"Http"}},"actions":""";

    /// <summary>The definition: the example, with what is repeated in place of <c>…</c>.</summary>
    public string Definition
    {
        get
        {
            var example = Repeated is null
                ? Example
                : Example.Replace("…", string.Join(',', Enumerable.Range(1, Count).Select(i => Repeated.Replace("#", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal))), StringComparison.Ordinal);
            return IsWhole ? example : Around + example + "}";
        }
    }

    public static IReadOnlyList<SaveTimeRule> All { get; } = [.. File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "Definitions", "Cases", "save-time.jsonl")).Select(line => Read(FlowValue.Parse(line)))];

    private static SaveTimeRule Read(FlowValue row) => new(
        row["section"].AsString,
        row["rule"].AsString,
        row["verdict"].AsString switch
        {
            "error" => SaveTimeVerdict.Error,
            "limit" => SaveTimeVerdict.Limit,
            "warning" => SaveTimeVerdict.Warning,
            "information" => SaveTimeVerdict.Information,
            "taken" => SaveTimeVerdict.Taken,
            var other => throw new FormatException($"'{other}' is no verdict."),
        },
        row["code"].AsStringOrNull,
        row["serviceCode"].AsStringOrNull,
        row["message"].AsStringOrNull,
        row["definition"].AsStringOrNull ?? row["actions"].AsString,
        row["repeat"]["text"].AsStringOrNull,
        row["repeat"]["count"].IsInteger ? (int)row["repeat"]["count"].AsInteger : 0,
        !row["definition"].IsNull);
}
