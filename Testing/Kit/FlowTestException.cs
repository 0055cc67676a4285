namespace FlowEngine.Testing;

/// <summary>An expectation of a test that was not met. The message says which, and shows the run with the place marked.</summary>
/// <param name="message">What was expected and what was found.</param>
public sealed class FlowTestException(string message) : Exception(message);
