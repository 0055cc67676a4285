using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Reads the <c>mocks</c> of tests: entries, the path of a file or folder of them, or both in turn (<c>{"file": "mocks.json"}</c>).</summary>
/// <remarks>One for a test file: what it names is read once, however many tests name it.</remarks>
internal sealed class TestMocksReader(string folder)
{
    private static readonly string[] FileEntryMembers = ["file"];

    private readonly Dictionary<string, (MockSet Mocks, IReadOnlyList<Diagnostic> Faults)> _files = new(StringComparer.Ordinal);

    public MockSet Read(FlowValue mocks, string at, DiagnosticBag faults)
    {
        if (mocks.AsStringOrNull is { } file) return ReadFile(file, at, faults);
        var members = new MockMembers(faults);
        if (mocks.AsArrayOrNull is not { } list)
        {
            members.Wrong("'mocks'", "an array of entries, or the path of a file or folder of them", mocks, at);
            return MockSet.Empty;
        }

        var http = new List<HttpMock>();
        var actions = new List<ActionMock>();
        var entries = new MockReader(faults, folder);
        var fromFiles = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < list.Count; i++)
        {
            var pointer = JsonPointer.Append(at, i);
            if (!list[i].TryGetMember("file", out _))
            {
                entries.ReadEntry(list[i], pointer, http, actions);
                continue;
            }

            if (!members.IsObject(list[i], pointer, "an entry with 'file'", FileEntryMembers) || members.Text(list[i], "file", pointer) is not { } name) continue;
            var read = ReadFile(name, JsonPointer.Append(pointer, "file"), faults);
            http.AddRange(read.Http);
            actions.AddRange(read.Actions);
            fromFiles.UnionWith(read.Actions.Select(mock => mock.Action).OfType<string>());
        }

        Named.AddRange(actions.Select(mock => mock.Action).OfType<string>().Except(fromFiles));
        return new MockSet(http, actions);
    }

    /// <summary>The actions that entries name which stand in tests, not in files that other flows may share.</summary>
    public List<string> Named { get; } = [];

    // Each fault is told where the test names the file, with its own place in the words.
    private MockSet ReadFile(string name, string at, DiagnosticBag faults)
    {
        if (!_files.TryGetValue(name, out var read)) _files[name] = read = Load(name);
        foreach (var fault in read.Faults) faults.Error(fault.Code, $"The mocks '{name}' can't be used: {fault}", at);
        return read.Mocks;
    }

    private (MockSet Mocks, IReadOnlyList<Diagnostic> Faults) Load(string name)
    {
        try
        {
            return (MockSet.Load(Path.Combine(folder, name)), []);
        }
        catch (MockFormatException e)
        {
            return (MockSet.Empty, e.Diagnostics);
        }
    }
}
