using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary>What <c>--flow</c> must say where a file holds several workflows.</summary>
internal static class FlowChoice
{
    /// <exception cref="UsageException">No workflow was chosen, or one that isn't there.</exception>
    public static void Check(WorkflowDocument document)
    {
        if (document.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Code == DiagnosticCodes.FlowChoice) is { } choice)
            throw new UsageException($"{document.File}: {choice.Message} Name it with --flow.");
    }
}
