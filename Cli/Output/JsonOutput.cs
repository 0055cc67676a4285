namespace FlowEngine.Cli;

/// <summary>Writes JSON to standard output: indented for people at a terminal, compact for programs.</summary>
internal static class JsonOutput
{
    public static void WriteLine(FlowValue value, CommandConsole console)
    {
        FlowJson.Write(value, console.Out, isIndented: console.IsTerminal);
        console.Out.WriteLine();
    }

    /// <summary>One compact line.</summary>
    public static void WriteCompactLine(FlowValue value, TextWriter output)
    {
        FlowJson.Write(value, output);
        output.WriteLine();
    }
}
