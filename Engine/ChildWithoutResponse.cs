namespace FlowEngine;

/// <summary>What a call of a workflow that has no Response action comes to. The products differ (runtime reference, 3.16).</summary>
public enum ChildWithoutResponse
{
    /// <summary>The call waits for the child's end and fails with 502 NoResponse: Power Automate.</summary>
    BadGateway,

    /// <summary>The call succeeds with 202 at once and the child goes on by itself: Consumption.</summary>
    Accepted,

    /// <summary>The child is not started: Standard may do so.</summary>
    Refused,
}
