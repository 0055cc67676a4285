using FlowEngine.Definitions;

namespace FlowEngine.Connectors;

/// <summary>An attribute's or element's value: text, or an expression; parsed and checked once.</summary>
internal sealed class PolicyValue
{
    /// <summary>How long text and expressions may be.</summary>
    public const int MaxLength = 64 * 1024;

    private readonly string? _text;
    private readonly PolicyNode? _expression;
    private readonly string _what;

    private PolicyValue(string? text, PolicyNode? expression, string what)
    {
        _text = text;
        _expression = expression;
        _what = what;
    }

    /// <summary>The text where it is no expression; null where it is one.</summary>
    public string? Text => _text;

    /// <summary>Reads a value; faults go to the list with their place.</summary>
    /// <param name="source">The text.</param>
    /// <param name="what">How messages call it.</param>
    /// <param name="faults">Where faults go.</param>
    public static PolicyValue Read(PolicySource source, string what, PolicyFaults faults)
    {
        if (source.Value.Length > MaxLength)
        {
            faults.Add(DiagnosticCodes.PolicyValue, DiagnosticSeverity.Error, $"{what} has more than {MaxLength} characters.", source.At(0));
            return new PolicyValue(string.Empty, null, what);
        }

        var value = source.Trimmed();
        if (!value.Value.StartsWith("@(", StringComparison.Ordinal) && !value.Value.StartsWith("@{", StringComparison.Ordinal)) return new PolicyValue(source.Value, null, what);
        try
        {
            var check = new PolicyCheck();
            var bound = check.Bind(PolicyParser.Parse(value.Value));
            if (check.UsesUnkeyedHmac)
                faults.Add(DiagnosticCodes.PolicyUnkeyed, DiagnosticSeverity.Warning, "The HMAC has no key: it is made with the connection's 'signingKey', else with chance, which nobody can verify. Give it one: new HMACSHA256(key).", value.At(0), 2);
            return new PolicyValue(null, bound, what);
        }
        catch (PolicyExpressionException e)
        {
            faults.Add(DiagnosticCodes.PolicyExpression, DiagnosticSeverity.Error, e.Message, value.At(e.Position), e.Length, e.Suggestion);
            return new PolicyValue(string.Empty, null, what);
        }
    }

    /// <summary>The value.</summary>
    /// <exception cref="PolicyEndedException">The expression fails.</exception>
    public object? Evaluate(PolicyContext context) => Evaluate(context, static value => value);

    /// <summary>The value as text.</summary>
    /// <exception cref="PolicyEndedException">The expression fails, or its value is endless as text.</exception>
    public string EvaluateText(PolicyContext context) => Evaluate(context, PolicyCasts.Text);

    /// <summary>The value, converted.</summary>
    /// <exception cref="PolicyEndedException">The expression fails, or the conversion.</exception>
    public T Evaluate<T>(PolicyContext context, Func<object?, T> convert)
    {
        try
        {
            return convert(_expression is null ? _text : new PolicyEvaluator(context).Run(_expression));
        }
        catch (PolicyExpressionException e)
        {
            throw new PolicyEndedException(new PolicyFailure("ExpressionValueEvaluationFailure", $"The expression of {_what} failed: {e.Message}", _what), null, e);
        }
    }

    /// <summary>The value as a boolean.</summary>
    public bool EvaluateTruth(PolicyContext context) => Evaluate(context) switch
    {
        bool truth => truth,
        string text when bool.TryParse(text, out var truth) => truth,
        var other when PolicyOperators.Plain(other) is bool truth => truth,
        _ => throw new PolicyEndedException(new PolicyFailure("ExpressionValueEvaluationFailure", $"{_what} must be a boolean.", _what), null),
    };

    /// <summary>The value as a number, not negative.</summary>
    public double EvaluateNumber(PolicyContext context) =>
        double.TryParse(EvaluateText(context), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= 0 && number <= int.MaxValue
            ? number
            : throw new PolicyEndedException(new PolicyFailure("ExpressionValueEvaluationFailure", $"{_what} must be a number from 0.", _what), null);
}

/// <summary>Collects what is wrong with a policy document.</summary>
internal sealed class PolicyFaults(string file, string text)
{
    private readonly LineIndex _lines = new(text);
    private readonly List<Diagnostic> _found = [];

    public IReadOnlyList<Diagnostic> Found => [.. _found.OrderBy(fault => fault.Location.Line).ThenBy(fault => fault.Location.Column)];

    public void Add(string code, DiagnosticSeverity severity, string message, int position, int length = 1, string? suggestion = null)
    {
        var (line, column) = _lines.Find(Math.Clamp(position, 0, text.Length));
        _found.Add(new Diagnostic(code, severity, message, new SourceLocation(file, line, column, column + Math.Max(1, length), string.Empty)) { Suggestion = suggestion });
    }

    public void Error(string code, string message, PolicyElement element, string? suggestion = null) => Add(code, DiagnosticSeverity.Error, message, element.Start, element.Name.Length, suggestion);
}
