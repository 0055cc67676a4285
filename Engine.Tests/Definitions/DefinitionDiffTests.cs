using FlowEngine.Definitions;

namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class DefinitionDiffTests
{
    private const string Before = """
        {
          "Get": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.example/a", "queries": { "n": 1 } } },
          "Try": { "type": "Scope", "actions": { "Inner": { "type": "Compose", "inputs": "@add(1, 2)" } }, "runAfter": { "Get": [ "Succeeded" ] } },
          "Last": { "type": "Compose", "inputs": "@body('Get')", "runAfter": { "Try": [ "Failed", "TimedOut" ] } }
        }
        """;

    [TestCase("""{"Try":{"runAfter":{"Get":["SUCCEEDED"]},"type":"scope","actions":{"Inner":{"inputs":"@ADD(1,2)","type":"compose"}}},"Last":{"type":"Compose","inputs":"@{body('Get')}","runAfter":{"Try":["TimedOut","Failed"]}},"Get":{"type":"Http","inputs":{"queries":{"n":1.0},"uri":"https://api.example/a","method":"GET"}}}""",
        "changed action Last /inputs", TestName = "Order, spacing and the case of types, functions and statuses are no difference; text around an expression is one")]
    [TestCase("""{"Fetch":{"type":"Http","inputs":{"method":"GET","uri":"https://api.example/a","queries":{"n":1}}},"Try":{"type":"Scope","actions":{"Inner":{"type":"Compose","inputs":"@add(1, 2)"}},"runAfter":{"Fetch":["Succeeded"]}},"Last":{"type":"Compose","inputs":"@body('Fetch')","runAfter":{"Try":["Failed","TimedOut"]}}}""",
        "renamed action Fetch, was Get", TestName = "A new name is one difference, whatever refers to it")]
    [TestCase("""{"Get":{"type":"Http","inputs":{"method":"GET","uri":"https://api.example/b","queries":{"n":1}}},"Inner":{"type":"Compose","inputs":"@add(1, 2)","runAfter":{"Get":["Succeeded"]}},"Last":{"type":"Compose","inputs":"@body('Get')","runAfter":{"Get":["Succeeded"]}}}""",
        "changed action Get /inputs/uri|removed action Try|moved action Inner /runAfter, was Try|changed action Last /runAfter/Try /runAfter/Get", TestName = "An action that left its scope has moved")]
    [TestCase("""{"Get":{"type":"Http","inputs":{"method":"GET","uri":"https://api.example/a","queries":{}}},"Try":{"type":"Scope","actions":{"Inner":{"type":"Compose","inputs":"@add(1, 2)"},"New":{"type":"Compose","inputs":1}},"runAfter":{"Get":["Succeeded"]}},"Last":{"type":"Compose","inputs":"@body('Get')","runAfter":{"Try":["Failed","TimedOut"]}}}""",
        "changed action Get /inputs/queries/n|added action New", TestName = "A new action and a member that is gone")]
    public void Differences_are_those_of_meaning(string after, string expected) => Assert.That(Compare(Documents.Actions(Before), Documents.Actions(after)), Is.EqualTo(expected.Split('|')));

    [TestCase(20, ChangeKind.Renamed)]
    [TestCase(600, ChangeKind.Removed)]
    public void New_names_are_looked_for_among_as_many_actions_as_a_flow_may_have(int count, ChangeKind first)
    {
        WorkflowDocument Flow(string prefix) => Documents.Actions("{" + string.Join(',', Enumerable.Range(0, count).Select(i => $$""" "{{prefix}}{{i}}":{"type":"Compose","inputs":{{i}}}""")) + "}");
        Assert.That(DefinitionDiff.Compare(Flow("A"), Flow("B"))[0].Kind, Is.EqualTo(first));
    }

    [Test]
    public void A_condition_tells_its_sides_apart()
    {
        var before = Documents.Actions("""{"If":{"type":"If","expression":"@true","actions":{"A":{"type":"Compose","inputs":1}},"else":{"actions":{}}}}""");
        var after = Documents.Actions("""{"If":{"type":"If","expression":"@true","actions":{},"else":{"actions":{"A":{"type":"Compose","inputs":1}}}}}""");
        var moved = DefinitionDiff.Compare(before, after).Single();
        Assert.That((moved.Kind, moved.Name, moved.From, moved.Container), Is.EqualTo((ChangeKind.Moved, "A", "If/actions", "If/else")));
    }

    [Test]
    public void Parts_outside_the_actions_are_compared_and_secrets_never_shown()
    {
        var before = Documents.Read("""{"parameters":{"key":{"type":"SecureString","defaultValue":"S3CR3T"},"n":{"type":"Int","defaultValue":1}},"triggers":{"a":{"type":"Request"}},"actions":{},"outputs":{"o":{"type":"String","value":"x"}}}""");
        var after = Documents.Read("""{"parameters":{"key":{"type":"SecureString","defaultValue":"0THER"},"n":{"type":"Int","defaultValue":2}},"triggers":{"b":{"type":"Request"}},"actions":{},"contentVersion":"1.0.0.0"}""");
        var changes = DefinitionDiff.Compare(before, after);
        Assert.Multiple(() =>
        {
            Assert.That(Lines(changes), Is.EqualTo(new[] { "changed definition  /contentVersion", "changed parameter key /defaultValue", "changed parameter n /defaultValue", "renamed trigger b, was a", "removed output o" }));
            Assert.That(changes.SelectMany(change => change.Members).SelectMany(member => new[] { member.Before.ToJson(), member.After.ToJson() }), Has.None.Contains("S3CR3T").And.None.Contains("0THER"));
        });
    }

    [Test]
    public async Task The_command_prints_lines_or_JSON_and_fails_where_it_is_told_to()
    {
        using var shell = new Shell();
        var before = shell.Flow("""{"A":{"type":"Compose","inputs":1}}""", name: "a.json");
        var after = shell.Flow("""{"A":{"type":"Compose","inputs":2},"B":{"type":"Wait","inputs":{"interval":{"count":1,"unit":"Day"}}}}""", name: "b.json");

        var shown = await shell.CallAsync("diff", before, after);
        var json = await shell.CallAsync("diff", before, after, "--json", "--check");
        var same = await shell.CallAsync("diff", before, before, "--check");

        Assert.Multiple(() =>
        {
            Assert.That((shown.Exit, json.Exit, same.Exit), Is.EqualTo((0, 2, 0)), shown.ToString());
            Assert.That(shown.Out, Is.EqualTo("~ action A (Compose)\n    /inputs: 1 -> 2\n+ action B (Wait)\n"));
            Assert.That(json.Json["equal"].AsBoolean, Is.False);
            Assert.That(json.Json["changes"][0], Is.EqualTo(FlowValue.Parse("""{"kind":"changed","subject":"action","name":"A","type":"Compose","members":[{"path":"/inputs","before":1,"after":2}]}""")));
            Assert.That(same.Out, Is.Empty);
        });
    }

    private static IEnumerable<string> Compare(WorkflowDocument before, WorkflowDocument after) => Lines(DefinitionDiff.Compare(before, after));

    private static IEnumerable<string> Lines(IEnumerable<DefinitionChange> changes) => changes.Select(change =>
        $"{change.Kind.ToString().ToLowerInvariant()} {change.Subject} {change.Name}{string.Concat(change.Members.Select(member => " " + member.Path))}{(change.From is null ? "" : $", was {change.From}")}");
}
