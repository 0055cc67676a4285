namespace FlowEngine.Actions;

/// <summary>A script can't be read, failed, or went past a limit.</summary>
/// <param name="code">The service's code.</param>
/// <param name="message">What went wrong.</param>
/// <param name="line">The script's line, from 1; 0 where the place is not known.</param>
/// <param name="column">The column, from 1.</param>
internal sealed class ScriptException(string code, string message, int line = 0, int column = 0) : Exception(message)
{
    public const string RuntimeFailure = "InlineCodeScriptRuntimeFailure";
    public const string ExecutionTimeout = "InlineCodeExecutionTimeout";
    public const string ParsingFailure = "InlineCodeParsingFailure";
    public const string InvalidProperty = "InlineCodeInvalidProperty";

    public string Code { get; } = code;

    /// <summary>Where in the script, as a sentence to stand behind the message; empty where the place is not known.</summary>
    public string Place => line > 0 ? $" At line {line}, column {column} of the script." : string.Empty;
}
