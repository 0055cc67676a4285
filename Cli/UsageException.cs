namespace FlowEngine.Cli;

/// <summary>The command was called wrongly: an option's value makes no sense, a file isn't there. Ends with <see cref="ExitCodes.Usage"/>.</summary>
/// <param name="message">What is wrong and what would do, one line.</param>
internal sealed class UsageException(string message) : Exception(message);
