using FlowEngine.Cli;

namespace FlowEngine.Tests;

/// <summary>Calls the command in process, in a folder of its own, with texts for its streams.</summary>
internal sealed class Shell : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flow-").FullName;

    /// <summary>A flow that gives what its trigger got.</summary>
    public const string EchoActions = """{ "Echo": { "type": "Compose", "inputs": "@triggerOutputs()" } }""";

    public string Path(string name) => System.IO.Path.Combine(_folder, name);

    /// <summary>Writes a file, with the folders that its name has, and gives its path.</summary>
    public string File(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!); // It is below the folder.
        System.IO.File.WriteAllText(Path(name), text);
        return Path(name);
    }

    public string File(string name, byte[] bytes)
    {
        System.IO.File.WriteAllBytes(Path(name), bytes);
        return Path(name);
    }

    /// <summary>Writes a definition with these actions behind a Request trigger.</summary>
    public string Flow(string actions = EchoActions, string parameters = "{}", string name = "flow.json") => File(name, $$"""
        {
          "parameters": {{parameters}},
          "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } },
          "actions": {{actions}}
        }
        """);

    public Task<Shown> CallAsync(params string[] args) => CallAsync(args, "");

    public static async Task<Shown> CallAsync(string[] args, string input, CancellationToken cancellation = default)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var exit = await FlowCommand.InvokeAsync(args, new CommandConsole(output, error, new StringReader(input)), cancellation);
        return new Shown(exit, output.ToString(), error.ToString());
    }

    /// <summary>Calls the command on a terminal of that size, with these environment variables.</summary>
    public static async Task<Shown> CallOnTerminalAsync(string[] args, int columns = 100, int rows = 40, params (string Name, string Value)[] variables)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var console = new CommandConsole(output, error, TextReader.Null)
        {
            IsTerminal = true,
            Size = () => (columns, rows),
            Variable = name => variables.FirstOrDefault(variable => variable.Name == name).Value,
        };
        var exit = await FlowCommand.InvokeAsync(args, console, CancellationToken.None);
        return new Shown(exit, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

/// <summary>What a call showed.</summary>
internal sealed record Shown(int Exit, string Out, string Error)
{
    /// <summary>Standard output as JSON; fails where anything else is in it.</summary>
    public FlowValue Json => FlowValue.Parse(Out);

    public FlowValue Echo => Json["actions"]["Echo"]["outputs"];

    public override string ToString() => $"exit {Exit}\n{Out}\n{Error}";
}
