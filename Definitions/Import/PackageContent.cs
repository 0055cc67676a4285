namespace FlowEngine.Definitions;

/// <summary>What a reader found in the files of a package.</summary>
/// <param name="Kind">What the package is.</param>
/// <param name="Flows">Its flows; names may still be equal.</param>
internal sealed record PackageContent(PackageKind Kind, IReadOnlyList<PackageFlow> Flows)
{
    public IReadOnlyList<PackageConnection> Connections { get; init; } = [];

    public IReadOnlyList<SkippedPart> Skipped { get; init; } = [];
}

/// <summary>Reads one kind of package. Tried in the order of <see cref="FlowPackage.Readers"/>.</summary>
internal interface IPackageReader
{
    /// <summary>What the files hold; null where they are of another kind.</summary>
    /// <exception cref="PackageFault">A file can't be read.</exception>
    PackageContent? Read(PackageFiles files);
}
