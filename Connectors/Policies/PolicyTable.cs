namespace FlowEngine.Connectors;

/// <summary>Every policy that is carried out: add one here.</summary>
internal static class PolicyTable
{
    public static IReadOnlyList<PolicyRow> Rows { get; } =
    [
        new PolicyRow("base", static (_, _) => null), // There is nothing to inherit.
        SetHeaderPolicy.Row,
        SetVariablePolicy.Row,
        SetQueryParameterPolicy.Row,
        RewriteUriPolicy.Row,
        SetBodyPolicy.Row,
        SetMethodPolicy.Row,
        SetStatusPolicy.Row,
        SetBackendServicePolicy.Row,
        RateLimitPolicy.Rate,
        RateLimitPolicy.RateByKey,
        RateLimitPolicy.Quota,
        RateLimitPolicy.QuotaByKey,
        ChoosePolicy.Row,
        ReturnResponsePolicy.Row,
        RetryPolicyElement.Row,
        ForwardRequestPolicy.Row,
        CachePolicies.Lookup,
        CachePolicies.Store,
        CachePolicies.LookupValue,
        CachePolicies.StoreValue,
        CachePolicies.RemoveValue,
        CheckHeaderPolicy.Row,
        ValidateJwtPolicy.Row,
        new PolicyRow("trace", static (_, _) => null)
        {
            // Nobody reads it here.
            Shape = new()
            {
                IsWithoutEffect = true,
                Optional = ["source", "severity"],
                Children = new Dictionary<string, PolicyShape> { ["message"] = PolicyShape.OnlyText, ["metadata"] = new() { Optional = ["name", "value"] } },
            },
        },
    ];
}
