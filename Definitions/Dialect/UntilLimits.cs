namespace FlowEngine.Definitions;

/// <summary>The limits that an Until must have, for one that is written without.</summary>
internal static class UntilLimits
{
    private static readonly FlowValue Default = FlowValue.Object(("count", FlowValue.Integer(60)), ("timeout", FlowValue.String("PT1H")));

    /// <summary>Adds the service's limits, 60 times and one hour, where there are none.</summary>
    public static void Complete(DraftObject action)
    {
        if (action.Find("limit") is null) action.Set("limit", Default);
    }
}
