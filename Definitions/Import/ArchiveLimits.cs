namespace FlowEngine.Definitions;

/// <summary>What an archive may hold. Bytes are counted while they are read: what an archive says of itself is not believed.</summary>
public sealed record ArchiveLimits
{
    /// <summary>The limits that hold unless others are given.</summary>
    public static ArchiveLimits Default { get; } = new();

    /// <summary>Entries, those of archives inside counted too.</summary>
    public int MaximumEntries { get; init; } = 2_000;

    /// <summary>Bytes that entries may unfold to, all together.</summary>
    public long MaximumBytes { get; init; } = 50L * 1024 * 1024;

    /// <summary>How many times larger than its packed form an entry of a megabyte or more may be.</summary>
    public int MaximumRatio { get; init; } = 100;
}
