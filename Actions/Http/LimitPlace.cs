namespace FlowEngine.Actions;

/// <summary>Where a request counts besides the limits of its host.</summary>
/// <param name="Connection">The connection that it goes over, as a limit of the host's code names it; null where none does.</param>
/// <param name="Own">The limit that the connection has in the flow's files; null where it has none. It is called as the connection is.</param>
internal readonly record struct LimitPlace(string? Connection, HostLimit? Own);
