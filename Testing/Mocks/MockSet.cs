using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>The entries of a mocks file: what answers requests and actions in place of the world outside.</summary>
/// <remarks>Immutable; whose turn it is belongs to the handler and the interceptor that are made from it, one of each a run.</remarks>
public sealed class MockSet
{
    internal MockSet(IReadOnlyList<HttpMock> http, IReadOnlyList<ActionMock> actions)
    {
        Http = http;
        Actions = actions;
    }

    /// <summary>Entries that answer HTTP requests, in file order.</summary>
    internal IReadOnlyList<HttpMock> Http { get; }

    /// <summary>Entries that answer in place of actions, in file order.</summary>
    internal IReadOnlyList<ActionMock> Actions { get; }

    /// <summary>No entries: every request fails.</summary>
    public static MockSet Empty { get; } = new([], []);

    /// <summary>Whether JSON looks like mocks: entries, or mappings of WireMock or WireMock.Net.</summary>
    public static bool IsOne(FlowValue root) => MockFolder.IsMocks(root);

    /// <summary>Reads a mocks file and the body files beside it, or a folder of them; mapping files of WireMock and WireMock.Net too.</summary>
    /// <exception cref="MockFormatException">A file or one of its body files can't be read, or an entry makes no sense; all faults are listed.</exception>
    public static MockSet Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return MockFolder.Load(path);
    }

    /// <summary>Reads the text of a mocks file.</summary>
    /// <param name="json">A JSON array of entries, or mappings of WireMock.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="folder">Where <c>bodyFile</c>s are; null where there are none.</param>
    /// <exception cref="MockFormatException">An entry makes no sense; all faults are listed.</exception>
    public static MockSet Parse(string json, string file = "mocks.json", string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return MockDocument.Parse(json, file, (faults, root) => MockFolder.Read(faults, folder, root).ToMocks());
    }
}

/// <summary>A mocks file that can't be used.</summary>
/// <param name="diagnostics">All its faults, in file order.</param>
public sealed class MockFormatException(IReadOnlyList<Diagnostic> diagnostics) : Exception(string.Join('\n', diagnostics))
{
    /// <summary>All faults, in file order.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;
}
