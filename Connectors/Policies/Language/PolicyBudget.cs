namespace FlowEngine.Connectors;

/// <summary>What one evaluation may cost: steps of the evaluator, and bytes of what it builds, charged before they are built.</summary>
internal sealed class PolicyBudget
{
    public const int MaxSteps = 200_000;
    public const long MaxBytes = 16 * 1024 * 1024;

    private int _steps;
    private long _bytes;

    public void Step(int at)
    {
        if (++_steps > MaxSteps) throw new PolicyExpressionException($"The evaluation took more than {MaxSteps} steps.", at);
    }

    public void Charge(long bytes, int at)
    {
        _bytes += Math.Max(0, bytes);
        if (_bytes > MaxBytes || bytes > MaxBytes) throw new PolicyExpressionException($"The evaluation built more than {MaxBytes / 1024 / 1024} MB.", at);
    }

    /// <summary>Charges text, two bytes a character.</summary>
    public string Text(string text, int at)
    {
        Charge(2L * text.Length, at);
        return text;
    }
}
