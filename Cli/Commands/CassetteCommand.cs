using System.CommandLine;
using System.Globalization;
using FlowEngine.Testing;

namespace FlowEngine.Cli;

/// <summary><c>flow cassette</c>: shows recorded calls, takes secrets out of them, writes them as mappings of WireMock.</summary>
internal static class CassetteCommand
{
    public static Command Create(CommandConsole console) => new("cassette", "Shows, scrubs and converts recorded HTTP calls.") { Show(console), Scrub(console), ToWireMock(console) };

    private static Command Show(CommandConsole console)
    {
        var file = File();
        var command = new Command("show", "Lists the calls, one a line.") { file };
        command.SetAction(parsed => With(parsed.GetRequiredValue(file), console, cassette =>
        {
            foreach (var line in Lines(cassette)) console.Out.WriteLine(TerminalText.Clean(line));
        }));
        return command;
    }

    private static Command Scrub(CommandConsole console)
    {
        var file = File();
        var values = new Option<string[]>("--value") { HelpName = "TEXT|@FILE", Description = "A secret to take out wherever it turns up; may be repeated.", DefaultValueFactory = _ => [] };
        var output = new Option<string?>("--output") { HelpName = "FILE", Description = "Writes another file; without it the cassette itself." };
        var command = new Command("scrub", "Takes secrets out: by the names of headers, parameters and members, and by value.") { file, values, output };
        command.SetAction(parsed => With(parsed.GetRequiredValue(file), console, cassette =>
        {
            var secrets = parsed.GetRequiredValue(values).Select(value => ValueArgument.ReadText(value, "--value", console).AsString.TrimEnd('\r', '\n')).ToList();
            Save(cassette.Scrubbed(secrets), parsed.GetValue(output) ?? parsed.GetRequiredValue(file));
        }));
        return command;
    }

    private static Command ToWireMock(CommandConsole console)
    {
        var file = File();
        var command = new Command("to-wiremock", "Prints the calls as mappings of WireMock.") { file };
        command.SetAction(parsed => With(parsed.GetRequiredValue(file), console, cassette => JsonOutput.WriteLine(cassette.ToWireMock(), console)));
        return command;
    }

    private static Argument<string> File() => new("FILE") { Description = "The cassette." };

    private static int With(string file, CommandConsole console, Action<Cassette> use)
    {
        if (!System.IO.File.Exists(file)) throw new UsageException($"there is no file '{file}'.");
        Cassette cassette;
        try
        {
            cassette = Cassette.Load(file);
        }
        catch (MockFormatException faulty)
        {
            DiagnosticReport.Write(faulty.Diagnostics, file, json: false, console);
            return ExitCodes.Invalid;
        }

        use(cassette);
        return ExitCodes.Succeeded;
    }

    private static void Save(Cassette cassette, string file)
    {
        try
        {
            cassette.Save(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the cassette can't be written: {e.Message}");
        }
    }

    private static IEnumerable<string> Lines(Cassette cassette)
    {
        var width = cassette.Calls.Count.ToString(CultureInfo.InvariantCulture).Length;
        for (var i = 0; i < cassette.Calls.Count; i++)
        {
            var call = cassette.Calls[i];
            var answer = call.Response.Fault == MockFault.None
                ? string.Create(CultureInfo.InvariantCulture, $"{call.Response.Status}, {Size(call.Response.Body.Length)}")
                : call.Response.Fault.ToString().ToLowerInvariant();
            yield return $"{(i + 1).ToString(CultureInfo.InvariantCulture).PadLeft(width)}  {call.Action}  {call.Method} {call.Uri}{(call.Body is { } body ? $" ({Size(System.Text.Encoding.UTF8.GetByteCount(body))})" : string.Empty)} -> {answer}";
        }

        yield return $"{ActionLine.Count(cassette.Calls.Count, "call", "calls")} of {cassette.Flow}";
    }

    private static string Size(int bytes) => bytes < 1024 ? string.Create(CultureInfo.InvariantCulture, $"{bytes} B") : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KB");
}
