namespace FlowEngine.Definitions;

/// <summary>How large definitions may be.</summary>
public sealed record DefinitionLimits
{
    /// <summary>For files of one's own.</summary>
    public static DefinitionLimits Default { get; } = new();

    /// <summary>For files of strangers: 5 MB, archives of 500 entries and 10 MB; more than 500 actions, or nested deeper than 8, as the service refuses them too.</summary>
    public static DefinitionLimits Untrusted { get; } = new()
    {
        MaximumFileBytes = 5L * 1024 * 1024,
        Archives = new ArchiveLimits { MaximumEntries = 500, MaximumBytes = 10L * 1024 * 1024 },
        RefusesBeyondService = true,
    };

    /// <summary>Files beyond this are refused, archives too. The largest definition met in the wild has 1.1 MB.</summary>
    public long MaximumFileBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>What an archive may hold.</summary>
    public ArchiveLimits Archives { get; init; } = ArchiveLimits.Default;

    /// <summary>Whether more actions, or nested deeper, than the service allows are an error, not a warning.</summary>
    public bool RefusesBeyondService { get; init; }
}
