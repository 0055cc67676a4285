using System.Globalization;

namespace FlowEngine.Definitions;

/// <summary>Literals in inputs and settings that can only make the action fail, and kinds that do not exist. What the service says of them at save is not known, so these are warnings.</summary>
internal static class InputValueRules
{
    private const int MaximumItems = 100_000;

    private static readonly string[] Units = ["Second", "Minute", "Hour", "Day", "Week", "Month"];
    private static readonly string[] Formats = ["CSV", "HTML"];

    public static void Check(ValidationContext context)
    {
        foreach (var node in context.Index.All)
        {
            var action = node.Action;
            if (action.TypeInfo is { Kinds.Count: > 0 } info) CheckKind(context, action, info);
            if (action.Type == "Wait" && action.Inputs.IsObject) CheckWait(context, action);
            if (action.Type == "Table" && action.Inputs["format"] is { IsNull: false } format) CheckWord(context, action, format, Formats, "inputs/format");
            if (node.Has(MemberNames.RuntimeConfiguration) && action.RuntimeConfiguration["paginationPolicy"] is { IsObject: true } pages) CheckPages(context, action, pages["minimumItemCount"]);
        }
    }

    private static void CheckKind(ValidationContext context, ActionDefinition action, ActionTypeInfo info)
    {
        if (action.Kind is null && !info.NeedsKind) return;
        if (action.Kind is not null && (action.Kind.Contains('@', StringComparison.Ordinal) || info.Kinds.Contains(action.Kind, StringComparer.OrdinalIgnoreCase))) return;
        context.Faults.Warning(
            DiagnosticCodes.ActionKind,
            action.Kind is null
                ? $"The action '{action.Name}' of type '{action.Type}' has no 'kind': one of '{string.Join("', '", info.Kinds)}' is needed."
                : $"The action '{action.Name}' of type '{action.Type}' has the kind '{action.Kind}', which is none of '{string.Join("', '", info.Kinds)}'.",
            action.Kind is null ? FaultPlace.Name(action.Path) : JsonPointer.Append(action.Path, "kind"),
            action.Kind is null ? $"Missing{action.Type}ActionKind" : $"Invalid{action.Type}ActionKind",
            action.Name,
            action.Kind is null ? null : ValidationContext.DidYouMean(action.Kind, info.Kinds));
    }

    private static void CheckWait(ValidationContext context, ActionDefinition action)
    {
        var interval = action.Inputs["interval"];
        var until = action.Inputs["until"];
        if (interval.IsNull && until.IsNull)
        {
            context.Faults.Error(
                DiagnosticCodes.MissingProperty,
                $"The inputs of workflow run action '{action.Name}' of type 'Wait' are not valid. The property 'interval' or 'until' must be specified.",
                FaultPlace.Name(JsonPointer.Append(action.Path, "inputs")),
                "WorkflowRunActionInputsMissingProperty",
                action.Name);
            return;
        }

        if (!interval.IsNull && !until.IsNull)
        {
            Warn(context, action, $"The inputs of action '{action.Name}' must have either 'interval' or 'until', not both.", FaultPlace.Name(JsonPointer.Append(action.Path, "inputs")));
            return;
        }

        if (interval.IsObject)
        {
            var count = interval["count"];
            if (!Literals.IsExpression(count) && (!Literals.TryReadInteger(count, out var number) || number < 0))
                Warn(context, action, $"The 'count' of action '{action.Name}' is {count.ToJson()}; an integer that is not negative was expected.", Place(action, "inputs/interval", "count", count));
            CheckWord(context, action, interval["unit"], Units, "inputs/interval/unit");
        }

        var timestamp = until["timestamp"];
        if (until.IsObject && !Literals.IsExpression(timestamp) && !DateTimeOffset.TryParse(timestamp.AsStringOrNull, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            Warn(context, action, $"The 'timestamp' of action '{action.Name}' is {timestamp.ToJson()}; a date and time was expected.", Place(action, "inputs/until", "timestamp", timestamp));
    }

    private static void CheckWord(ValidationContext context, ActionDefinition action, FlowValue written, string[] words, string member)
    {
        if (Literals.IsExpression(written) || words.Contains(written.AsStringOrNull, StringComparer.OrdinalIgnoreCase)) return;
        var (owner, name) = (member[..member.LastIndexOf('/')], member[(member.LastIndexOf('/') + 1)..]);
        Warn(
            context,
            action,
            $"The '{name}' of action '{action.Name}' is {written.ToJson()}, which is none of '{string.Join("', '", words)}'.",
            Place(action, owner, name, written),
            written.AsStringOrNull is { } text ? ValidationContext.DidYouMean(text, words) : null);
    }

    private static void CheckPages(ValidationContext context, ActionDefinition action, FlowValue count)
    {
        if (Literals.IsExpression(count) || (Literals.TryReadInteger(count, out var number) && number is >= 1 and <= MaximumItems)) return;
        context.Faults.Warning(
            DiagnosticCodes.InputValue,
            $"The pagination policy of action '{action.Name}' has the minimumItemCount {count.ToJson()}; a number from 1 to {MaximumItems} was expected.",
            Place(action, "runtimeConfiguration/paginationPolicy", "minimumItemCount", count),
            "InvalidPaginationPolicy",
            action.Name);
    }

    // What is missing has no place of its own.
    private static FaultPlace Place(ActionDefinition action, string owner, string member, FlowValue value) =>
        value.IsNull ? FaultPlace.Name($"{action.Path}/{owner}") : $"{action.Path}/{owner}/{member}";

    private static void Warn(ValidationContext context, ActionDefinition action, string message, FaultPlace at, string? suggestion = null) =>
        context.Faults.Warning(DiagnosticCodes.InputValue, message, at, null, action.Name, suggestion);
}
