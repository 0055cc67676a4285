namespace FlowEngine.Testing;

/// <summary>A request that a mock in code looks at: see <see cref="HttpMockBuilder.Where"/> and <see cref="HttpMockBuilder.Answers"/>.</summary>
public sealed class MockedRequest
{
    private readonly MockRequest _request;

    internal MockedRequest(MockRequest request) => _request = request;

    /// <summary>The method.</summary>
    public string Method => _request.Method;

    /// <summary>The whole address, as it goes over the wire.</summary>
    public Uri Uri => new(_request.Uri);

    /// <summary>The body as text; empty where there is none.</summary>
    public string BodyText => _request.BodyText;

    /// <summary>The body as JSON, whatever its type says; its text where it is none, null where there is no body.</summary>
    public FlowValue Body => _request.BodyJson ?? (_request.BodyText.Length == 0 ? default : FlowValue.String(_request.BodyText));

    /// <summary>The value of a header, names ignoring case; null where there is none.</summary>
    public string? Header(string name) => _request.Header(name);

    /// <summary>The value of a query parameter, decoded; null where there is none.</summary>
    public string? Query(string name) => _request.QueryValues(name) is [var first, ..] ? first : null;
}
