using System.Diagnostics.CodeAnalysis;

namespace FlowEngine;

/// <summary>The switch with which an application declares that nobody will ever listen to spans and measurements of runs.</summary>
/// <remarks>
/// Apart from <see cref="RunTelemetry"/>, which makes its sources and instruments as soon as it is touched: the command <c>flow</c>, which ends
/// before anybody could listen, starts 2 ms sooner without them.
/// </remarks>
internal static class TelemetrySwitch
{
    /// <summary>The name of the switch in the configuration of the runtime.</summary>
    public const string Name = "FlowEngine.Telemetry.IsSupported";

    /// <summary>True where it is not set.</summary>
    [FeatureSwitchDefinition(Name)]
    public static bool IsOn { get; } = !AppContext.TryGetSwitch(Name, out var isOn) || isOn;
}
