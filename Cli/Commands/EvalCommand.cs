using System.CommandLine;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Cli;

/// <summary><c>flow eval</c>: evaluates one expression, or a file of cases.</summary>
internal static class EvalCommand
{
    public static Command Create(CommandConsole console)
    {
        var expression = new Argument<string?>("EXPRESSION") { Arity = ArgumentArity.ZeroOrOne, Description = "A template value; without a leading @ and without @{ it is read as if it had the @." };
        var cases = new Option<string?>("--cases") { HelpName = "FILE", Description = "JSON lines of {\"id\", \"expr\", \"context\"?, \"dialect\"?}; answers one line each." };
        var context = new Option<string?>("--context") { HelpName = "FILE", Description = "A JSON object that references read: variables, parameters, outputs, trigger, item, …" };
        var trace = new Option<bool>("--trace") { Description = "Shows the value of every sub-expression on standard error." };
        var strict = new Option<bool>("--strict") { Description = "Only what the service has." };
        var dialect = new Option<string?>("--dialect") { HelpName = "strict|extended|tutorial", Description = "Which functions and rules hold; extended without it." };
        dialect.AcceptOnlyFromAmong(EvaluationCases.Dialects.Keys.ToArray());
        var now = new Option<string?>("--now") { HelpName = "TIME", Description = "What utcNow() gives." };
        var seed = new Option<string?>("--seed") { HelpName = "N", Description = "Fixes guid() and rand()." };
        var command = new Command("eval", "Evaluates an expression.") { expression, cases, context, trace, strict, dialect, now, seed };
        command.SetAction(parsed =>
        {
            var options = new EvaluationOptions
            {
                Dialect = parsed.GetValue(strict) ? ExpressionDialect.Strict : EvaluationCases.Dialects[parsed.GetValue(dialect) ?? "extended"],
                Time = RunClockOption.Create(parsed.GetValue(now), isVirtual: false),
                Seed = WholeNumbers.Read(parsed.GetValue(seed), "--seed"),
                Trace = parsed.GetValue(trace) ? new TraceWriter(console.Error) : null,
            };
            var values = parsed.GetValue(context) is { } file ? ReadContext(file) : default;
            return (parsed.GetValue(expression), parsed.GetValue(cases)) switch
            {
                (null, { } caseFile) => EvaluationCases.Answer(InputText.OfFile(caseFile), values, options, console.Out),
                ({ } text, null) => Evaluate(text, values, options, console),
                _ => throw new UsageException("eval takes either an expression or --cases FILE."),
            };
        });
        return command;
    }

    private static int Evaluate(string text, FlowValue context, EvaluationOptions options, CommandConsole console)
    {
        if (!text.StartsWith('@') && !text.Contains("@{", StringComparison.Ordinal)) text = "@" + text;
        var result = ExpressionEvaluator.Evaluate(FlowValue.String(text), context, options);
        if (result.Error is not { } error)
        {
            JsonOutput.WriteLine(result.Value, console);
            return ExitCodes.Succeeded;
        }

        console.Error.WriteLine(TerminalText.CleanLines($"error {error.Code}: {error.Message}"));
        if (error.Detail is { } detail) console.Error.WriteLine(TerminalText.CleanLines("  " + detail));
        if (error.Template is { } template)
        {
            console.Error.WriteLine(SourceExcerpt.OfPiece(template.Text, error.Span, " ", null, console.ExcerptWidth ?? DiagnosticText.DefaultWidth).ToString());
        }

        return error.Stage == EvaluationStage.Parse ? ExitCodes.Invalid : ExitCodes.RunFailed;
    }

    private static FlowValue ReadContext(string file)
    {
        var text = InputText.OfFile(file);
        try
        {
            var context = FlowJson.Parse(text);
            return context.IsObject ? context : throw new InvalidInputException($"The context file '{file}' holds no JSON object.");
        }
        catch (FlowJsonException broken)
        {
            throw new InvalidInputException($"The context file '{file}' can't be read: {JsonFault.Explain(text, broken)}");
        }
    }
}
