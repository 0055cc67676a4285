namespace FlowEngine.Cli;

/// <summary>What <c>flow run</c> is asked for.</summary>
internal sealed record RunRequest
{
    public required string File { get; init; }

    public string? Flow { get; init; }

    public string? Trigger { get; init; }

    public string? Body { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Queries { get; init; } = [];

    public string? Method { get; init; }

    public string? Path { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    public string? ParameterFile { get; init; }

    /// <summary>Values for placeholders in the definition, by name.</summary>
    public Definitions.HostProfile? Host { get; init; }

    public IReadOnlyDictionary<string, string> Placeholders { get; init; } = new Dictionary<string, string>();

    public string? Environment { get; init; }

    public string? Mocks { get; init; }

    public bool AutoMock { get; init; }

    public string? Record { get; init; }

    public string? Replay { get; init; }

    public bool Loose { get; init; }

    public string? Now { get; init; }

    public bool VirtualTime { get; init; }

    /// <summary>How many occurrences of the schedule are run; null for a single run by hand.</summary>
    public int? Occurrences { get; init; }

    public int? Seed { get; init; }

    public TimeSpan? Timeout { get; init; }

    public bool Untrusted { get; init; }

    public bool FollowRedirects { get; init; }

    public Uri? Proxy { get; init; }

    /// <summary>Where callbacks are taken; null leaves it to the flow.</summary>
    public Uri? Listen { get; init; }

    /// <summary>What callers reach instead of <see cref="Listen"/>; null where they reach it itself.</summary>
    public Uri? CallbackAddress { get; init; }

    public bool Strict { get; init; }

    public bool Json { get; init; }

    public bool Ndjson { get; init; }

    /// <summary>The file that the run's log is added to; null for none.</summary>
    public string? Log { get; init; }

    /// <summary>The least level of the log; null is information.</summary>
    public string? LogLevel { get; init; }

    public bool Quiet { get; init; }

    public bool Ascii { get; init; }

    /// <summary>Whether standard output holds data only.</summary>
    public bool PrintsData => Json || Ndjson;
}
