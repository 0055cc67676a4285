using FlowEngine.Testing;

namespace FlowEngine.Tests;

/// <summary>Workflows of a Logic Apps Standard project under test: <c>parameters.json</c> beside <c>host.json</c> declares what all of them read.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class StandardProjectTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    private string Project(string settings = """{ "Values": { "Bakery": "https://local.example" } }""")
    {
        _shell.File("app/host.json", """{ "version": "2.0" }""");
        _shell.File("app/parameters.json", """
            {
              "bakery": { "type": "String", "value": "@appsetting('Bakery')" },
              "loaves": { "type": "Int", "value": 3 },
              "secret": { "type": "String", "value": "@appsetting('Nobody_has_it')" }
            }
            """);
        _shell.File("app/local.settings.json", settings);
        return _shell.File("app/order/workflow.json", """
            {
              "definition": {
                "triggers": { "manual": { "type": "Request", "kind": "Http", "inputs": {} } },
                "actions": {
                  "Order": {
                    "type": "Http",
                    "inputs": { "method": "POST", "uri": "@{parameters('bakery')}/orders", "body": { "loaves": "@parameters('loaves')", "kind": "@{appsetting('Kind')}" } }
                  }
                }
              },
              "kind": "Stateful"
            }
            """);
    }

    [Test]
    public async Task A_test_gives_app_settings_and_parameters_that_the_project_declares()
    {
        var run = await FlowTest.Load(Project())
            .WithAppSetting("Bakery", "https://bakery.example")
            .WithAppSetting("Kind", "rye")
            .WithParameter("loaves", 5)
            .MockHttp(mock => mock.Post("https://bakery.example/orders").WithBodyJson("""{ "loaves": 5, "kind": "rye" }""").Returns(201).Verifiable())
            .RunAsync();

        Assert.That(run["Order"].Outputs["statusCode"].AsInteger, Is.EqualTo(201));
    }

    [Test]
    public async Task An_environment_gives_them_too()
    {
        var flow = Project();
        _shell.File("app/environments/test.json", """{ "appSettings": { "Bakery": "https://test.example", "Kind": "rye" } }""");

        var run = await FlowTest.Load(flow).InEnvironment("test").MockHttp(mock => mock.Post("https://test.example/orders")).RunAsync();

        Assert.That(run["Order"].Inputs["body"].ToJson(), Is.EqualTo("""{"loaves":3,"kind":"rye"}"""));
    }

    [Test]
    public void What_only_one_machine_has_is_not_taken()
    {
        var flow = Project();

        Assert.That(async () => await FlowTest.Load(flow).RunAsync(), Throws.TypeOf<InvalidInputException>().With.Message.Contains("'bakery' is not provided"));
    }

    [Test]
    public async Task The_command_takes_what_the_machine_has()
    {
        var flow = Project("""{ "Values": { "Bakery": "https://local.example", "Kind": "rye" } }""");
        var mocks = _shell.File("m.json", """[ { "match": { "uri": "https://local.example/orders" }, "respond": 201 } ]""");

        Assert.That((await _shell.CallAsync("run", flow, "--mocks", mocks, "--virtual-time")).Exit, Is.Zero);
        Assert.That((await _shell.CallAsync("run", _shell.Path("app"), "--flow", "order", "--mocks", mocks, "--virtual-time")).Exit, Is.Zero);
        Assert.That((await _shell.CallAsync("validate", flow)).Out, Does.Contain("0 errors, 0 warnings"));
    }
}
