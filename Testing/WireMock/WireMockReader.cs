using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Reads files of stub mappings, WireMock's and WireMock.Net's: one stub, an array of them, or <c>{"mappings": […]}</c>.</summary>
internal sealed class WireMockReader(DiagnosticBag faults, string? folder)
{
    private static readonly string[] FileMembers = ["mappings", "meta", "importOptions"];

    private readonly MockMembers _members = new(faults);

    /// <summary>Whether a file is one of stub mappings, and none of ours.</summary>
    public static bool IsOne(FlowValue root) => root.AsArrayOrNull is { Count: > 0 } list
        ? list.Any(IsStub)
        : IsStub(root) || root["mappings"].AsArrayOrNull is not null;

    /// <summary>The stubs in the order of the file.</summary>
    public IReadOnlyList<WireMockStub> Read(FlowValue root)
    {
        if (IsStub(root)) return [.. new[] { ReadStub(root, string.Empty) }.OfType<WireMockStub>()];
        var (stubs, at) = (root, string.Empty);
        if (root.IsObject)
        {
            if (!_members.IsObject(root, string.Empty, "a file of mappings", FileMembers)) return [];
            (stubs, at) = (root["mappings"], "/mappings");
        }

        return [.. stubs.AsArray.Select((stub, i) => ReadStub(stub, JsonPointer.Append(at, i))).OfType<WireMockStub>()];
    }

    private static bool IsStub(FlowValue value) => WireMockStubReader.IsOne(value) || WireMockNetStubReader.IsOne(value);

    private WireMockStub? ReadStub(FlowValue stub, string at) =>
        WireMockNetStubReader.IsOne(stub) ? new WireMockNetStubReader(faults, folder).Read(stub, at) : new WireMockStubReader(faults, folder).Read(stub, at);
}
