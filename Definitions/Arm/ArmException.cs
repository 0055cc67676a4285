namespace FlowEngine.Definitions;

/// <summary>A template expression that has no value here: malformed, beyond a limit, or in need of the cloud.</summary>
internal sealed class ArmException(string message) : Exception(message);
