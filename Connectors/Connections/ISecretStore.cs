using FlowEngine.Actions;

namespace FlowEngine.Connectors;

/// <summary>Where a host keeps secrets. Asked each time a connection is used, from any thread: cache what is slow to get.</summary>
public interface ISecretStore
{
    /// <summary>The value of a secret. It is hidden in the record, logs and traces of the run.</summary>
    /// <param name="name">What the connection calls it: <c>{"$secret": "NAME"}</c>.</param>
    /// <param name="scope">The action that needs it; <see cref="RunScope.SendAsync"/> sends what must be asked for.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    /// <exception cref="ConnectorException">It can't be had.</exception>
    ValueTask<string> GetAsync(string name, RunScope scope, CancellationToken cancellation);
}
