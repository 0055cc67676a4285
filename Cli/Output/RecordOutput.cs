namespace FlowEngine.Cli;

/// <summary><c>--json</c>: one run record on standard output and nothing else.</summary>
internal sealed class RecordOutput(CommandConsole console) : RunOutput
{
    public override void WriteResult(FireResult result, int exit) => JsonOutput.WriteLine(result.ToRecord(), console);
}
