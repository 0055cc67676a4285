namespace FlowEngine.Definitions;

/// <summary>Our stable diagnostic codes. A code is never reused.</summary>
public static class DiagnosticCodes
{
    /// <summary>The file can't be read as JSON.</summary>
    public const string NotJson = "FE1001";
}
