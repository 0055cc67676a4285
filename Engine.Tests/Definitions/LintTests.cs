using FlowEngine.Definitions;

namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class LintTests
{
    [TestCase(LintRules.LiteralUrl, """{"A":{"type":"Http","inputs":{"method":"GET","uri":"https://api.example/x"}}}""", 1)]
    [TestCase(LintRules.LiteralUrl, """{"A":{"type":"Http","inputs":{"method":"GET","uri":"@parameters('u')"}}}""", 0)]
    [TestCase(LintRules.LiteralUrl, """{"A":{"type":"Http","inputs":{"method":"GET","uri":"https://a.example/x"}},"B":{"type":"Http","inputs":{"method":"GET","uri":"https://a.example/y"}}}""", 1)]
    [TestCase(LintRules.PlainHttp, """{"A":{"type":"Http","inputs":{"method":"GET","uri":"http://api.example/x"}}}""", 1)]
    [TestCase(LintRules.PlainHttp, """{"A":{"type":"Http","inputs":{"method":"GET","uri":"http://localhost:80/x"}}}""", 0)]
    [TestCase(LintRules.SecretInUrl, """{"A":{"type":"Http","inputs":{"method":"GET","uri":"https://api.example/x?sig=abcdef123"}}}""", 1)]
    [TestCase(LintRules.SecretInUrl, """{"A":{"type":"Http","inputs":{"method":"GET","uri":"https://api.example/x?sig=<your key>&code=@{parameters('c')}"}}}""", 0)]
    [TestCase(LintRules.LiteralSecret, """{"A":{"type":"Http","inputs":{"method":"GET","uri":"@parameters('u')","headers":{"Authorization":"Bearer abc"}}}}""", 1)]
    [TestCase(LintRules.LiteralSecret, """{"A":{"type":"Http","inputs":{"method":"GET","uri":"@parameters('u')","authentication":{"type":"Basic","username":"u","password":"__PASSWORD__"}}}}""", 0)]
    [TestCase(LintRules.LiteralSecret, """{"A":{"type":"Http","inputs":{"method":"GET","uri":"@parameters('u')","headers":{"x-api-key":"FILL ME"}}}}""", 1)]
    [TestCase(LintRules.LiteralSecret, """{"A":{"type":"Http","inputs":{"method":"GET","uri":"@parameters('u')","headers":{"x-api-key":"[parameters('yourKey')]"}}}}""", 0)]
    [TestCase(LintRules.UnusedVariable, """{"A":{"type":"InitializeVariable","inputs":{"variables":[{"name":"v","type":"string"}]}}}""", 1)]
    [TestCase(LintRules.UnusedVariable, """{"A":{"type":"InitializeVariable","inputs":{"variables":[{"name":"v","type":"string"}]}},"B":{"type":"Compose","inputs":"@variables('V')","runAfter":{"A":["Succeeded"]}}}""", 0)]
    [TestCase(LintRules.RacingVariable, """{"L":{"type":"Foreach","foreach":"@triggerBody()","actions":{"S":{"type":"SetVariable","inputs":{"name":"v","value":"1"}}}}}""", 1)]
    [TestCase(LintRules.RacingVariable, """{"L":{"type":"Foreach","foreach":"@triggerBody()","operationOptions":"Sequential","actions":{"S":{"type":"SetVariable","inputs":{"name":"v","value":"1"}}}}}""", 0)]
    [TestCase(LintRules.RacingVariable, """{"L":{"type":"Foreach","foreach":"@triggerBody()","operationOptions":"Sequential","actions":{"M":{"type":"Foreach","foreach":"@item()","actions":{"S":{"type":"SetVariable","inputs":{"name":"v","value":"1"}}}}}}}""", 0)]
    [TestCase(LintRules.RacingVariable, """{"L":{"type":"Foreach","foreach":"@triggerBody()","actions":{"M":{"type":"Foreach","foreach":"@item()","actions":{"S":{"type":"SetVariable","inputs":{"name":"v","value":"1"}}}}}}}""", 1)]
    [TestCase(LintRules.AppendLoop, """{"L":{"type":"Foreach","foreach":"@triggerBody()","actions":{"S":{"type":"AppendToArrayVariable","inputs":{"name":"v","value":"@item()"}}}}}""", 1)]
    [TestCase(LintRules.NullArgument, """{"A":{"type":"Compose","inputs":"@length(triggerBody()?['x'])"}}""", 1)]
    [TestCase(LintRules.NullArgument, """{"A":{"type":"Compose","inputs":"@length(coalesce(triggerBody()?['x'], ''))"}}""", 0)]
    [TestCase(LintRules.HalfOptional, """{"A":{"type":"Compose","inputs":"@triggerBody()?['x']['y']"}}""", 1)]
    [TestCase(LintRules.HalfOptional, """{"A":{"type":"Compose","inputs":"@triggerBody()?['x']?['y']"}}""", 0)]
    [TestCase(LintRules.EmptyBranches, """{"A":{"type":"Scope","actions":{}}}""", 1)]
    [TestCase(LintRules.EmptyBranches, """{"A":{"type":"If","expression":{"and":[]},"actions":{},"else":{"actions":{"B":{"type":"Compose","inputs":1}}}}}""", 0)]
    [TestCase(LintRules.UnhandledFailure, """{"A":{"type":"Http","inputs":{"method":"GET","uri":"@parameters('u')"}}}""", 1)]
    [TestCase(LintRules.UnhandledFailure, """{"T":{"type":"Scope","actions":{"A":{"type":"Http","inputs":{"method":"GET","uri":"@parameters('u')"}}}},"C":{"type":"Compose","inputs":1,"runAfter":{"T":["Failed","TimedOut"]}}}""", 0)]
    [TestCase(LintRules.HalfFinally, """{"A":{"type":"Compose","inputs":1},"C":{"type":"Compose","inputs":1,"runAfter":{"A":["Succeeded","Failed"]}}}""", 1)]
    [TestCase(LintRules.UntilWithoutLimit, """{"U":{"type":"Until","expression":"@equals(1,1)","actions":{"B":{"type":"Compose","inputs":1}}}}""", 1)]
    [TestCase(LintRules.SupersededOperation, """{"A":{"type":"OpenApiConnection","inputs":{"host":{"apiId":"/providers/Microsoft.PowerApps/apis/shared_commondataservice","operationId":"X"}}}}""", 1)]
    [TestCase(LintRules.SupersededOperation, """{"A":{"type":"OpenApiConnection","inputs":{"host":{"apiId":"/providers/Microsoft.PowerApps/apis/shared_office365","operationId":"V3CalendarPostItem"}}}}""", 1)]
    [TestCase(LintRules.SupersededOperation, """{"A":{"type":"OpenApiConnection","inputs":{"host":{"apiId":"/providers/Microsoft.PowerApps/apis/shared_outlook","operationId":"V3CalendarPostItem"}}}}""", 0)]
    [TestCase(LintRules.SupersededOperation, """{"A":{"type":"OpenApiConnection","inputs":{"host":{"apiId":"/providers/Microsoft.PowerApps/apis/shared_teams","operationId":"PostUserNotification"}}}}""", 1)]
    [TestCase(LintRules.SupersededOperation, """{"A":{"type":"OpenApiConnection","inputs":{"host":{"apiId":"/providers/Microsoft.PowerApps/apis/shared_teams","operationId":"PostMessageToConversation"}}}}""", 0)]
    [TestCase(LintRules.HalfOptional, """{"A":{"type":"Compose","inputs":"@workflow()?['tags']['environmentName']"}}""", 0)]
    [TestCase(LintRules.HalfOptional, """{"A":{"type":"Compose","inputs":"@triggerBody()?['a']['b']"}}""", 1)]
    [TestCase(LintRules.EmptyList, """{"A":{"type":"Compose","inputs":"@if(greater(length(triggerBody()), 0), first(triggerBody())['x'], null)"}}""", 0)]
    [TestCase(LintRules.NullArgument, """{"A":{"type":"Compose","inputs":"@if(empty(triggerBody()?['x']), '', toLower(triggerBody()?['x']))"}}""", 0)]
    [TestCase(LintRules.NullArgument, """{"A":{"type":"Compose","inputs":"@if(parameters('p'), '', toLower(triggerBody()?['x']))"}}""", 1)]
    [TestCase(LintRules.AfterTerminate, """{"G":{"type":"Compose","inputs":1},"T":{"type":"Terminate","inputs":{"runStatus":"Failed"},"runAfter":{"G":["Failed"]}},"A":{"type":"Compose","inputs":1,"runAfter":{"T":["Skipped"]}}}""", 0)]
    [TestCase(LintRules.EmptyList, """{"A":{"type":"Compose","inputs":"@first(triggerBody())['x']"}}""", 1)]
    [TestCase(LintRules.EmptyList, """{"A":{"type":"Compose","inputs":"@first(triggerBody())?['x']"}}""", 0)]
    [TestCase(LintRules.UnorderedAppend, """{"L":{"type":"Foreach","foreach":"@triggerBody()","actions":{"C":{"type":"Compose","inputs":1},"S":{"type":"AppendToArrayVariable","inputs":{"name":"v","value":"@item()"}}}}}""", 1)]
    [TestCase(LintRules.UnorderedAppend, """{"L":{"type":"Foreach","foreach":"@triggerBody()","runtimeConfiguration":{"concurrency":{"repetitions":1}},"actions":{"S":{"type":"AppendToArrayVariable","inputs":{"name":"v","value":"@item()"}}}}}""", 0)]
    [TestCase(LintRules.UnorderedAppend, """{"L":{"type":"Foreach","foreach":"@triggerBody()","operationOptions":"Sequential","actions":{"M":{"type":"Foreach","foreach":"@item()","actions":{"C":{"type":"Compose","inputs":1},"S":{"type":"AppendToArrayVariable","inputs":{"name":"v","value":"@item()"}}}}}}}""", 0)]
    [TestCase(LintRules.UnorderedAppend, """{"L":{"type":"Foreach","foreach":"@triggerBody()","actions":{"M":{"type":"Foreach","foreach":"@item()","actions":{"C":{"type":"Compose","inputs":1},"S":{"type":"AppendToArrayVariable","inputs":{"name":"v","value":"@item()"}}}}}}}""", 1)]
    [TestCase(LintRules.NestedLoop, """{"L":{"type":"Foreach","foreach":"@triggerBody()","actions":{"S":{"type":"Scope","actions":{"M":{"type":"Foreach","foreach":"@item()","actions":{"C":{"type":"Compose","inputs":1}}}}}}}}""", 1)]
    [TestCase(LintRules.RetryOff, """{"A":{"type":"Http","inputs":{"method":"GET","uri":"@parameters('u')","retryPolicy":{"type":"None"}}}}""", 1)]
    [TestCase(LintRules.RetryOff, """{"A":{"type":"Http","inputs":{"method":"GET","uri":"@parameters('u')","retryPolicy":{"type":"None"}}},"C":{"type":"Compose","inputs":1,"runAfter":{"A":["Failed"]}}}""", 0)]
    [TestCase(LintRules.RepeatedChange, """{"A":{"type":"Http","inputs":{"method":"POST","uri":"@parameters('u')"}},"B":{"type":"Http","inputs":{"method":"post","uri":"@parameters('u')"}}}""", 1)]
    [TestCase(LintRules.RepeatedChange, """{"A":{"type":"Http","inputs":{"method":"GET","uri":"@parameters('u')"}}}""", 0)]
    [TestCase(LintRules.OpenSecret, """{"A":{"type":"OpenApiConnection","inputs":{"host":{"apiId":"/providers/Microsoft.PowerApps/apis/shared_keyvault","operationId":"GetSecret"}}}}""", 1)]
    [TestCase(LintRules.OpenSecret, """{"A":{"type":"OpenApiConnection","inputs":{"host":{"apiId":"/providers/Microsoft.PowerApps/apis/shared_keyvault","operationId":"GetSecret"}},"runtimeConfiguration":{"secureData":{"properties":["inputs","outputs"]}}}}""", 0)]
    [TestCase(LintRules.OpenSecret, """{"A":{"type":"OpenApiConnection","inputs":{"host":{"apiId":"/providers/Microsoft.PowerApps/apis/shared_keyvault","operationId":"ListKeys"}}}}""", 0)]
    [TestCase(LintRules.OnlyElse, """{"A":{"type":"If","expression":{"and":[]},"actions":{},"else":{"actions":{"B":{"type":"Compose","inputs":1}}}}}""", 1)]
    [TestCase(LintRules.AppendTextLoop, """{"L":{"type":"Foreach","foreach":"@triggerBody()","actions":{"S":{"type":"AppendToStringVariable","inputs":{"name":"v","value":"@item()"}}}}}""", 1)]
    [TestCase(LintRules.AfterTerminate, """{"A":{"type":"Terminate","inputs":{"runStatus":"Succeeded"}},"B":{"type":"Compose","inputs":1,"runAfter":{"A":["Succeeded"]}}}""", 1)]
    [TestCase(LintRules.BodyOfCompose, """{"A":{"type":"Compose","inputs":1},"B":{"type":"Compose","inputs":"@body('a')","runAfter":{"A":["Succeeded"]}}}""", 1)]
    [TestCase(LintRules.BodyOfCompose, """{"A":{"type":"Select","inputs":{"from":[],"select":1}},"B":{"type":"Compose","inputs":"@body('A')","runAfter":{"A":["Succeeded"]}}}""", 0)]
    public void A_rule_finds_its_habit_and_nothing_else(string code, string actions, int count) =>
        Assert.That(Linter.Check(Documents.Actions(actions), LintSettings.Default).Count(found => found.Code == code), Is.EqualTo(count));

    [Test]
    public void An_unused_parameter_is_found_but_those_of_the_host_are_not()
    {
        var document = Documents.Read("""{"parameters":{"a":{"type":"String"},"$connections":{"type":"Object"}},"triggers":{"m":{"type":"Request"}},"actions":{}}""");
        Assert.That(Linter.Check(document, LintSettings.Default).Select(found => (found.Code, found.Location.Path)), Is.EqualTo(new[] { (LintRules.UnusedParameter, "/parameters/a") }));
    }

    [TestCase("<your key>", DiagnosticSeverity.Information)]
    [TestCase("***", DiagnosticSeverity.Information)]
    [TestCase("xxxx", DiagnosticSeverity.Information)]
    [TestCase("realkey123", DiagnosticSeverity.Error)]
    public void A_secret_that_is_left_to_fill_in_is_information(string key, DiagnosticSeverity severity)
    {
        var document = Documents.Actions("""{"A":{"type":"Http","inputs":{"method":"GET","uri":"@parameters('u')","headers":{"x-api-key":"#"}}}}""".Replace("#", key));

        Assert.That(Linter.Check(document, LintSettings.Default).Single(found => found.Code == LintRules.LiteralSecret).Severity, Is.EqualTo(severity));
    }

    [Test]
    public void Messages_about_secrets_never_show_them()
    {
        var document = Documents.Actions("""{"A":{"type":"Http","inputs":{"method":"GET","uri":"https://api.example/x?sig=S3CR3T","headers":{"x-api-key":"S3CR3T"}}}}""");
        Assert.That(Linter.Check(document, LintSettings.Default).Select(found => found.Message), Has.None.Contains("S3CR3T"));
    }

    [Test]
    public async Task Settings_change_severities_and_silence_places_and_SARIF_holds_the_rest()
    {
        using var shell = new Shell();
        var flow = shell.Flow("""
            {"A":{"type":"Http","description":"flowlint-disable FL0013","inputs":{"method":"GET","uri":"http://one.example/x"}},
             "B":{"type":"Http","inputs":{"method":"GET","uri":"http://two.example/x"}}}
            """);
        shell.File(".flowlint.json", """{"rules":{"FL0001":"off","FL0002":"error"},"ignore":[{"rule":"FL0002","path":"/actions/A"}]}""");
        var sarif = shell.Path("out.sarif");

        var plain = await shell.CallAsync("validate", flow);
        var shown = await shell.CallAsync("validate", flow, "--lint", "--sarif", sarif, "--json");
        var log = FlowValue.Parse(await File.ReadAllTextAsync(sarif));

        Assert.Multiple(() =>
        {
            Assert.That((plain.Exit, shown.Exit), Is.EqualTo((0, 2)), shown.ToString());
            Assert.That(shown.Json["files"][0]["diagnostics"].AsArray.Where(found => found["severity"].AsString == "error").Select(found => found["action"].AsString), Is.EqualTo(new[] { "B" }));
            Assert.That(log["version"].AsString, Is.EqualTo("2.1.0"));
            var first = log["runs"][0]["results"].AsArray.First(result => result["ruleId"].AsString == "FL0002");
            Assert.That(first["level"].AsString, Is.EqualTo("error"));
            Assert.That(first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].AsString, Does.EndWith("flow.json"));
        });
    }

    [Test]
    public async Task Settings_are_found_in_folders_whose_names_look_like_marks_of_packages()
    {
        using var shell = new Shell();
        shell.Flow("""{"A":{"type":"Http","inputs":{"method":"GET","uri":"http://one.example/x"}}}""");
        var flow = shell.File("c#/odd!/flow.json", await File.ReadAllTextAsync(shell.Path("flow.json")));
        shell.File("c#/odd!/.flowlint.json", """{"rules":{"FL0002":"error"}}""");

        var shown = await shell.CallAsync("validate", flow, "--lint");

        Assert.That(shown.Exit, Is.EqualTo(2), shown.ToString());
    }

    [Test]
    public async Task Settings_that_make_no_sense_are_told()
    {
        using var shell = new Shell();
        var flow = shell.Flow();
        shell.File(".flowlint.json", """{"rules":{"FL9999":"off"}}""");
        var shown = await shell.CallAsync("validate", flow, "--lint");
        Assert.That((shown.Exit, shown.Error), Is.EqualTo((2, $"flow: {shell.Path(".flowlint.json")}: There is no rule 'FL9999'.\n")));
    }

    [Test]
    public void Every_rule_has_its_row_in_the_page()
    {
        var page = Repository.Text("docs/lint.md");
        Assert.That(LintRules.All.Where(rule => !page.Contains($"| {rule.Code} | {rule.Severity.ToString().ToLowerInvariant()} | {rule.Summary} {rule.Advice} |", StringComparison.Ordinal)).Select(rule => rule.Code), Is.Empty);
    }
}
