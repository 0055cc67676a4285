namespace FlowEngine.Tests;

/// <summary>What the README shows is what the product does.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ReadmeTests
{
    [Test]
    public async Task The_README_shows_what_its_command_prints()
    {
        var readme = Repository.Text("README.md");
        var command = readme.Split('\n').First(line => line.StartsWith("dotnet run ", StringComparison.Ordinal));
        var args = command[(command.IndexOf(" -- ", StringComparison.Ordinal) + 4)..].Split(' ').Select(arg => arg.StartsWith("examples/", StringComparison.Ordinal) ? Repository.Locate(arg) : arg);
        var shown = readme.Split("```text\n")[1].Split("```")[0];

        var output = await CommandOutput.OfAsync([.. args]);

        Assert.That(output.Exit, Is.Zero, output.Errors);
        Assert.That(ShownOutput.Difference(shown, output.Output), Is.Null, output.Output);
    }

    [Test]
    public async Task The_five_lines_of_embedding_run()
    {
        await using var engine = WorkflowEngine.Create(o => o.UseParameters(FlowValue.Parse("""{"rate":1.5}""")));
        var workflow = Workflow.Parse("""
            {
              "parameters": { "rate": { "type": "Float" } },
              "triggers": { "manual": { "type": "Request", "inputs": {} } },
              "actions": { "Total": { "type": "Compose", "inputs": "@mul(triggerBody()['net'], parameters('rate'))" } }
            }
            """);
        var run = await engine.RunAsync(workflow, FlowValue.Parse("""{"net":10}"""));

        Assert.That($"{run.Status} {run.Action("Total").Outputs}", Is.EqualTo("Succeeded 15.0"));
    }
}
