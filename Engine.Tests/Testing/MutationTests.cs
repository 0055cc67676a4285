using FlowEngine.Testing;

namespace FlowEngine.Tests;

/// <summary><c>flow test --mutate</c>: which changes of a flow its tests notice.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class MutationTests
{
    private const string Actions = """
        {
          "Is_big": {
            "type": "If", "expression": { "greater": [ "@triggerBody()?['n']", 10 ] },
            "actions": { "Big": { "type": "Compose", "inputs": "big" } }, "else": { "actions": { "Small": { "type": "Compose", "inputs": "small" } } }
          },
          "Tell": { "type": "Compose", "inputs": "@if(equals(triggerBody()?['n'], 7), 'seven', 'other')", "runAfter": { "Is_big": [ "Succeeded", "Failed" ] } }
        }
        """;

    private static async Task<Shown> MutateAsync(Shell shell, string tests, params string[] options)
    {
        shell.Flow(Actions);
        shell.File("f.flowtest.json", $$"""{ "flow": "flow.json", "tests": {{tests}} }""");
        return await shell.CallAsync(["test", shell.Path("f.flowtest.json"), "--mutate", .. options]);
    }

    [Test]
    public void Mutants_change_one_thing_each()
    {
        using var shell = new Shell();
        var document = Workflow.Load(shell.Flow(Actions)).Document;

        Assert.That(FlowMutant.Of(document).Select(mutant => mutant.Description), Is.EqualTo(new[]
        {
            "actions of 'Is_big' emptied",
            "else of 'Is_big' emptied",
            "condition of 'Is_big': greaterOrEquals in place of greater",
            "constant of 'Is_big': 11 in place of 10",
            "constant of 'Big': \"big~\" in place of \"big\"",
            "constant of 'Small': \"small~\" in place of \"small\"",
            "runAfter of 'Tell' on 'Is_big': Succeeded taken out",
            "runAfter of 'Tell' on 'Is_big': Failed taken out",
            "expression of 'Tell': the sides of if exchanged",
            "expression of 'Tell': not equals",
            "expression of 'Tell': 8 in place of 7",
            "expression of 'Tell': \"seven~\" in place of \"seven\"",
            "expression of 'Tell': \"other~\" in place of \"other\"",
        }));
    }

    [Test]
    public async Task Changes_that_no_test_notices_are_told_with_their_place()
    {
        using var shell = new Shell();
        var shown = await MutateAsync(shell, """[ { "name": "big", "trigger": { "body": { "n": 11 } }, "expect": { "actions": { "Big": { "outputs": "big" }, "Tell": { "outputs": "other" } } } } ]""");

        Assert.That(shown.Exit, Is.EqualTo(4));
        var lines = shown.Out.Split('\n');
        // 11 in place of 10 is noticed by 11 (not greater than 11); noticed too: the true side, "big~", the status Succeeded, the sides of if, not equals, "other~".
        Assert.That(lines, Has.Some.EqualTo("mutation: 7 of 13 changes noticed (53.8 %)"));
        Assert.That(lines.Where(line => line.Contains("no test notices", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(": no test", StringComparison.Ordinal) + 2)..]), Is.EqualTo(new[]
        {
            "no test notices: condition of 'Is_big': greaterOrEquals in place of greater",
            "no test notices: else of 'Is_big' emptied",
            "no test notices: constant of 'Small': \"small~\" in place of \"small\"",
            "no test notices: expression of 'Tell': 8 in place of 7",
            "no test notices: expression of 'Tell': \"seven~\" in place of \"seven\"",
            "no test notices: runAfter of 'Tell' on 'Is_big': Failed taken out",
        }));
        var written = (await File.ReadAllTextAsync(shell.Path("flow.json"))).Split('\n');
        var line = Array.FindIndex(written, text => text.Contains("'seven'", StringComparison.Ordinal)) + 1;
        Assert.That(lines, Has.Some.StartsWith($"{shell.Path("flow.json")}({line},{written[line - 1].IndexOf("'seven'", StringComparison.Ordinal) + 1}): "));
    }

    [Test]
    public async Task Tests_that_notice_everything_exit_with_0()
    {
        using var shell = new Shell();
        var shown = await MutateAsync(shell, """
            [
              { "name": "cases", "cases": [
                { "trigger": { "body": { "n": 11 } }, "expect": { "actions": { "Big": { "outputs": "big" }, "Tell": { "outputs": "other" } } } },
                { "trigger": { "body": { "n": 10 } }, "expect": { "actions": { "Small": { "outputs": "small" }, "Tell": { "outputs": "other" } } } },
                { "trigger": { "body": { "n": 7 } }, "expect": { "actions": { "Tell": { "outputs": "seven" } } } },
                { "trigger": { "body": { "n": "text" } }, "expect": { "actions": { "Is_big": "Failed", "Tell": "Succeeded" } } } ] }
            ]
            """, "--json");

        Assert.That(shown.Exit, Is.Zero, shown.ToString());
        Assert.That(shown.Json["mutation"].ToJson(), Is.EqualTo("""{"noticed":13,"total":13,"survivors":[]}"""));
    }

    [Test]
    public void Branches_and_triggers_are_changed_too()
    {
        var document = Workflow.Parse("""
            {
              "triggers": {
                "Orders": { "type": "ApiConnection", "splitOn": "@triggerBody()?['value']", "conditions": [ { "expression": "@greater(length(triggerBody()?['value']), 0)" } ], "inputs": {} }
              },
              "actions": {
                "Region": {
                  "type": "Switch", "expression": "@triggerBody()?['region']",
                  "cases": { "Europe": { "case": "EU", "actions": { "A": { "type": "Compose", "inputs": "@utcNow()" } } }, "America": { "case": "US", "actions": { "B": { "type": "Compose", "inputs": "@utcNow()" } } } },
                  "default": { "actions": { "C": { "type": "Compose", "inputs": "@utcNow()" } } }
                }
              }
            }
            """).Document;

        Assert.That(FlowMutant.Of(document).Select(mutant => mutant.Description), Is.EqualTo(new[]
        {
            "expression of 'Orders': greaterOrEquals in place of greater",
            "expression of 'Orders': 1 in place of 0",
            "splitOn of 'Orders' taken out",
            "case 'Europe' of 'Region' taken out",
            "case 'America' of 'Region' taken out",
            "default of 'Region' emptied",
            "constant of 'Region': \"EU~\" in place of \"EU\"",
            "constant of 'Region': \"US~\" in place of \"US\"",
        }));
    }

    [Test]
    public void A_status_that_an_action_can_never_have_is_not_added()
    {
        var document = Workflow.Parse("""
            {
              "triggers": {},
              "actions": {
                "Empty": { "type": "InitializeVariable", "inputs": { "variables": [ { "name": "n", "type": "array", "value": [] } ] } },
                "Given": { "type": "Compose", "inputs": { "size": "@parameters('size')" }, "runAfter": { "Empty": [ "Succeeded" ] } },
                "Made": { "type": "Compose", "inputs": "@div(1, outputs('Given')['size'])", "runAfter": { "Given": [ "Succeeded" ] } },
                "Told": { "type": "Compose", "inputs": null, "runAfter": { "Made": [ "Succeeded" ] } }
              },
              "parameters": { "size": { "type": "Int", "defaultValue": 1 } }
            }
            """).Document;

        Assert.That(FlowMutant.Of(document).Select(mutant => mutant.Description).Where(words => words.StartsWith("runAfter", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "runAfter of 'Told' on 'Made': Failed and Skipped added",
        }));
    }

    [Test]
    public async Task A_share_of_the_changes_may_be_enough()
    {
        using var shell = new Shell();
        const string tests = """[ { "name": "big", "trigger": { "body": { "n": 11 } }, "expect": { "actions": { "Big": { "outputs": "big" }, "Tell": { "outputs": "other" } } } } ]""";

        Assert.That((await MutateAsync(shell, tests, "--min-mutation", "50")).Exit, Is.Zero);
        Assert.That((await MutateAsync(shell, tests, "--min-mutation", "60")).Exit, Is.EqualTo(4));
    }

    [Test]
    public async Task Nothing_is_changed_where_a_test_fails_already()
    {
        using var shell = new Shell();
        var shown = await MutateAsync(shell, """[ { "name": "no", "trigger": { "body": { "n": 1 } }, "expect": { "status": "Failed" } } ]""");

        Assert.That((shown.Exit, shown.Out), Is.EqualTo((4, shown.Out)));
        Assert.That(shown.Out, Does.Contain("mutation: not done, the tests fail already"));
    }

    [Test]
    public async Task Watching_runs_the_tests_again_when_a_file_changed()
    {
        using var shell = new Shell();
        shell.Flow(Actions);
        shell.File("f.flowtest.json", """{ "flow": "flow.json", "tests": [ { "name": "t", "trigger": { "body": { "n": 11 } }, "expect": { "actions": { "Big": { "outputs": "big" } } } } ] }""");
        using var ending = new CancellationTokenSource();
        using var output = new SignallingWriter();
        var command = FlowEngine.Cli.FlowCommand.InvokeAsync(["test", shell.Path("f.flowtest.json"), "--watch"], new FlowEngine.Cli.CommandConsole(output, TextWriter.Null, TextReader.Null), ending.Token);

        await output.Next();
        shell.Flow(Actions.Replace("\"inputs\": \"big\"", "\"inputs\": \"huge\"", StringComparison.Ordinal));
        await output.Next();
        await ending.CancelAsync();

        Assert.That(await command, Is.EqualTo(130));
        Assert.That(output.ToString(), Does.Contain("1 passed, 0 failed").And.Contain("0 passed, 1 failed").And.Contain("should be \"big\", but is \"huge\""));
    }

    /// <summary>Tells when the command waits for a change.</summary>
    private sealed class SignallingWriter : StringWriter
    {
        private readonly SemaphoreSlim _waiting = new(0);

        public Task Next() => _waiting.WaitAsync();

        public override Task WriteLineAsync(string? value)
        {
            WriteLine(value);
            if (value?.StartsWith("watching", StringComparison.Ordinal) is true) _waiting.Release();
            return Task.CompletedTask;
        }
    }
}
