using System.Text;
using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary>An example as files that <c>flow run</c> takes: <c>flow.json</c>, and as it needs them <c>mocks.json</c>, <c>NAME/workflow.json</c> and artifacts.</summary>
internal static class ExampleFiles
{
    /// <summary>Writes them.</summary>
    /// <returns>The command line that runs them.</returns>
    /// <exception cref="UsageException">A file is there already or can't be written.</exception>
    public static string Write(TypeExample example, string folder)
    {
        var content = example.Content;
        var files = new List<(string Path, string Text)> { ("flow.json", Pretty(content["flow"])) };
        if (!content["mocks"].IsNull) files.Add(("mocks.json", Pretty(content["mocks"])));
        foreach (var (name, workflow) in content["workflows"].AsObjectOrNull ?? FlowObject.Empty) files.Add((name + "/workflow.json", Pretty(workflow)));
        foreach (var (path, text) in content["artifacts"].AsObjectOrNull ?? FlowObject.Empty) files.Add((path, text.AsString));
        try
        {
            foreach (var (path, _) in files)
            {
                if (File.Exists(Path.Combine(folder, path))) throw new UsageException($"there is a file '{Path.Combine(folder, path)}' already.");
            }

            foreach (var (path, text) in files)
            {
                var file = Path.Combine(folder, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!); // Below the folder.
                File.WriteAllText(file, text + "\n");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the example can't be written: {e.Message}");
        }

        return CommandLine(content, folder);
    }

    private static string CommandLine(FlowValue content, string folder)
    {
        var line = new StringBuilder("flow run ").Append(folder).Append(" --virtual-time");
        if (!content["mocks"].IsNull) line.Append(" --mocks ").Append(Path.Combine(folder, "mocks.json"));
        if (content["now"].AsStringOrNull is { } now) line.Append(" --now ").Append(now);
        var trigger = content["trigger"];
        if (trigger["method"].AsStringOrNull is { } method) line.Append(" --method ").Append(method);
        if (trigger["relativePath"].AsStringOrNull is { } path) line.Append(" --path '").Append(path).Append('\'');
        foreach (var (name, value) in trigger["headers"].AsObjectOrNull ?? FlowObject.Empty) line.Append(" --header '").Append(name).Append('=').Append(value.AsString).Append('\'');
        if (trigger.TryGetMember("body", out var body)) line.Append(" --body '").Append(body.AsStringOrNull ?? body.ToJson()).Append('\'');
        return line.ToString();
    }

    private static string Pretty(FlowValue value) => CanonicalJson.Format(value.ToJson()).TrimEnd();
}
