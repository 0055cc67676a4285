namespace FlowEngine;

/// <summary>What a trigger makes of a request: its outputs, or what an HTTP caller is told instead.</summary>
/// <param name="Outputs">The outputs; null where the trigger has none.</param>
/// <param name="Refusal">Why the request is refused; null where it is not.</param>
internal readonly record struct TriggerArrival(FlowValue Outputs, TriggerRefusal? Refusal)
{
    public static TriggerArrival Refused(int statusCode, string code, string message) => new(default, new TriggerRefusal(statusCode, code, message));
}

/// <summary>An answer to a request that starts no run.</summary>
internal sealed record TriggerRefusal(int StatusCode, string Code, string Message);
