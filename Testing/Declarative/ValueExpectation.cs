using System.Globalization;
using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>An expectation of a test that was not met.</summary>
/// <param name="Path">Where in the run record.</param>
/// <param name="Expected">What was expected.</param>
/// <param name="Actual">What was found; null where there was nothing.</param>
/// <param name="Message">Both in words.</param>
public sealed record TestFailure(string Path, FlowValue Expected, FlowValue Actual, string Message)
{
    /// <summary>The action to mark in the run's tree; null where none is concerned.</summary>
    public string? Action { get; init; }
}

/// <summary>Compares values with what a test expects: exactly, or as the operators in it say.</summary>
/// <param name="folder">Where schemas are.</param>
internal sealed class ValueExpectation(string folder)
{
    private const int ShownCharacters = 300;

    public static IReadOnlyList<string> Operators { get; } = ["$subset", "$equals", "$matches", "$schema", "$absent"];

    public string Folder => folder;

    public List<TestFailure> Failures { get; } = [];

    /// <summary>The action whose values are compared.</summary>
    public string? Action { get; set; }

    /// <summary>The name of an operator: an object of one member that begins with a dollar sign. Null for all else.</summary>
    public static string? Operator(FlowValue value, out FlowValue argument)
    {
        argument = default;
        if (value.AsObjectOrNull is not { Count: 1 } o || !o.Names[0].StartsWith('$')) return null;
        argument = o.Values[0];
        return o.Names[0];
    }

    public void Add(string path, FlowValue expected, FlowValue actual, string message) => Failures.Add(new TestFailure(path, expected, actual, message) { Action = Action });

    /// <summary>Adds words to the last failure of that path; nothing happens where there is none.</summary>
    public void Explain(string path, string words)
    {
        var at = words.Length == 0 ? -1 : Failures.FindLastIndex(failure => failure.Path == path);
        if (at >= 0) Failures[at] = Failures[at] with { Message = Failures[at].Message.TrimEnd('.') + words };
    }

    /// <summary>Compares.</summary>
    /// <param name="expected">What is expected.</param>
    /// <param name="actual">What is there; null where nothing is.</param>
    /// <param name="path">What messages call it.</param>
    /// <param name="isSubset">Whether objects may have further members.</param>
    public void Compare(FlowValue expected, FlowValue? actual, string path, bool isSubset = false)
    {
        switch (Operator(expected, out var argument))
        {
            case "$absent":
                if (actual is { } there) Add(path, expected, there, $"{path} should be absent, but is {Short(there)}.");
                return;
            case "$subset":
                Compare(argument, actual, path, isSubset: true);
                return;
            case "$equals":
                Compare(argument, actual, path);
                return;
            case "$matches":
                if (actual?.AsStringOrNull is not { } text || !Wildcard.Fits(argument.AsString, text)) Differ(expected, actual, path, $"a text like {Short(argument)}");
                return;
            case "$schema":
                CompareSchema(argument, actual, path);
                return;
        }

        if (actual is not { } value)
        {
            Differ(expected, null, path, Short(expected));
        }
        else if (expected.IsObject && value.IsObject)
        {
            CompareMembers(expected.AsObject, value.AsObject, path, isSubset);
        }
        else if (expected.IsArray && value.IsArray && expected.AsArray.Count == value.AsArray.Count)
        {
            for (var i = 0; i < expected.AsArray.Count; i++) Compare(expected[i], value[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), isSubset);
        }
        else if (expected != value)
        {
            Differ(expected, value, path, Short(expected));
        }
    }

    private void CompareMembers(FlowObject expected, FlowObject actual, string path, bool isSubset)
    {
        foreach (var (name, value) in expected) Compare(value, actual.TryGetExact(name, out var found) ? found : (FlowValue?)null, $"{path}.{name}", isSubset);
        if (isSubset) return;
        foreach (var (name, value) in actual)
        {
            if (!expected.TryGetExact(name, out _)) Add($"{path}.{name}", default, value, $"{path} has a further member '{name}': {Short(value)}.");
        }
    }

    private void CompareSchema(FlowValue schema, FlowValue? actual, string path)
    {
        if (actual is not { } value)
        {
            Differ(schema, null, path, "a value of the schema");
            return;
        }

        try
        {
            if (schema.AsStringOrNull is { } file) schema = FlowValue.Parse(File.ReadAllText(Path.Combine(Folder, file)));
            foreach (var error in JsonSchema.Compile(schema).Validate(value)) Add(path, schema, value, $"{path} doesn't fit the schema: {error.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FlowJsonException or JsonSchemaException)
        {
            Add(path, schema, value, $"The schema for {path} can't be used: {e.Message}");
        }
    }

    private void Differ(FlowValue expected, FlowValue? actual, string path, string wanted) =>
        Add(path, expected, actual ?? default, $"{path} should be {wanted}, but {(actual is { } value ? "is " + Short(value) : "is absent")}.");

    internal static string Short(FlowValue value)
    {
        var json = value.ToJson();
        return json.Length <= ShownCharacters ? json : string.Concat(json.AsSpan(0, ShownCharacters), "…");
    }
}
