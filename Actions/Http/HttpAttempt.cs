using System.Globalization;

namespace FlowEngine.Actions;

/// <summary>How one attempt to send a request ended: with an answer, or with the reason why there is none.</summary>
/// <param name="Answer">The answer, or null.</param>
/// <param name="Failure">Why there is none, or null.</param>
/// <param name="IsRetryable">Whether another attempt may help.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended.</param>
/// <param name="ClientRequestId">What the server was told it is called.</param>
internal sealed record HttpAttempt(HttpAnswer? Answer, ActionError? Failure, bool IsRetryable, DateTimeOffset Start, DateTimeOffset End, Guid ClientRequestId)
{
    /// <summary>As <c>retryHistory</c> shows it (runtime reference, 2.6).</summary>
    public FlowValue ToRecord()
    {
        var record = new FlowObjectBuilder(6)
            .Add("startTime", Time(Start))
            .Add("endTime", Time(End))
            .Add("code", FlowValue.String(Answer is null ? Failure!.Code : HttpStatusNames.CodeOf(Answer.StatusCode)))
            .Add("clientRequestId", FlowValue.String(ClientRequestId.ToString()))
            .AddUnlessNull("serviceRequestId", FlowValue.String(Answer?.RequestId));
        if (Failure is not null) record.Add("error", FlowValue.Object(("error", Failure.ToValue())));
        return record.ToValue();
    }

    private static FlowValue Time(DateTimeOffset time) =>
        FlowValue.String(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
}
