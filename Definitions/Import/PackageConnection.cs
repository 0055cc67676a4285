namespace FlowEngine.Definitions;

/// <summary>A connection that a package's flows refer to.</summary>
/// <param name="Name">The name by which they do.</param>
/// <param name="Connector">The connector's name, such as <c>shared_office365</c>; null where the package doesn't tell.</param>
/// <param name="DisplayName">What people call it.</param>
public sealed record PackageConnection(string Name, string? Connector, string? DisplayName);

/// <summary>A part of a package that is no flow and looks as if it were one.</summary>
/// <param name="File">The part.</param>
/// <param name="Reason">Why it is passed over.</param>
public sealed record SkippedPart(string File, string Reason);
