using FlowEngine.Cli;

namespace FlowEngine.Tests.Cli;

[Parallelizable(ParallelScope.All)]
public sealed class ReferenceCommandTests
{
    [TestCase("functions chunk", "chunk: Cuts")]
    [TestCase("functions CHUNK", "chunk('abcde', 2) -> [\"ab\",\"cd\",\"e\"]")]
    [TestCase("functions", "abs ")]
    [TestCase("actions http", "required: inputs.method, inputs.uri")]
    [TestCase("actions", "Foreach")]
    [TestCase("actions", "ChunkText  (known, runs only mocked)")]
    [TestCase("actions http", "\"uri\": \"https://api.example/rates\"")]
    [TestCase("actions http", "Http (trigger)")]
    [TestCase("actions recurrence", "\"frequency\": \"Week\"")]
    [TestCase("actions http --trigger", "changes")]
    [TestCase("explain fe2010", "FE2010: An expression names an action that does not exist.")]
    public async Task A_page_of_the_reference_is_shown(string arguments, string says)
    {
        var (exit, output, _) = await InvokeAsync(arguments);

        Assert.That(exit, Is.EqualTo(ExitCodes.Succeeded));
        Assert.That(output, Does.Contain(says));
    }

    [TestCase("functions chnk", "Did you mean 'chunk'?")]
    [TestCase("actions htp", "Did you mean 'Http'?")]
    [TestCase("explain FE9999", "no diagnostic 'FE9999'")]
    public async Task An_unknown_name_is_wrong_usage_and_the_nearest_is_named(string arguments, string says)
    {
        var (exit, _, error) = await InvokeAsync(arguments);

        Assert.That(exit, Is.EqualTo(ExitCodes.Usage));
        Assert.That(error, Does.Contain(says));
    }

    [TestCase("actions Workflow", "Doubler/workflow.json")]
    [TestCase("actions Http", "mocks.json")]
    [TestCase("actions Liquid", "Artifacts/Maps/Bill.liquid")]
    [TestCase("actions SlidingWindow", "flow.json")]
    public async Task An_example_is_written_as_files_and_the_command_line_that_is_told_runs_it(string arguments, string file)
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("flowengine").FullName, "example");
        try
        {
            var (written, line, _) = await InvokeAsync($"{arguments} --to {folder}");
            var (ran, output, error) = await InvokeAsync(line.Trim()["flow ".Length..].Replace("'", string.Empty, StringComparison.Ordinal));
            var (again, _, refused) = await InvokeAsync($"{arguments} --to {folder}");

            Assert.That((written, File.Exists(Path.Combine(folder, file))), Is.EqualTo((ExitCodes.Succeeded, true)));
            Assert.That(ran, Is.EqualTo(ExitCodes.Succeeded), output + error);
            Assert.That((again, refused), Is.EqualTo((ExitCodes.Usage, refused)));
            Assert.That(refused, Does.Contain("already"));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
        }
    }

    private static async Task<(int Exit, string Output, string Error)> InvokeAsync(string arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await FlowCommand.InvokeAsync(arguments.Split(' '), new CommandConsole(output, error, TextReader.Null), CancellationToken.None);
        return (exit, output.ToString(), error.ToString());
    }
}
