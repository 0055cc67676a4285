using System.Diagnostics.CodeAnalysis;

namespace FlowEngine.Definitions;

/// <summary>The functions of template expressions that need no cloud; names ignore case.</summary>
internal static class ArmFunctions
{
    private static readonly Dictionary<string, Func<ArmArguments, FlowValue>> All =
        new(ArmTextFunctions.Table.Concat(ArmCollectionFunctions.Table).Concat(ArmValueFunctions.Table).Concat(ArmDeploymentFunctions.Table), StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds a function.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out Func<ArmArguments, FlowValue>? function) => All.TryGetValue(name, out function);
}
