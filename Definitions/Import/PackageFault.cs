namespace FlowEngine.Definitions;

/// <summary>A package that can't be read, or must not be.</summary>
/// <param name="code">The diagnostic's code.</param>
/// <param name="message">What is wrong.</param>
/// <param name="location">The archive, or the entry in it.</param>
internal sealed class PackageFault(string code, string message, string location) : Exception(message)
{
    public string Code { get; } = code;

    public string Location { get; } = location;

    public Diagnostic ToDiagnostic() => new(Code, DiagnosticSeverity.Error, Message, new SourceLocation(Location, 1, 1, 1, string.Empty));
}
