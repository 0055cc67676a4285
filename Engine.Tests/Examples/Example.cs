namespace FlowEngine.Tests;

/// <summary>A folder below examples/ that holds a <c>flow.json</c>, at whatever depth: adding an example is adding a folder.</summary>
/// <remarks>Beside the flow: <c>mocks.json</c> and <c>parameters.json</c> where it needs them, <c>expected.json</c>, a README, and what the flow calls (child flows, connectors).</remarks>
internal sealed record Example(string Name)
{
    /// <summary>The paths of all examples below examples/, with <c>/</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Repository.Files("examples", "flow.json").Select(file => Path.GetDirectoryName(file["examples/".Length..])!.Replace('\\', '/'))];

    public string Folder => Repository.Locate($"examples/{Name}");

    public string Flow => Path.Combine(Folder, "flow.json");

    /// <summary><c>{"args", "exit", "record"}</c>: how the flow is run, and the part of its record that matters.</summary>
    public FlowValue Expected => FlowValue.Parse(Text("expected.json"));

    public string Text(string file) => File.ReadAllText(Path.Combine(Folder, file));

    /// <summary>Runs the example as its expected.json says: <c>flow run flow.json --json --virtual-time</c>, its mocks and parameters, its <c>args</c>.</summary>
    public Task<CommandOutput> RunAsync() => RunAsync(Folder);

    /// <summary>Runs a copy of the example alike.</summary>
    public Task<CommandOutput> RunAsync(string folder)
    {
        var command = new List<string> { "run", Path.Combine(folder, "flow.json"), "--json", "--virtual-time" };
        foreach (var name in new[] { "mocks", "parameters" })
        {
            var file = Path.Combine(folder, name + ".json");
            if (File.Exists(file)) command.AddRange(["--" + name, file]);
        }

        foreach (var argument in Expected["args"].AsArrayOrNull ?? FlowArray.Empty) command.Add(argument.AsString);
        return CommandOutput.OfAsync([.. command]);
    }
}
