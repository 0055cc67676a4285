using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary>Writes events, one a line, each flushed at once.</summary>
internal static class NdjsonWriter
{
    /// <summary>The diagnostics of a definition that can't run.</summary>
    public static void WriteDiagnostics(IReadOnlyList<Diagnostic> diagnostics, TextWriter output)
    {
        foreach (var diagnostic in diagnostics)
        {
            var line = new FlowObjectBuilder().Add("v", FlowValue.Integer(1)).Add("type", FlowValue.String("diagnostic"));
            foreach (var (name, value) in DiagnosticJson.Of(diagnostic)) line.Set(name, value);
            JsonOutput.WriteCompactLine(line.ToValue(), output);
        }
    }

    /// <summary>An event of a run.</summary>
    public static void Write(RunEvent happened, TextWriter output)
    {
        JsonOutput.WriteCompactLine(happened.Value, output);
        output.Flush();
    }
}
