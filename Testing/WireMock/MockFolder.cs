using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Reads mocks from a file or from all <c>*.json</c> files in a folder and below: our own and WireMock's mappings.</summary>
internal static class MockFolder
{
    // Links are not followed: they may lead round in a circle or out of the folder.
    private static readonly EnumerationOptions Children = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint };

    /// <summary>Reads a file, or all files of a folder.</summary>
    /// <exception cref="MockFormatException">A file can't be read or makes no sense; the faults of all files are listed.</exception>
    public static MockSet Load(string path)
    {
        var files = Directory.Exists(path) ? FilesIn(path).ToList() : [path];
        if (files.Count == 0) throw Nothing(path);
        var read = new List<Content>();
        var faults = new List<Diagnostic>();
        foreach (var file in files)
        {
            try
            {
                read.Add(MockDocument.Load(file, (bag, folder, root) => Read(bag, folder, root)));
            }
            catch (MockFormatException e)
            {
                faults.AddRange(e.Diagnostics);
            }
        }

        if (faults.Count > 0) throw new MockFormatException(faults);
        var own = read.Select(content => content.Own).OfType<MockSet>().ToList();
        return new MockSet([.. own.SelectMany(mocks => mocks.Http), .. WireMockStub.InOrder(read.SelectMany(content => content.Stubs))], [.. own.SelectMany(mocks => mocks.Actions)]);
    }

    /// <summary>What a file has, of either kind.</summary>
    public static Content Read(DiagnosticBag faults, string? folder, FlowValue root) => WireMockReader.IsOne(root)
        ? new Content(null, new WireMockReader(faults, folder).Read(root))
        : new Content(new MockReader(faults, folder).Read(root), []);

    /// <summary>Whether a file is one of mocks; stricter than the choice between the two kinds, for it is asked of any file.</summary>
    public static bool IsMocks(FlowValue root)
    {
        if (root["mappings"].AsArrayOrNull is { } mappings) root = mappings;
        return root.AsArrayOrNull is { } list ? list.Any(IsEntry) : IsMapping(root);
    }

    private static bool IsEntry(FlowValue entry) => IsMapping(entry) || (entry.AsObjectOrNull is { } o && (o.Contains("respond") || o.Contains("callback")));

    private static bool IsMapping(FlowValue stub) => stub["request"].IsObject && stub["response"].IsObject;

    // Folders and files by name; bodies are no mappings.
    private static IEnumerable<string> FilesIn(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", Children).Order(StringComparer.Ordinal)) yield return file;
        foreach (var below in Directory.EnumerateDirectories(folder, "*", Children).Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(below) == WireMockBodyFiles.Folder) continue;
            foreach (var file in FilesIn(below)) yield return file;
        }
    }

    private static MockFormatException Nothing(string folder) =>
        new([new Diagnostic(DiagnosticCodes.Unreadable, DiagnosticSeverity.Error, "The folder has no *.json file of mocks.", new SourceLocation(folder, 1, 1, 1, string.Empty))]);

    /// <summary>The content of a file.</summary>
    /// <param name="Own">Entries of our form; null where it has mappings.</param>
    /// <param name="Stubs">Mappings, in the order of the file.</param>
    internal sealed record Content(MockSet? Own, IReadOnlyList<WireMockStub> Stubs)
    {
        public MockSet ToMocks() => Own ?? new MockSet([.. WireMockStub.InOrder(Stubs)], []);
    }
}
