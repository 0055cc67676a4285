using System.CommandLine;
using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary><c>flow list</c>: the flows of files, archives and folders, with their triggers and sizes.</summary>
internal static class ListCommand
{
    public static Command Create(CommandConsole console)
    {
        var paths = new Argument<string[]>("PATH") { Arity = ArgumentArity.OneOrMore, Description = "Files, archives or folders." };
        var command = new Command("list", "Lists the flows of files, archives and folders.") { paths };
        command.SetAction(parsed =>
        {
            var exit = ExitCodes.Succeeded;
            foreach (var path in parsed.GetRequiredValue(paths))
            {
                if (!File.Exists(path) && !Directory.Exists(path)) throw new UsageException($"there is no file or folder '{path}'.");
                if (!(FlowPackage.IsPackage(path) ? ListPackage(path, console) : ListFile(path, console))) exit = ExitCodes.Invalid;
            }

            return exit;
        });
        return command;
    }

    private static bool ListPackage(string path, CommandConsole console)
    {
        var package = Workflow.OpenPackage(path);
        if (package.Fault is { } fault)
        {
            console.Error.WriteLine(TerminalText.Clean(fault.ToString()));
            return false;
        }

        foreach (var flow in package.Flows) Write(flow.Name, flow.File.Location, Workflow.ReadDocument(package, flow), console);
        foreach (var connection in package.Connections) console.Out.WriteLine(TerminalText.Clean($"connection {connection.Name}: {connection.Connector ?? "unknown connector"}{(connection.DisplayName is null ? "" : $" ({connection.DisplayName})")}"));
        foreach (var part in package.Skipped) console.Out.WriteLine(TerminalText.Clean($"passed over {part.File}: {part.Reason}"));
        return true;
    }

    private static bool ListFile(string path, CommandConsole console)
    {
        var document = Workflow.ReadDocument(path);
        if (document.FlowNames.Count > 1)
        {
            foreach (var name in document.FlowNames) Write(name, path, Workflow.ReadDocument(path, new WorkflowOptions { Flow = name }), console);
            return true;
        }

        Write(document.FlowName ?? Path.GetFileNameWithoutExtension(path), path, document, console);
        return document.Definition is not null;
    }

    private static void Write(string name, string file, WorkflowDocument document, CommandConsole console)
    {
        var about = document.Definition is { } definition
            ? $"{string.Join(", ", definition.Triggers.Select(trigger => trigger.Type))}; {ActionLine.Count(definition.AllActions().Count(), "action", "actions")}"
            : "can't be read, see flow validate";
        console.Out.WriteLine(TerminalText.Clean($"{name}  [{about}]  {file}"));
    }
}
