namespace FlowEngine;

/// <summary>Who waits for a run's Response.</summary>
internal enum CallerKind : byte
{
    /// <summary>Nobody: a Response is Skipped.</summary>
    None,

    /// <summary>A client on a connection, which is kept for so long only.</summary>
    Client,

    /// <summary>An action of another run, which waits for as long as it takes (recorded).</summary>
    Workflow,
}
