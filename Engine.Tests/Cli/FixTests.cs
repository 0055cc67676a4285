using System.Text;

namespace FlowEngine.Tests;

/// <summary><c>flow validate --fix</c>: files, exit codes and what is said.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FixTests : IDisposable
{
    private const string Form = """{ "call": { "method": "GET", "uri": "https://a.test" } }""";

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Test]
    public async Task Files_are_written_and_then_validated()
    {
        var (first, second) = (_shell.Flow(Form), _shell.Flow(Form, name: "second.json"));
        var standard = _shell.Flow(name: "standard.json");

        var shown = await _shell.CallAsync("validate", "--fix", "--strict", first, second, standard);

        Assert.That(shown.Exit, Is.Zero, shown.Out);
        Assert.That(shown.Out, Is.EqualTo($"fixed {first}\nfixed {second}\n3 files: 0 errors, 0 warnings\n"));
        Assert.That(await File.ReadAllTextAsync(first), Does.Contain("\"type\": \"Http\""));
        Assert.That(Directory.GetFiles(_shell.Path("")), Has.Length.EqualTo(3), "nothing else is left behind");
    }

    [Test]
    public async Task A_second_time_changes_nothing()
    {
        var file = _shell.Flow(Form);
        await _shell.CallAsync("validate", "--fix", file);
        var text = await File.ReadAllTextAsync(file);

        var shown = await _shell.CallAsync("validate", "--fix", file);

        Assert.That(shown.Out, Does.Not.Contain("fixed"));
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo(text));
    }

    [Test]
    public async Task What_is_left_is_told_and_strictly_an_error()
    {
        var file = _shell.Flow("""{ "call": { "method": "GET", "uri": "https://a.test" }, "c": { "type": "Compose", "inputs": "@sum(1, coalesce(triggerBody()['n'], 2))" } }""");

        var shown = await _shell.CallAsync("validate", "--fix", "--strict", "--json", file);

        Assert.That(shown.Exit, Is.EqualTo(2));
        Assert.That(
            shown.Json["files"][0]["diagnostics"].AsArray.Select(diagnostic => (diagnostic["code"].AsString, diagnostic["severity"].AsString)),
            Is.EquivalentTo(new[] { ("FE3004", "error"), ("FE6013", "information") }));
    }

    [TestCase("{ \"actions\": ")]
    [TestCase("not JSON")]
    public async Task A_file_that_cannot_be_read_is_left_alone(string text)
    {
        var file = _shell.File("broken.json", text);

        Assert.That((await _shell.CallAsync("validate", "--fix", file)).Exit, Is.EqualTo(2));
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo(text));
    }

    [Test]
    public async Task Where_one_file_is_refused_none_is_written()
    {
        var (good, folder, archive) = (_shell.Flow(Form), _shell.Path("folder"), _shell.File("flows.zip", "PK\u0003\u0004"));
        Directory.CreateDirectory(folder);
        var before = await File.ReadAllTextAsync(good);
        foreach (var (path, why) in new[] { (folder, "is a folder"), (archive, "is an archive"), (_shell.Path("none.json"), "there is no file") })
        {
            var shown = await _shell.CallAsync("validate", "--fix", good, path);

            Assert.That((shown.Exit, shown.Error), Is.EqualTo((1, shown.Error)));
            Assert.That(shown.Error, Does.Contain(why));
            Assert.That(await File.ReadAllTextAsync(good), Is.EqualTo(before));
        }
    }

    [Test]
    public async Task Encoding_and_byte_order_mark_stay()
    {
        byte[] text = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("""{"triggers":{"m":{"type":"Request"}},"actions":{"ä":{"x":"ö"}}}""")];
        var file = _shell.File("utf16.json", text);

        await _shell.CallAsync("validate", "--fix", file);

        var bytes = await File.ReadAllBytesAsync(file);
        Assert.That(bytes[..2], Is.EqualTo(new byte[] { 0xFF, 0xFE }));
        Assert.That(Encoding.Unicode.GetString(bytes[2..]), Does.Contain("\"ä\":{\"type\":\"Compose\""));
    }

    [Test]
    public async Task The_fixed_file_runs_as_before()
    {
        var file = _shell.Flow("""{ "a": { "n": "@{add(1, 2)}", "m": "@{variables('n')}" }, "b": { "actions": { "c": { "type": "Compose", "inputs": "@outputs('a')?['m']" } } } }""");
        var before = await _shell.CallAsync("run", file, "--json", "--seed", "1", "--virtual-time", "--now", "2026-01-31T08:00:00Z");

        await _shell.CallAsync("validate", "--fix", file);

        var after = await _shell.CallAsync("run", file, "--json", "--strict", "--seed", "1", "--virtual-time", "--now", "2026-01-31T08:00:00Z");
        Assert.That(after.Out, Is.EqualTo(before.Out));
        Assert.That(after.Json["actions"]["c"]["outputs"].AsString, Is.EqualTo("3"));
    }
}
