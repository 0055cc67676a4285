using System.Text.RegularExpressions;
using Acornima.Ast;
using Jint;
using Jint.Runtime;

namespace FlowEngine.Actions;

/// <summary>JavaScript by Jint. A script gets an engine of its own each time, without any object of the host: JSON goes in and JSON comes out.</summary>
internal sealed class JavaScriptLanguage(ScriptLimits limits) : IScriptLanguage
{
    // The script starts on line 2. An inner function keeps it from the caller's names; 'JSON.stringify' is looked up before the script can replace it.
    private const string Before = "(function () { return JSON.stringify((function (workflowContext) {\n";
    private const string After = "\n}).apply(undefined, arguments)); })";

    private static readonly ScriptPreparationOptions Alone = new() { ParsingOptions = new ScriptParsingOptions { AllowReturnOutsideFunction = true } };

    public static JavaScriptLanguage Instance { get; } = new(ScriptLimits.Default);

    public IScript Prepare(string code)
    {
        try
        {
            // Alone first: it must be whole without what is put around it, and its errors are to have their own place.
            var alone = Engine.PrepareScript(code, strict: true, options: Alone);
            return new JavaScript(Engine.PrepareScript(Before + code + After, strict: true), WorkflowContextUse.Of(alone.Program!), limits);
        }
        catch (ScriptPreparationException failure) when (failure.InnerException is Acornima.SyntaxErrorException syntax)
        {
            throw new ScriptException(ScriptException.ParsingFailure, syntax.Error.Description, syntax.LineNumber, syntax.Column + 1);
        }
        catch (ScriptPreparationException failure)
        {
            throw new ScriptException(ScriptException.ParsingFailure, (failure.InnerException ?? failure).Message);
        }
    }

    private sealed class JavaScript(Prepared<Script> script, IReadOnlyCollection<string>? actions, ScriptLimits limits) : IScript
    {
        public IReadOnlyCollection<string>? Actions => actions;

        public FlowValue Run(FlowValue workflowContext, CancellationToken cancellation)
        {
            try
            {
                using var engine = new Engine(JavaScriptSandbox.Options(limits, cancellation));
                // Parsed outside the script's budget: how large the run's records are is not the script's doing.
                var context = new Jint.Native.Json.JsonParser(engine).Parse(FlowJson.Write(workflowContext));
                var result = engine.Invoke(engine.Evaluate(script), context);
                return result.IsString() ? FlowValue.Parse(result.AsString()) : default; // Anything else is JSON.stringify(undefined).
            }
            catch (JavaScriptException failure)
            {
                var line = failure.Location.Start.Line - 1;
                throw new ScriptException(ScriptException.RuntimeFailure, failure.Message, line, failure.Location.Start.Column + 1);
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellation);
            }
            catch (RegexMatchTimeoutException)
            {
                throw new ScriptException(ScriptException.ExecutionTimeout, Text($"A pattern took longer than {limits.Pattern.TotalSeconds:0.###} seconds."));
            }
            catch (TimeoutException)
            {
                throw new ScriptException(ScriptException.ExecutionTimeout, Text($"The script ran longer than {limits.Time.TotalSeconds:0.###} seconds."));
            }
            catch (StatementsCountOverflowException)
            {
                throw new ScriptException(ScriptException.ExecutionTimeout, Text($"The script ran more than {limits.Statements} statements."));
            }
            catch (Exception failure)
            {
                // Whatever else an engine runs into is the script's doing: memory, recursion, a pattern, something that Jint lacks.
                throw new ScriptException(ScriptException.RuntimeFailure, failure.Message);
            }
        }

        private static string Text(FormattableString text) => FormattableString.Invariant(text);
    }
}
