using System.CommandLine;
using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary><c>flow fmt</c>: puts files into one form that compares well.</summary>
internal static class FmtCommand
{
    public static Command Create(CommandConsole console)
    {
        var files = new Argument<string[]>("FILE") { Arity = ArgumentArity.OneOrMore, Description = "Definition files." };
        var check = new Option<bool>("--check") { Description = "Changes nothing; exit code 2 where a file would change." };
        var command = new Command("fmt", "Puts definition files into canonical form.") { files, check };
        command.SetAction(parsed =>
        {
            var exit = ExitCodes.Succeeded;
            foreach (var file in parsed.GetRequiredValue(files)) exit = Math.Max(exit, Format(file, parsed.GetValue(check), console));
            return exit;
        });
        return command;
    }

    private static int Format(string file, bool check, CommandConsole console)
    {
        if (!File.Exists(file)) throw new UsageException($"there is no file '{file}'.");
        if (FlowPackage.IsPackage(file)) throw new UsageException($"'{file}' is an archive; flow fmt takes definition files.");
        var document = Workflow.ReadDocument(file);
        if (document.Root.IsNull)
        {
            DiagnosticReport.Write(document, json: false, console);
            return ExitCodes.Invalid;
        }

        var formatted = CanonicalJson.Format(InputText.OfFile(file));
        if (formatted == InputText.OfFile(file)) return ExitCodes.Succeeded;
        console.Out.WriteLine(TerminalText.Clean(file));
        if (check) return ExitCodes.Invalid;
        TextFile.Replace(file, formatted);
        return ExitCodes.Succeeded;
    }
}
