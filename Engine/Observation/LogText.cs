using System.Globalization;
using System.Text;
using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>What of a run may stand in a log.</summary>
internal static class LogText
{
    // A log is no archive: the record has the whole.
    private const int LongestValue = 32_768;

    /// <summary>Text without control characters: a value must not forge lines.</summary>
    public static string Clean(string text)
    {
        var first = text.AsSpan().IndexOfAnyInRange('\0', '\u001f');
        if (first < 0 && !text.Contains('\u007f', StringComparison.Ordinal)) return text;
        var clean = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            if (char.IsControl(character)) clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else clean.Append(character);
        }

        return clean.ToString();
    }

    /// <summary>A value as JSON, the secrets that are known by now masked, credentials in headers too.</summary>
    public static string Value(ActionRecord action, FlowValue value)
    {
        var text = action.Execution.Run.MaskSecrets(SecretMask.Message(value)).ToJson();
        return text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue), "…");
    }

    /// <summary>File, line and column of what failed, as compilers write them: <c>invoice.json(41,19)</c>.</summary>
    public static string Place(ActionRecord action)
    {
        var place = action.Location;
        return Clean(string.Create(CultureInfo.InvariantCulture, $"{place.File}({place.Line},{place.Column})"));
    }

    /// <summary>What an action that failed without an error has to say: an answer of 400 and more is outputs, and no error.</summary>
    public static ActionError Without(ActionRecord action) => new(
        action.Code,
        action.Outputs["statusCode"] is { IsInteger: true } status ? $"The answer was HTTP {status.ToJson()}." : $"The action ended {action.Status} with code {action.Code}.");

    /// <summary>The indexes of the loops around an action, outermost first: <c>0/3</c>; null outside of loops.</summary>
    public static string? Iteration(ActionRecord action)
    {
        var repetition = action.Execution.RepetitionIndexes();
        return repetition.Count == 0 ? null : string.Join('/', repetition.Select(index => index.ToJson()));
    }

    /// <summary>Tracked properties by name; null where there are none.</summary>
    public static Dictionary<string, object?>? Tracked(ActionRecord action)
    {
        if (action.TrackedProperties.AsObjectOrNull is not { Count: > 0 } tracked) return null;
        var values = new Dictionary<string, object?>(tracked.Count, StringComparer.Ordinal);
        foreach (var (name, tracking) in tracked)
        {
            var value = action.Execution.Run.MaskSecrets(tracking);
            values[name] = value.Kind switch
            {
                FlowValueKind.Null => null,
                FlowValueKind.Boolean => value.AsBoolean,
                FlowValueKind.Integer => value.AsInteger,
                FlowValueKind.Float => value.AsDouble,
                FlowValueKind.String => Clean(value.AsString),
                _ => Value(action, value),
            };
        }

        return values;
    }
}
