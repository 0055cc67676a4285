using FlowEngine.Connectors;

namespace FlowEngine.Tests.Connectors;

/// <summary>Where connections and app settings of a flow are looked for, and what is told of those that can't be had.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ConnectionPlaceTests
{
    [Test]
    public async Task A_flow_of_a_folder_of_several_takes_what_stands_beside_it()
    {
        using var shell = new Shell();
        const string Actions = """{ "definition": { "triggers": { "manual": { "type": "Request" } }, "parameters": { "Region": { "type": "String" } }, "actions": { "Echo": { "type": "Compose", "inputs": "@concat(parameters('Region'), '/', appsetting('Key'))" } } }, "kind": "Stateful" }""";
        shell.File("project/host.json", "{}");
        shell.File("project/One/workflow.json", Actions.Replace("Echo", "Other", StringComparison.Ordinal));
        shell.File("project/Two/workflow.json", Actions);
        shell.File("project/environments/test.json", """{ "parameters": { "Region": "north" } }""");
        shell.File("project/local.settings.json", """{ "Values": { "Key": "l0cal-s3cret" } }""");

        var shown = await shell.CallAsync("run", shell.Path("project"), "--flow", "Two", "--env", "test", "--json");
        var missing = await shell.CallAsync("run", shell.Path("project"), "--flow", "Two", "--env", "prod", "--json");

        Assert.Multiple(() =>
        {
            Assert.That(shown.Exit, Is.Zero, shown.ToString);
            Assert.That(shown.Echo.AsString, Is.EqualTo("north/*sanitized*"));
            Assert.That((missing.Exit, missing.Error), Is.EqualTo((1, "flow: There is no environment 'prod' (environments/prod.json). There are: test.\n")));
        });
    }

    [Test]
    public async Task A_flow_in_an_archive_takes_what_stands_beside_the_archive()
    {
        using var shell = new Shell();
        var zip = shell.File("a.zip", Zip.Of(("One/workflow.json", """{ "definition": { "triggers": { "manual": { "type": "Request" } }, "actions": { "Echo": { "type": "Compose", "inputs": "@appsetting('Key')" } } }, "kind": "Stateful" }""")));
        shell.File("environments/test.json", """{ "appSettings": { "Key": "north" } }""");

        var shown = await shell.CallAsync("run", zip, "--env", "test", "--json");

        Assert.That((shown.Exit, shown.Echo.AsStringOrNull), Is.EqualTo((0, "north")), shown.ToString);
    }

    [Test]
    public void An_environment_of_a_flow_without_a_file_has_nowhere_to_be() =>
        Assert.That(() => ConnectionSettings.Beside("nowhere/flow.json", "test"), Throws.InstanceOf<FileNotFoundException>().With.Message.Contains("'test'").And.Message.Contains("nowhere/flow.json"));

    [TestCase("""{ "$env": "FLOWENGINE_NOT_SET" }""", "The environment variable 'FLOWENGINE_NOT_SET' is not set.")]
    [TestCase("""{ "$envv": "X" }""", "'$envv' is no source of a value")]
    [TestCase("\"@Microsoft.KeyVault(VaultName=v)\"", "needs SecretUri, or VaultName and SecretName")]
    [TestCase("\"@Microsoft.KeyVault(SecretUri=a;SecretUri=b)\"", "has 'SecretUri' twice")]
    [TestCase("""{ "$file": "/etc/hostname" }""", "outside of the flow's folder", "--untrusted")]
    [TestCase("""{ "$env": "PATH" }""", "The environment variable 'PATH' is not set.", "--untrusted")]
    public async Task An_app_setting_that_is_not_to_be_had_is_told_with_its_place(string value, string message, params string[] options)
    {
        using var shell = new Shell();
        shell.File("environments/test.json", $$"""
            { "appSettings": { "Fine": "x",
                "Key": {{value}},
                "Other": { "$env": "FLOWENGINE_NOT_SET_EITHER" } } }
            """);

        var shown = await shell.CallAsync(["run", shell.Flow(), "--env", "test", .. options]);

        Assert.Multiple(() =>
        {
            Assert.That(shown.Exit, Is.EqualTo(2));
            Assert.That(shown.Error, Does.Contain("test.json(2,").And.Contain("error FE8012: The app setting 'Key' can't be used: ").And.Contain(message));
            Assert.That(shown.Error, Does.Contain("test.json(3,"), "all of them are told");
        });
    }
}
