using System.CommandLine;
using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary><c>flow import</c>: writes the flows of an export as a project of plain files.</summary>
internal static class ImportCommand
{
    public static Command Create(CommandConsole console)
    {
        var source = new Argument<string>("SOURCE") { Description = "A file, an archive or a folder with flows." };
        var target = new Argument<string>("TARGET") { Description = "The folder to write; it must be new or empty." };
        var flow = new Option<string?>("--flow") { HelpName = "NAME", Description = "Only this workflow." };
        var command = new Command("import", "Writes the flows of an export as a project of plain files.") { source, target, flow };
        command.SetAction(parsed => Import(parsed.GetRequiredValue(source), parsed.GetRequiredValue(target), parsed.GetValue(flow), console));
        return command;
    }

    private static int Import(string source, string target, string? flow, CommandConsole console)
    {
        if (!File.Exists(source) && !Directory.Exists(source)) throw new UsageException($"there is no file or folder '{source}'.");
        if (File.Exists(target)) throw new UsageException($"'{target}' is a file; a new folder was expected.");
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()) throw new UsageException($"the folder '{target}' is not empty; nothing is ever overwritten.");
        ProjectLayout layout;
        try
        {
            layout = Workflow.ReadProject(source, new WorkflowOptions { Flow = flow });
        }
        catch (InvalidDataException unreadable)
        {
            throw new InvalidInputException(unreadable.Message);
        }

        foreach (var document in layout.Unreadable)
        {
            FlowChoice.Check(document);
            DiagnosticReport.WriteLines(document.Text, document.Diagnostics, console.Error, console.ExcerptWidth);
        }

        if (layout.Flows.Count == 0) return ExitCodes.Invalid;
        Write(layout, target, console);
        return layout.Unreadable.Count > 0 ? ExitCodes.Invalid : ExitCodes.Succeeded;
    }

    private static void Write(ProjectLayout layout, string target, CommandConsole console)
    {
        var root = Path.GetFullPath(target);
        try
        {
            foreach (var file in layout.Files)
            {
                var path = Path.GetFullPath(Path.Combine(root, file.Path));
                if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)) throw new InvalidInputException($"the file '{file.Path}' would leave the folder '{target}'.");
                Directory.CreateDirectory(Path.GetDirectoryName(path)!); // A file in the folder has one around it.
                File.WriteAllBytes(path, file.Content.Span);
                console.Out.WriteLine(TerminalText.Clean(file.Path));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the folder '{target}' can't be written: {e.Message}");
        }

        foreach (var note in layout.Notes) console.Error.WriteLine(TerminalText.Clean(note));
        console.Error.WriteLine(TerminalText.Clean($"{ActionLine.Count(layout.Flows.Count, "flow", "flows")}, {ActionLine.Count(layout.Files.Count, "file", "files")} in {target}"));
    }
}
