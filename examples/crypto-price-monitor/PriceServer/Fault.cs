namespace FlowEngine.Examples;

/// <summary>What a service of the <see cref="PriceServer"/> can be made to do in place of answering.</summary>
public enum Fault
{
    /// <summary>It answers.</summary>
    None,

    /// <summary>It doesn't answer before everybody has given up.</summary>
    Timeout,

    /// <summary>429 with <c>Retry-After: 2</c>.</summary>
    OutOfQuota,

    /// <summary>500 with a page of HTML.</summary>
    Error,

    /// <summary>200 with JSON that ends in the middle.</summary>
    Malformed,

    /// <summary>200 without a body.</summary>
    Empty,

    /// <summary>403.</summary>
    Forbidden,
}

/// <summary>The names of faults on the command line and in addresses.</summary>
public static class FaultNames
{
    private static readonly Dictionary<string, Fault> Faults = new(StringComparer.OrdinalIgnoreCase)
    {
        ["none"] = Fault.None,
        ["timeout"] = Fault.Timeout,
        ["429"] = Fault.OutOfQuota,
        ["500"] = Fault.Error,
        ["malformed"] = Fault.Malformed,
        ["empty"] = Fault.Empty,
        ["403"] = Fault.Forbidden,
    };

    public static IEnumerable<string> All => Faults.Keys;

    public static bool TryParse(string name, out Fault fault) => Faults.TryGetValue(name, out fault);
}
