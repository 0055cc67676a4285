namespace FlowEngine;

/// <summary>Outputs of a trigger that is fired by hand: Recurrence has none, others take the payload (runtime reference, 4.1, "Run by hand").</summary>
internal static class ManualFiring
{
    private static readonly HashSet<string> OutputMembers = new(StringComparer.Ordinal) { "body", "headers", "queries", "statusCode", "relativePathParameters" };

    public static TriggerArrival Read(TriggerRequest request)
    {
        if (!request.HasBody) return default;
        if (request.Body.AsObjectOrNull is { } o && (o.TryGetExact("body", out _) || o.TryGetExact("statusCode", out _)) && AreOutputs(o)) return new TriggerArrival(request.Body, null);
        return new TriggerArrival(
            FlowValue.Object(("headers", FlowValue.Object(("Content-Type", FlowValue.String("application/json")))), ("body", request.Body)),
            null);
    }

    private static bool AreOutputs(FlowObject payload)
    {
        foreach (var name in payload.Names)
        {
            if (!OutputMembers.Contains(name)) return false;
        }

        return true;
    }
}
