namespace FlowEngine.Expressions;

/// <summary>Evaluates a template on its own, over a context given as data: <c>flow eval</c>, cases, quick checks.</summary>
public static class ExpressionEvaluator
{
    /// <summary>Parses, binds and evaluates.</summary>
    /// <param name="template">Any JSON; its strings and the names of its members are template texts.</param>
    /// <param name="context">
    /// What references read: <c>variables, parameters, outputs</c> (action to outputs), <c>trigger, item, items, iterationIndexes</c>,
    /// <c>workflow</c>; all optional.
    /// </param>
    /// <param name="options">Dialect, clock, chance, trace.</param>
    public static EvaluationResult Evaluate(FlowValue template, FlowValue context = default, EvaluationOptions? options = null)
    {
        options ??= new EvaluationOptions();
        var texts = new TemplateTextCache(options.Dialect, options.Limits);
        if (FirstError(template, texts, string.Empty) is var (source, error))
            return new EvaluationResult(default, new EvaluationError("InvalidTemplate", error.Message, error.Detail, EvaluationStage.Parse, source, error.Span));

        var scope = new ContextScope(context, options);
        var binder = new Binder(options.Functions, options.Dialect, texts, options.Trace);
        var expression = binder.BindTemplate(template, string.Empty, scope);
        try
        {
            return new EvaluationResult(expression.Evaluate(scope.Context), null);
        }
        catch (ExpressionException e)
        {
            e.Claim(expression.Source, expression.Span);
            return new EvaluationResult(default, new EvaluationError(e.Code, e.Message, e.Detail, EvaluationStage.Evaluate, e.Template, e.Span));
        }
    }

    private static (ExpressionSource Source, TemplateSyntaxError Error)? FirstError(FlowValue template, TemplateTextCache texts, string path)
    {
        if (template.AsStringOrNull is { } text)
            return texts.Get(text).Error is { } error ? (new ExpressionSource(text, path), error) : null;
        if (template.AsArrayOrNull is { } array)
        {
            for (var i = 0; i < array.Count; i++)
            {
                if (FirstError(array[i], texts, JsonPointer.Append(path, i)) is { } inElement) return inElement;
            }
        }
        else if (template.AsObjectOrNull is { } o)
        {
            for (var i = 0; i < o.Count; i++)
            {
                var inner = JsonPointer.Append(path, o.Names[i]);
                if ((FirstError(FlowValue.String(o.Names[i]), texts, inner) ?? FirstError(o.Values[i], texts, inner)) is { } inMember) return inMember;
            }
        }

        return null;
    }
}

/// <summary>How <see cref="ExpressionEvaluator"/> evaluates.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Whether extensions may be used.</summary>
    public ExpressionDialect Dialect { get; init; } = ExpressionDialect.Extended;

    /// <summary>The functions there are.</summary>
    public FunctionTable Functions { get; init; } = BuiltInFunctions.Table;

    /// <summary>The clock; it is read once.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Fixes <c>guid()</c> and <c>rand()</c>; null takes another seed each time.</summary>
    public int? Seed { get; init; }

    /// <summary>What the evaluation may cost.</summary>
    public ExpressionLimits Limits { get; init; } = ExpressionLimits.Default;

    /// <summary>Told the value of every sub-expression.</summary>
    public IEvaluationTrace? Trace { get; init; }
}

/// <summary>A value, or why there is none.</summary>
/// <param name="Value">The value; null where <paramref name="Error"/> says why.</param>
/// <param name="Error">Why there is no value, or null.</param>
public sealed record EvaluationResult(FlowValue Value, EvaluationError? Error);

/// <summary>Why a template has no value.</summary>
/// <param name="Code">The service's code: <c>InvalidTemplate</c>.</param>
/// <param name="Message">The service's words.</param>
/// <param name="Detail">Our second line, or null.</param>
/// <param name="Stage">Whether it can't be parsed, or failed when evaluated.</param>
/// <param name="Template">The text in which it happened, if known.</param>
/// <param name="Span">The failing piece of that text.</param>
public sealed record EvaluationError(string Code, string Message, string? Detail, EvaluationStage Stage, ExpressionSource? Template, TextSpan Span);

/// <summary>When a template failed.</summary>
public enum EvaluationStage
{
    /// <summary>When it was parsed.</summary>
    Parse,

    /// <summary>When it was evaluated.</summary>
    Evaluate,
}
