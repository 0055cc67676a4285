namespace FlowEngine.Testing;

/// <summary>One condition on a request besides those that mocks files have.</summary>
/// <param name="IsAddress">Whether it looks at the address: entries of another address are farther from a request than others.</param>
/// <param name="Difference">What of the request does not fit, in words; null where it fits.</param>
internal sealed record RequestCondition(bool IsAddress, Func<MockRequest, string?> Difference);
