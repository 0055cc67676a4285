namespace FlowEngine.Actions;

/// <summary>A request to an action that waits to be called back.</summary>
public sealed record CallbackMessage
{
    /// <summary>A bare call: no headers, no body.</summary>
    public static CallbackMessage Empty { get; } = new();

    /// <summary>Header name to text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body; see <see cref="HasBody"/>. JSON unless <see cref="Headers"/> name another Content-Type: then a string is the raw text.</summary>
    public FlowValue Body { get; init; }

    /// <summary>Whether there is a body: null is one.</summary>
    public bool HasBody { get; init; }

    /// <summary>A call with that body, as JSON.</summary>
    public static CallbackMessage WithBody(FlowValue body) => new() { Body = body, HasBody = true };
}

/// <summary>A callback that comes by itself, from a mock or a test.</summary>
/// <param name="After">How long after the action began to wait, on the run's clock.</param>
/// <param name="Message">What it brings.</param>
public sealed record ScheduledCallback(TimeSpan After, CallbackMessage Message);

/// <summary>An action waits to be called back, and nobody will.</summary>
/// <param name="message">What could be done about it.</param>
internal sealed class CallbackNeverComesException(string message) : Exception(message)
{
    /// <summary>The code of the action and of its error.</summary>
    public const string Code = "CallbackNeverComes";
}
