namespace FlowEngine.Testing;

/// <summary>A mock of HTTP requests: which ones, what answers them, how often it must.</summary>
/// <remarks>Builds an entry of the mocks format, so that code and mocks files mean the same. Addresses and header values may hold <c>*</c>.</remarks>
public sealed class HttpMockBuilder
{
    private readonly FlowObjectBuilder _match = new();
    private readonly FlowObjectBuilder _headers = new();
    private readonly FlowObjectBuilder _queries = new();
    private readonly List<RequestCondition> _conditions = [];
    private Func<MockedRequest, MockResponse>? _answer;
    private readonly List<FlowValue> _responses = [];
    private FlowValue _calls;

    /// <summary>How often it must answer; null where that doesn't matter.</summary>
    internal Times? Expected { get; private set; }

    /// <summary>A GET of that address.</summary>
    public HttpMockBuilder Get(string uri) => Request("GET", uri);

    /// <summary>A POST to that address.</summary>
    public HttpMockBuilder Post(string uri) => Request("POST", uri);

    /// <summary>A PUT to that address.</summary>
    public HttpMockBuilder Put(string uri) => Request("PUT", uri);

    /// <summary>A PATCH of that address.</summary>
    public HttpMockBuilder Patch(string uri) => Request("PATCH", uri);

    /// <summary>A DELETE of that address.</summary>
    public HttpMockBuilder Delete(string uri) => Request("DELETE", uri);

    /// <summary>Any method to that address.</summary>
    public HttpMockBuilder To(string uri)
    {
        _match.Set("uri", FlowValue.String(uri));
        return this;
    }

    /// <summary>A method and an address.</summary>
    public HttpMockBuilder Request(string method, string uri)
    {
        _match.Set("method", FlowValue.String(method));
        return To(uri);
    }

    /// <summary>Only requests of that action, retries and tokens included.</summary>
    public HttpMockBuilder FromAction(string action)
    {
        _match.Set("action", FlowValue.String(action));
        return this;
    }

    /// <summary>Any of these methods.</summary>
    public HttpMockBuilder Methods(params string[] methods)
    {
        ArgumentNullException.ThrowIfNull(methods);
        _match.Set("method", FlowArray.Create(methods.Select(FlowValue.String)));
        return this;
    }

    /// <summary>Only with that query parameter, whatever its place; without a value, whatever it is.</summary>
    public HttpMockBuilder WithQuery(string name, string value = "*")
    {
        _queries.Set(name, FlowValue.String(value));
        return this;
    }

    /// <summary>Only requests for which this is true. What it throws fails the action.</summary>
    /// <param name="fits">Looks at the request.</param>
    /// <param name="what">What messages call it where a request does not fit.</param>
    public HttpMockBuilder Where(Func<MockedRequest, bool> fits, string what = "the condition of the test")
    {
        ArgumentNullException.ThrowIfNull(fits);
        _conditions.Add(new RequestCondition(false, request => Fits(fits, request, what)));
        return this;
    }

    /// <summary>Makes the answer of each request: <c>request => MockResponse.Of(200, request.Body)</c>. What it throws fails the action.</summary>
    public HttpMockBuilder Answers(Func<MockedRequest, MockResponse> answer)
    {
        _answer = answer;
        return this;
    }

    /// <summary>Only with that header; names ignore case.</summary>
    public HttpMockBuilder WithHeader(string name, string value)
    {
        _headers.Set(name, FlowValue.String(value));
        return this;
    }

    /// <summary>Only with a body that has these members; an array is compared element by element, a text may hold <c>*</c>.</summary>
    public HttpMockBuilder WithBody(FlowValue body)
    {
        _match.Set("body", body);
        return this;
    }

    /// <summary>Only with a body that has the members of this JSON text.</summary>
    public HttpMockBuilder WithBodyJson(string json) => WithBody(FlowValue.Parse(json));

    /// <summary>Only the calls of these numbers, from 1, of those that fit; retries count. Put it before the mock that answers the others.</summary>
    public HttpMockBuilder OnCall(params int[] numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        _calls = FlowArray.Create(numbers.Select(number => FlowValue.Integer(number)));
        return this;
    }

    /// <summary>Answers with these statuses, one after the other, without bodies; the last one repeats unless another answer follows.</summary>
    public HttpMockBuilder ReturnsInTurn(params int[] statuses)
    {
        ArgumentNullException.ThrowIfNull(statuses);
        foreach (var status in statuses) Returns(status);
        return this;
    }

    /// <summary>Answers with a status and no body.</summary>
    public HttpMockBuilder Returns(int status) => Answer(new FlowObjectBuilder().Add("status", status));

    /// <summary>Answers with a status and a body: a text as it stands, all else as JSON.</summary>
    public HttpMockBuilder Returns(int status, FlowValue body) => Answer(new FlowObjectBuilder().Add("status", status).Add("body", body));

    /// <summary>Answers with a status and this text as the body, as <c>text/plain</c> unless a header says otherwise.</summary>
    public HttpMockBuilder ReturnsText(int status, string text) => Returns(status, FlowValue.String(text));

    /// <summary>Answers with a status and this JSON text as the body.</summary>
    public HttpMockBuilder ReturnsJson(int status, string json) => Returns(status, FlowValue.Parse(json));

    /// <summary>Answers with a status and a file's content: JSON where its name ends in <c>.json</c>, else text. A path from the current folder, or from that of the test's program.</summary>
    public HttpMockBuilder ReturnsFile(int status, string file)
    {
        var text = File.ReadAllText(TestFile.Find(file));
        return Returns(status, Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase) ? FlowValue.Parse(text) : FlowValue.String(text));
    }

    /// <summary>The next request gets a status and no body.</summary>
    public HttpMockBuilder Then(int status) => Returns(status);

    /// <summary>The next request gets a status and a body.</summary>
    public HttpMockBuilder Then(int status, FlowValue body) => Returns(status, body);

    /// <summary>The next request gets a status and this JSON text as the body.</summary>
    public HttpMockBuilder ThenJson(int status, string json) => ReturnsJson(status, json);

    /// <summary>Gives the last answer a header.</summary>
    public HttpMockBuilder Header(string name, string value) => ChangeLast(last =>
    {
        var headers = last["headers"].AsObjectOrNull?.ToBuilder() ?? new FlowObjectBuilder();
        return last.AsObject.ToBuilder().Set("headers", headers.Set(name, FlowValue.String(value)).ToValue());
    });

    /// <summary>Makes the last answer come only after that time on the run's clock, an ISO 8601 duration.</summary>
    public HttpMockBuilder After(string delay) => ChangeLast(last => last.AsObject.ToBuilder().Set("delay", FlowValue.String(delay)));

    /// <summary>Answers 200 with a body that says that it is JSON and breaks off in the middle.</summary>
    public HttpMockBuilder ReturnsMalformed() => Fails(MockFault.Malformed);

    /// <summary>Something happens in place of an answer.</summary>
    public HttpMockBuilder Fails(MockFault fault) => Answer(new FlowObjectBuilder().Add("fault", FlowValue.String(fault.ToString())));

    /// <summary>The test fails unless it answers so often.</summary>
    public HttpMockBuilder Verifiable(Times times)
    {
        Expected = times;
        return this;
    }

    /// <summary>The test fails unless it answers once or more.</summary>
    public HttpMockBuilder Verifiable() => Verifiable(Times.AtLeastOnce);

    /// <summary>As an entry of the mocks format; without an answer it is an empty 200.</summary>
    internal FlowValue ToEntry()
    {
        if (_headers.Count > 0) _match.Set("headers", _headers.ToValue());
        if (_queries.Count > 0) _match.Set("queries", _queries.ToValue());
        if (_responses.Count == 0) Returns(200);
        return new FlowObjectBuilder().Add("match", _match.ToValue()).AddUnlessNull("call", _calls).Add("respond", FlowArray.Create(_responses)).ToValue();
    }

    /// <summary>The mock that the entry gave, with what only code can say.</summary>
    internal HttpMock Complete(HttpMock mock) => mock with { Match = mock.Match with { Conditions = [.. mock.Match.Conditions, .. _conditions] }, Answer = _answer };

    private static string? Fits(Func<MockedRequest, bool> fits, MockRequest request, string what)
    {
        try
        {
            return fits(new MockedRequest(request)) ? null : $"{what} is not met";
        }
        catch (Exception e)
        {
            throw new Actions.RequestRefusedException(MockAnswers.MockFailed, $"{what} threw {e.GetType().Name}: {e.Message}");
        }
    }

    private HttpMockBuilder Answer(FlowObjectBuilder response)
    {
        _responses.Add(response.ToValue());
        return this;
    }

    private HttpMockBuilder ChangeLast(Func<FlowValue, FlowObjectBuilder> change)
    {
        if (_responses.Count == 0) Returns(200);
        _responses[^1] = change(_responses[^1]).ToValue();
        return this;
    }
}
