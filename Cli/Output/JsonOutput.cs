using Newtonsoft.Json;

namespace FlowEngine.Cli;

/// <summary>Writes JSON to standard output: indented for people at a terminal, compact for programs.</summary>
internal static class JsonOutput
{
    public static void WriteLine(FlowValue value, CommandConsole console)
    {
        using (var writer = new JsonTextWriter(console.Out) { CloseOutput = false, Formatting = console.IsTerminal ? Formatting.Indented : Formatting.None })
            FlowJson.Write(value, writer);
        console.Out.WriteLine();
    }

    /// <summary>One compact line.</summary>
    public static void WriteCompactLine(FlowValue value, TextWriter output)
    {
        using (var writer = new JsonTextWriter(output) { CloseOutput = false }) FlowJson.Write(value, writer);
        output.WriteLine();
    }
}
