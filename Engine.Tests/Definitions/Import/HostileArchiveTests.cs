using System.IO.Compression;
using FlowEngine.Definitions;

namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class HostileArchiveTests
{
    private const string Flow = """{"triggers":{"manual":{"type":"Request","kind":"Http","inputs":{}}},"actions":{}}""";

    [TestCase("../flow.json")]
    [TestCase("a/../../flow.json")]
    [TestCase("..\\..\\flow.json")]
    [TestCase("/etc/flow.json")]
    [TestCase("C:/flow.json")]
    [TestCase("C:\\flow.json")]
    [TestCase("a//flow.json")]
    [TestCase("./flow.json")]
    [TestCase("a\u0001.json")]
    public async Task A_path_that_leaves_the_archive_is_refused(string name) => Assert.That(await CodeOfAsync(Zip.Of((name, Flow))), Is.EqualTo(DiagnosticCodes.ArchiveEntryName));

    [Test]
    public async Task Names_that_differ_by_case_only_are_refused() => Assert.That(await CodeOfAsync(Zip.Of(("flow.json", Flow), ("FLOW.json", Flow))), Is.EqualTo(DiagnosticCodes.ArchiveDuplicate));

    [Test]
    public async Task Too_many_entries_are_refused() =>
        Assert.That(await CodeOfAsync(Zip.Of([.. Enumerable.Range(0, 2_001).Select(number => ($"{number}.txt", ""))])), Is.EqualTo(DiagnosticCodes.ArchiveTooManyEntries));

    [Test]
    public async Task Entries_of_archives_inside_count_too()
    {
        var inside = Zip.Of([.. Enumerable.Range(0, 1_500).Select(number => ($"{number}.txt", ""))]);
        Assert.That(await CodeOfAsync(Zip.OfBytes(("a.zip", inside), ("b.zip", inside))), Is.EqualTo(DiagnosticCodes.ArchiveTooManyEntries));
    }

    [Test]
    public async Task A_bomb_is_stopped_by_its_ratio() => Assert.That(await CodeOfAsync(Zip.OfBytes(("flow.json", new byte[8 * 1024 * 1024]))), Is.EqualTo(DiagnosticCodes.ArchiveRatio));

    [Test]
    public async Task Entries_that_unfold_to_too_much_are_refused()
    {
        // Half noise: the ratio is that of honest files.
        var content = new byte[9 * 1024 * 1024];
        new Random(1).NextBytes(content.AsSpan(0, 3 * 1024 * 1024));
        Assert.That(await CodeOfAsync(Zip.OfBytes([.. Enumerable.Range(0, 6).Select(number => ($"{number}.json", content))])), Is.EqualTo(DiagnosticCodes.ArchiveTooLarge));
    }

    [Test]
    public async Task A_link_is_refused()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            var entry = archive.CreateEntry("flow.json");
            entry.ExternalAttributes = 0xA1FF << 16;
            using var content = entry.Open();
            content.Write("/etc/passwd"u8);
        }

        Assert.That(await CodeOfAsync(stream.ToArray()), Is.EqualTo(DiagnosticCodes.ArchiveLink));
    }

    [Test]
    public async Task An_encrypted_entry_is_refused()
    {
        var archive = Zip.Of(("flow.json", Flow));
        archive[6] |= 1; // The flag in the entry's own header and in the directory.
        archive[archive.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;
        Assert.That(await CodeOfAsync(archive), Is.EqualTo(DiagnosticCodes.ArchiveEncrypted).Or.EqualTo(DiagnosticCodes.ArchiveDamaged));
    }

    [Test]
    public async Task Entities_in_the_XML_of_a_solution_are_refused()
    {
        const string Bomb = """<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><ImportExportXml><Workflows>&b;</Workflows></ImportExportXml>""";
        Assert.That(await CodeOfAsync(Zip.Of(("solution.xml", "<ImportExportXml/>"), ("customizations.xml", Bomb), ("Workflows/a.json", Flow))), Is.EqualTo(DiagnosticCodes.PackageXml));
    }

    [Test]
    public async Task An_archive_two_levels_deep_is_not_opened()
    {
        var inner = Zip.Of(("flow.json", Flow));
        Assert.That(await CodeOfAsync(Zip.OfBytes(("a.zip", Zip.OfBytes(("b.zip", inner))))), Is.EqualTo(DiagnosticCodes.PackageWithoutFlow));
    }

    [Test]
    public async Task An_archive_without_a_flow_says_so() => Assert.That(await CodeOfAsync(Zip.Of(("readme.txt", "nothing"))), Is.EqualTo(DiagnosticCodes.PackageWithoutFlow));

    [Test]
    public async Task Damaged_archives_give_a_diagnostic_each_time()
    {
        var whole = Zip.Of(("manifest.json", "{}"), ("Microsoft.Flow/flows/1/definition.json", Flow));
        var chance = new Random(7);
        for (var i = 0; i < 300; i++)
        {
            var broken = i % 3 == 0 ? whole[..chance.Next(4, whole.Length)] : (byte[])whole.Clone();
            if (i % 3 != 0) broken[chance.Next(4, broken.Length)] ^= (byte)chance.Next(1, 256);
            var code = await CodeOfAsync(broken);
            Assert.That(code, Is.Null.Or.StartWith("FE"), $"archive {i}");
        }
    }

    // Through the command, as a user meets it: no exception, exit code 2, one diagnostic.
    private static async Task<string?> CodeOfAsync(byte[] archive)
    {
        using var shell = new Shell();
        var shown = await shell.CallAsync("validate", shell.File("export.zip", archive), "--json");
        Assert.That(shown.Error, Is.Empty);
        var code = shown.Json["files"][0]["diagnostics"][0]["code"].AsStringOrNull;
        Assert.That(shown.Exit, Is.EqualTo(shown.Json["errors"].AsInteger > 0 ? 2 : 0));
        return shown.Exit == 0 ? null : code;
    }
}
