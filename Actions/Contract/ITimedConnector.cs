namespace FlowEngine.Actions;

/// <summary>A connector that knows whether it gives each of its requests the time of one itself. What comes before a request, such as its turn at a limit, does not count then.</summary>
internal interface ITimedConnector
{
    /// <summary>Whether it does; else the whole call has the time of one request.</summary>
    bool TimesRequests { get; }
}
