namespace FlowEngine.Testing;

/// <summary>A stub of WireMock or WireMock.Net as an entry that answers requests.</summary>
/// <param name="Mock">The entry.</param>
/// <param name="Priority">The lowest number answers first; of the same number the stub that was read last.</param>
internal sealed record WireMockStub(HttpMock Mock, int Priority)
{
    /// <summary>In the order in which they answer.</summary>
    public static IEnumerable<HttpMock> InOrder(IEnumerable<WireMockStub> stubs) => stubs.Reverse().OrderBy(stub => stub.Priority).Select(stub => stub.Mock);
}
