using System.Globalization;

namespace FlowEngine.Expressions;

/// <summary>Reads what the date functions are given, and refuses it in the service's words.</summary>
internal static class DateArguments
{
    /// <summary>The time of a call's first argument.</summary>
    public static Timestamp Time(string function, EvaluationContext context, ReadOnlySpan<FlowValue> arguments) =>
        Time(function, context, arguments, 0, DateCultures.Default);

    /// <summary>The time that the argument at <paramref name="index"/> names.</summary>
    public static Timestamp Time(string function, EvaluationContext context, ReadOnlySpan<FlowValue> arguments, int index, DateTimeFormatInfo formats)
    {
        var text = TimeText(function, arguments, index);
        return DateText.TryParse(text, formats, context.UtcNow, out var timestamp) ? timestamp : throw NotATime(function, text);
    }

    /// <summary>The text of the argument that names a time.</summary>
    public static string TimeText(string function, ReadOnlySpan<FlowValue> arguments, int index) => arguments[index].AsStringOrNull
        ?? throw (arguments.Length == 1
            ? ArgumentFailure.Parameter(function, "to be a string that contains the time", arguments[index])
            : ArgumentFailure.Parameter(function, index + 1, "to be a string that contains the time", arguments[index]));

    /// <summary>The locale at <paramref name="index"/>; en-US where there is none.</summary>
    public static DateTimeFormatInfo Locale(string function, ReadOnlySpan<FlowValue> arguments, int index)
    {
        if (OptionalText(function, arguments, index) is not { } locale) return DateCultures.Default;
        return DateCultures.Find(locale) ?? throw new ExpressionException($"In function '{function}', the value provided for the locale '{locale}' was not valid.");
    }

    /// <summary>The number of units at <paramref name="index"/>.</summary>
    public static double Count(string function, ReadOnlySpan<FlowValue> arguments, int index) => arguments[index].IsNumber
        ? arguments[index].AsDouble
        : throw ArgumentFailure.Parameter(function, index + 1, "to be an integer", arguments[index]);

    /// <summary>The text at <paramref name="index"/>, or null where there is none.</summary>
    public static string? OptionalText(string function, ReadOnlySpan<FlowValue> arguments, int index)
    {
        if (index >= arguments.Length || arguments[index].IsNull) return null;
        return arguments[index].AsStringOrNull ?? throw ArgumentFailure.Parameter(function, index + 1, "to be a string", arguments[index]);
    }

    /// <summary>The text of a time in the format at <paramref name="formatIndex"/>, or in the default one.</summary>
    public static FlowValue Write(string function, Timestamp timestamp, ReadOnlySpan<FlowValue> arguments, int formatIndex) =>
        Write(function, timestamp, OptionalText(function, arguments, formatIndex), DateCultures.Default);

    /// <summary>The text of a time in the format and locale given.</summary>
    public static FlowValue Write(string function, Timestamp timestamp, string? format, DateTimeFormatInfo formats)
    {
        try
        {
            return FlowValue.String(DateText.Write(timestamp, format, formats));
        }
        catch (FormatException e)
        {
            throw NotAFormat(function, format, e);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // Calendars such as Um al-Qura cover a part of the years.
            throw NotATime(function, DateText.Write(timestamp, null, DateCultures.Default), e);
        }
    }

    /// <summary>The service's refusal of text that names no time.</summary>
    public static ExpressionException NotATime(string function, string text, Exception? cause = null) => new(
        $"In function '{function}', the value provided for date time string '{text}' was not valid. The datetime string must match ISO 8601 format.",
        cause?.Message,
        cause);

    /// <summary>The service's refusal of a format that .NET does not know.</summary>
    public static ExpressionException NotAFormat(string function, string? format, FormatException cause) =>
        new($"In function '{function}', the value provided for date time format '{format}' was not valid.", cause.Message, cause);
}
