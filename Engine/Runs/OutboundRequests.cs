using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>The one door through which a run's HTTP requests leave; keeps each for the record.</summary>
internal sealed class OutboundRequests(Run run, HttpMessageInvoker handler)
{
    private readonly List<RequestRecord> _requests = [];
    private readonly Lock _gate = new();

    /// <summary>In the order of sending.</summary>
    public IReadOnlyList<RequestRecord> Sent
    {
        get
        {
            lock (_gate) return [.. _requests];
        }
    }

    public async Task<HttpResponseMessage> SendAsync(ActionExecution execution, HttpRequestMessage request, int attempt, CancellationToken cancellation)
    {
        var record = await RequestRecord.OfAsync(execution, request, attempt, cancellation).ConfigureAwait(false);
        // Those of repetitions go with them.
        if (run.Settings.History == RunHistory.Whole || execution.Frame.Parent is null)
        {
            lock (_gate) _requests.Add(record);
        }

        run.Observer?.OnRequest(record);
        request.Options.Set(HttpScope.Key, execution);
        try
        {
            var response = run.Settings.Telemetry is { } telemetry
                ? await telemetry.SendAsync(execution, record, request, () => handler.SendAsync(request, cancellation)).ConfigureAwait(false)
                : await handler.SendAsync(request, cancellation).ConfigureAwait(false);
            record.Answered((int)response.StatusCode);
            run.Observer?.OnResponse(record);
            return response;
        }
        catch (Exception failure)
        {
            var refused = Refused(failure);
            if (refused is not null) run.Family.AddRefusal(refused.Code);
            record.Failed(failure is OperationCanceledException ? "No answer came before the time was up or the action was cancelled." : refused?.Message ?? failure.Message, refused?.Code);
            run.Observer?.OnResponse(record);
            throw;
        }
    }

    // The handler that connects wraps what the guard says.
    private static RequestRefusedException? Refused(Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is RequestRefusedException refused) return refused;
        }

        return null;
    }
}
