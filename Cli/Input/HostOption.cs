using System.CommandLine;
using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary><c>--host</c>: whose defaults hold where the file doesn't tell (runtime reference, 5).</summary>
internal static class HostOption
{
    private static readonly (string Name, HostProfile Host)[] All =
        [("consumption", HostProfile.Consumption), ("standard", HostProfile.Standard), ("powerautomate", HostProfile.PowerAutomate)];

    public static Option<string?> Create()
    {
        var names = All.Select(one => one.Name).ToArray();
        var option = new Option<string?>("--host") { HelpName = string.Join('|', names), Description = "The product whose defaults hold; without it the one that the file tells." };
        option.AcceptOnlyFromAmong(names);
        return option;
    }

    public static HostProfile? Read(string? name) => name is null ? null : All.First(one => one.Name == name).Host;
}
