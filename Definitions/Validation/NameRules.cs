using System.Buffers;

namespace FlowEngine.Definitions;

/// <summary>Names of actions, triggers and variables (runtime reference, 1.2).</summary>
internal static class NameRules
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("#<>%&\\?/");
    private static readonly SearchValues<char> Telling = SearchValues.Create("#<>%&\\?/@:.");
    private const int MaximumLength = 80;

    public static void Check(ValidationContext context)
    {
        foreach (var node in context.Index.All)
        {
            var name = node.Action.Name;
            if (!IsPlain(name)) Check(context, name, "action", node.Action.Path, "InvalidWorkflowRunActionName", name);
            if (context.Index.HasUniqueNames || (context.Index.First(name) is var first && ReferenceEquals(first, node))) continue;
            context.Faults.Error(
                DiagnosticCodes.DuplicateActionName,
                $"The action name '{name}' is used more than once; names are unique in the whole workflow, ignoring case.",
                FaultPlace.Name(node.Action.Path),
                "DuplicateActionName",
                name,
                $"The first one is '{first.Action.Path}'.");
        }

        foreach (var trigger in context.Definition.Triggers) Check(context, trigger.Name, "trigger", trigger.Path, "InvalidWorkflowTriggerName", null);
    }

    // Nothing is said of a name without any of the characters that the rules look for: one search in place of five.
    private static bool IsPlain(string name) => name.Length is > 0 and <= MaximumLength && name.AsSpan().IndexOfAny(Telling) < 0;

    private static void Check(ValidationContext context, string name, string what, string pointer, string serviceCode, string? action)
    {
        var at = FaultPlace.Name(pointer);
        var forbidden = name.AsSpan().IndexOfAny(Forbidden);
        if (forbidden >= 0)
        {
            context.Faults.Error(DiagnosticCodes.InvalidName, $"The {what} name '{name}' is not valid: it must not contain '{name[forbidden]}'.", at, serviceCode, action);
        }
        else if (name.Length == 0)
        {
            context.Faults.Error(DiagnosticCodes.InvalidName, $"The {what} name is empty.", at, serviceCode, action);
        }
        else if (action is not null && name.StartsWith("internal.", StringComparison.OrdinalIgnoreCase))
        {
            context.Faults.Error(DiagnosticCodes.InvalidName, $"The action name '{name}' is not valid: it must not start with 'internal.'.", at, serviceCode, action);
        }
        else if (name.Contains("@{", StringComparison.Ordinal) || (name[0] == '@' && !name.StartsWith("@@", StringComparison.Ordinal)))
        {
            context.Faults.Error(DiagnosticCodes.InvalidName, $"The {what} name '{name}' is not valid: it must not be a template language expression.", at, serviceCode, action);
        }
        else if (name.Contains(':', StringComparison.Ordinal))
        {
            // Named among the forbidden characters, and yet 35 exported flows of a collection have it.
            context.Faults.Warning(DiagnosticCodes.ColonInName, $"The {what} name '{name}' contains ':', which not every host accepts.", at, serviceCode, action);
        }

        if (name.Length > MaximumLength)
        {
            context.Faults.WarningUnlessStrict(DiagnosticCodes.NameTooLong, $"The {what} name '{name}' has {name.Length} characters; the service allows {MaximumLength}.", at, serviceCode, action);
        }
    }
}
