using System.Collections;

namespace FlowEngine.Testing;

/// <summary>Requests of a run, in the order of sending.</summary>
public sealed class RequestList : IReadOnlyList<RequestRecord>
{
    private readonly FlowTestRun _run;
    private readonly IReadOnlyList<RequestRecord> _requests;

    internal RequestList(FlowTestRun run, IReadOnlyList<RequestRecord> requests) => (_run, _requests) = (run, requests);

    public int Count => _requests.Count;

    public RequestRecord this[int index] => _requests[index];

    /// <summary>Those to a host.</summary>
    public RequestList To(string host) => Where(request => new Uri(request.Uri).Host.Equals(host, StringComparison.OrdinalIgnoreCase));

    /// <summary>Those of an action.</summary>
    public RequestList Of(string action) => Where(request => request.Action.Equals(action, StringComparison.OrdinalIgnoreCase));

    /// <summary>Those with that method and address; <c>*</c> stands for any run of characters.</summary>
    public RequestList Matching(string method, string uri) => Where(request =>
        request.Method.Equals(method, StringComparison.OrdinalIgnoreCase) && (Wildcard.Fits(uri, request.Uri) || Wildcard.Fits(uri, WithoutQuery(request.Uri))));

    /// <summary>Checks how many there are.</summary>
    /// <exception cref="FlowTestException">There are more or fewer; the message lists them and shows the run.</exception>
    public RequestList Verify(Times times)
    {
        if (times.Allow(Count)) return this;
        var sent = Count == 0 ? string.Empty : ":" + string.Concat(_requests.Select(request => $"{Environment.NewLine}  {request.Method} {request.MaskedUri} ({request.Path})"));
        throw _run.Failure($"Expected requests {times}, but there were {Count}{sent}", null);
    }

    public IEnumerator<RequestRecord> GetEnumerator() => _requests.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private RequestList Where(Func<RequestRecord, bool> fits) => new(_run, [.. _requests.Where(fits)]);

    private static string WithoutQuery(string uri) => uri.Split('?')[0];
}
