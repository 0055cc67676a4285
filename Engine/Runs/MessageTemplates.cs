using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>The <c>messageTemplate</c> beside an error's <c>message</c>: the text with <c>{0}</c> in place of each value (recorded; runtime reference, 2.1).</summary>
/// <remarks>Only texts whose values are known have one. Found when a flow reads the error: most errors are never read.</remarks>
internal static class MessageTemplates
{
    private static readonly MessageTemplate[] Known =
    [
        new(ActionCodes.ActionFailed, ActionCodes.ActionFailedMessage),
        new(
            ActionCodes.ActionConditionFailed,
            "The execution of template action '{0}' is skipped: the 'runAfter' condition for action '{1}' is not satisfied. Expected status values '{2}' and actual value '{3}'."),
        new(ActionCodes.ActionConditionFailed, "The execution of template action '{0}' failed: an unexpected exception encountered when evaluating branching condition. '{1}'"),
        new(ActionCodes.ActionBranchingConditionNotSatisfied, BranchNotTaken.Message),
        new(ActionCodes.ActionDependencyFailed, "The execution of template action '{0}' is skipped: dependant action '{1}' completed with status '{2}' and code '{3}'."),
        new(ActionCodes.InvalidTemplate, "Unable to process template language expressions in action '{0}' inputs at line '{1}' and column '{2}': '{3}'."),
        new(ActionCodes.InvalidTemplate, "Unable to process template language expressions for action '{0}' at line '{1}' and column '{2}': '{3}'."),
        new(
            ActionCodes.ExpressionEvaluationFailed,
            "The execution of template action '{0}' failed: the result of the evaluation of 'foreach' expression '{1}' is of type '{2}'. The result must be a valid array."),
        new(
            ActionCodes.ExpressionEvaluationFailed,
            "The execution of template action '{0}' failed: The result of the evaluation of 'scope' action expression '{1}' is not valid. It is of type '{2}' but is expected to be a value of type '{3}'."),
        new(ActionCodes.BadRequest, "The 'from' property value in the '{0}' action inputs is of type '{1}'. The value must be an array."),
        new(ActionCodes.BadRequest, "The 'from' property value in the '{0}' action inputs is of type '{1}'. The value must be of type '{2}'."),
        new("UnresolvableHostName", "The provided host name '{0}' could not be resolved."),
        new("ValidationFailed", "The schema validation failed."),
    ];

    /// <summary>The template of an error's message, or null where it is not known.</summary>
    public static string? Of(ActionError error)
    {
        foreach (var template in Known)
        {
            if (template.Code == error.Code && template.Fits(error.Message)) return template.Text;
        }

        return null;
    }

    private sealed class MessageTemplate(string code, string text)
    {
        private readonly string[] _words = Words(text);

        public string Code => code;

        public string Text => text;

        /// <summary>Whether the message is this text with values in it.</summary>
        public bool Fits(string message)
        {
            if (_words.Length == 1) return message == text;
            if (!message.StartsWith(_words[0], StringComparison.Ordinal)) return false;
            var at = _words[0].Length;
            for (var i = 1; i < _words.Length; i++)
            {
                var found = message.IndexOf(_words[i], at, StringComparison.Ordinal);
                if (found < 0) return false;
                at = found + _words[i].Length;
            }

            return message.EndsWith(_words[^1], StringComparison.Ordinal);
        }

        private static string[] Words(string text)
        {
            var words = new List<string>();
            var rest = text;
            for (var i = 0; rest.IndexOf($"{{{i}}}", StringComparison.Ordinal) is >= 0 and var at; i++)
            {
                words.Add(rest[..at]);
                rest = rest[(at + 3)..];
            }

            words.Add(rest);
            return [.. words];
        }
    }
}
