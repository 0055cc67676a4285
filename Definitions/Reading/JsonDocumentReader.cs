using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Reads a file's JSON leniently and says what the standard has against it (definitions reference, section 4).</summary>
internal static class JsonDocumentReader
{
    /// <summary>The value, and whether an object in it has a name twice or in two cases; null where the text is no JSON.</summary>
    public static (FlowValue Value, bool HasRepeatedNames)? Read(string text, DiagnosticBag faults, Func<SourceMap> map)
    {
        if (text.AsSpan().Trim().IsEmpty)
        {
            faults.Error(DiagnosticCodes.Empty, "The file is empty; a workflow definition was expected.", string.Empty);
            return null;
        }

        // What is standard to the letter needs no survey.
        if (StandardJson.TryRead(text, JsonLimits.Default, out var standard, out var hasRepeatedNames)) return (standard, hasRepeatedNames);
        var survey = JsonSurvey.Of(text, JsonLimits.Default.MaxDepth);
        if (survey.TooDeepAt is { } deep)
        {
            var message = $"The JSON is nested {survey.Depth} levels deep; more than {JsonLimits.Default.MaxDepth} levels are not read.";
            faults.Error(DiagnosticCodes.TooDeep, message, At(deep));
            return null;
        }

        FlowValue value;
        try
        {
            value = FlowJson.ParseLeniently(text, out hasRepeatedNames);
        }
        catch (FlowJsonException e)
        {
            Fail(text, e, faults, map);
            return null;
        }

        Report(survey, ArmTemplateShape.IsTemplate(value), faults);
        return (value, hasRepeatedNames);
    }

    private static void Fail(string text, FlowJsonException failure, DiagnosticBag faults, Func<SourceMap> map)
    {
        if (FormatTemplate.FindPlaceholder(text) is { } placeholder)
        {
            var name = text.Substring(placeholder.Start, placeholder.Length);
            var message = $"The file is not valid JSON and looks like a format template: fill the placeholder '{name}' (and others like it) first.";
            faults.Error(DiagnosticCodes.FormatTemplate, message, new FaultPlace(string.Empty, Absolute: placeholder));
            return;
        }

        var fault = JsonFault.Of(text, failure, map().Lines);
        faults.Error(DiagnosticCodes.NotJson, $"The file is not valid JSON: {fault.Message}", new FaultPlace(fault.Pointer, Absolute: fault.Span));
    }

    private static void Report(JsonSurvey survey, bool isTemplate, DiagnosticBag faults)
    {
        if (survey.FirstComment is { } comment)
        {
            faults.Information(DiagnosticCodes.Comment, "Comments are read here; the service's editors refuse them.", new FaultPlace(string.Empty, Absolute: comment));
        }

        if (survey.FirstTrailingComma is { } comma)
        {
            faults.Warning(DiagnosticCodes.TrailingComma, "A comma before a closing bracket is read here; standard JSON has none.", new FaultPlace(string.Empty, Absolute: comma));
        }

        if (survey.FirstOddToken is { } odd)
        {
            faults.Warning(DiagnosticCodes.LenientJson, "This is read leniently; standard JSON has names and text in double quotes and plain decimal numbers.", new FaultPlace(string.Empty, Absolute: odd));
        }

        if (survey.FirstRawLineBreak is { } lineBreak && !isTemplate)
        {
            faults.Error(DiagnosticCodes.LineBreakInString, "A line break inside a string must be written as \\n; only ARM templates may have it raw.", new FaultPlace(string.Empty, Absolute: lineBreak));
        }
    }

    private static FaultPlace At(int position) => new(string.Empty, Absolute: new TextSpan(position, 1));
}
