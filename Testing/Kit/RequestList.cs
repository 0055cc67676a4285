using System.Collections;

namespace FlowEngine.Testing;

/// <summary>Requests of a run, in the order of sending.</summary>
public sealed class RequestList : IReadOnlyList<RequestRecord>
{
    private readonly FlowTestRun _run;
    private readonly IReadOnlyList<RequestRecord> _requests;

    internal RequestList(FlowTestRun run, IReadOnlyList<RequestRecord> requests) => (_run, _requests) = (run, requests);

    /// <summary>How many requests there are.</summary>
    public int Count => _requests.Count;

    /// <summary>The request at that place, from 0, in the order of sending.</summary>
    public RequestRecord this[int index] => _requests[index];

    /// <summary>Those to a host.</summary>
    public RequestList To(string host) => Where(request => new Uri(request.Uri).Host.Equals(host, StringComparison.OrdinalIgnoreCase));

    /// <summary>Those of an action.</summary>
    public RequestList Of(string action) => Where(request => request.Action.Equals(action, StringComparison.OrdinalIgnoreCase));

    /// <summary>Those with that method and address; <c>*</c> stands for any run of characters.</summary>
    public RequestList Matching(string method, string uri) => Where(request => IsLike(request, method, uri));

    /// <summary>Checks how many there are.</summary>
    /// <exception cref="FlowTestException">There are more or fewer; the message lists them and shows the run.</exception>
    public RequestList Verify(Times times)
    {
        if (times.Allow(Count)) return this;
        throw _run.Failure($"Expected requests {times}, but there were {Count}{Listed()}", null);
    }

    /// <summary>Checks that these were sent in this order, others perhaps between them.</summary>
    /// <param name="requests">Method and address, such as <c>POST */invoices</c>; <c>*</c> stands for any run of characters.</param>
    /// <exception cref="FlowTestException">One is missing behind the one before; the message lists all that were sent and shows the run.</exception>
    public RequestList VerifyOrder(params string[] requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var next = 0;
        for (var i = 0; i < requests.Length; i++)
        {
            if (requests[i].Split(' ', 2) is not [var method, var uri]) throw new ArgumentException($"'{requests[i]}' is no request; one looks like 'POST */invoices'.", nameof(requests));
            while (next < Count && !IsLike(_requests[next], method, uri)) next++;
            if (next++ < Count) continue;
            var before = i == 0 ? string.Empty : $" after '{requests[i - 1]}'";
            throw _run.Failure($"Expected the request '{requests[i]}'{before}, but none was sent{(Count == 0 ? " at all" : string.Empty)}{Listed()}", null);
        }

        return this;
    }

    /// <summary>The requests in the order of sending.</summary>
    public IEnumerator<RequestRecord> GetEnumerator() => _requests.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private RequestList Where(Func<RequestRecord, bool> fits) => new(_run, [.. _requests.Where(fits)]);

    private string Listed() => Count == 0 ? string.Empty : ":" + string.Concat(_requests.Select(request => $"{Environment.NewLine}  {request.Method} {request.MaskedUri} ({request.Path})"));

    private static bool IsLike(RequestRecord request, string method, string uri) =>
        request.Method.Equals(method, StringComparison.OrdinalIgnoreCase) && (Wildcard.Fits(uri, request.Uri) || Wildcard.Fits(uri, WithoutQuery(request.Uri)));

    private static string WithoutQuery(string uri) => uri.Split('?')[0];
}
