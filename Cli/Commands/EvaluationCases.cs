using FlowEngine.Expressions;

namespace FlowEngine.Cli;

/// <summary><c>flow eval --cases</c>: answers a file of JSON lines, one line out for each line in.</summary>
internal static class EvaluationCases
{
    /// <summary>The dialects by the names that cases and the command line give them.</summary>
    public static IReadOnlyDictionary<string, ExpressionDialect> Dialects { get; } = new Dictionary<string, ExpressionDialect>(StringComparer.Ordinal)
    {
        ["strict"] = ExpressionDialect.Strict,
        ["extended"] = ExpressionDialect.Extended,
        ["tutorial"] = ExpressionDialect.Tutorial,
    };

    /// <summary>Answers all cases. A case has the strict dialect unless it asks for <c>extended</c>, and may bring its own context.</summary>
    public static int Answer(string text, FlowValue context, EvaluationOptions options, TextWriter output)
    {
        using var lines = new StringReader(text);
        while (lines.ReadLine() is { } line) JsonOutput.WriteCompactLine(Answer(line, context, options), output);
        return ExitCodes.Succeeded;
    }

    private static FlowValue Answer(string line, FlowValue context, EvaluationOptions options)
    {
        FlowValue entry;
        try
        {
            entry = FlowJson.Parse(line);
        }
        catch (FlowJsonException broken)
        {
            return Error(default, "InvalidCase", broken.Message, null, EvaluationStage.Parse);
        }

        if (!entry.TryGetMember("expr", out var template)) return Error(entry["id"], "InvalidCase", "The case has no 'expr'.", null, EvaluationStage.Parse);
        var dialect = Dialects.GetValueOrDefault(entry["dialect"].AsStringOrNull ?? string.Empty, ExpressionDialect.Strict);
        try
        {
            var result = ExpressionEvaluator.Evaluate(template, entry.TryGetMember("context", out var own) ? own : context, options with { Dialect = dialect });
            return result.Error is { } error
                ? Error(entry["id"], error.Code, error.Message, error.Detail, error.Stage)
                : FlowValue.Object(("id", entry["id"]), ("value", result.Value));
        }
        catch (FlowJsonException tooDeep)
        {
            return Error(entry["id"], "InvalidTemplate", tooDeep.Message, null, EvaluationStage.Evaluate);
        }
    }

    private static FlowValue Error(FlowValue id, string code, string message, string? detail, EvaluationStage stage) => FlowValue.Object(
        ("id", id),
        ("error", new FlowObjectBuilder()
            .Add("code", FlowValue.String(code))
            .Add("message", FlowValue.String(message))
            .AddUnlessNull("detail", FlowValue.String(detail))
            .Add("stage", FlowValue.String(stage == EvaluationStage.Parse ? "parse" : "evaluate"))
            .ToValue()));
}
