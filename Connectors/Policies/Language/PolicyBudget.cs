namespace FlowEngine.Connectors;

/// <summary>What one evaluation may cost: steps of the evaluator, and bytes of what it builds, charged before they are built. All of it counts for the call as well.</summary>
/// <param name="call">What all expressions of the call together may cost.</param>
internal sealed class PolicyBudget(PolicyCallBudget call)
{
    public const int MaxSteps = 200_000;
    public const long MaxBytes = 16 * 1024 * 1024;

    // Going through text costs far less than evaluating a node: about so many characters take as long.
    private const int CharactersPerStep = 64;

    private long _steps;
    private long _bytes;

    public void Step(int at) => Step(1, at);

    public void Step(long count, int at)
    {
        _steps += Math.Max(0, count);
        if (_steps > MaxSteps || count > MaxSteps) throw new PolicyExpressionException($"The evaluation took more than {MaxSteps} steps.", at);
        call.Step(count, at);
    }

    /// <summary>Charges going once through characters or bytes.</summary>
    public void Scan(long characters, int at) => Step(characters / CharactersPerStep, at);

    /// <summary>Charges looking for a text in a text: in the worst case every place is compared with all of the pattern.</summary>
    public void Search(long characters, long pattern, int at) => Step((characters / CharactersPerStep) * (1 + (pattern / CharactersPerStep)), at);

    public void Charge(long bytes, int at)
    {
        _bytes += Math.Max(0, bytes);
        if (_bytes > MaxBytes || bytes > MaxBytes) throw new PolicyExpressionException($"The evaluation built more than {MaxBytes / 1024 / 1024} MB.", at);
        call.Charge(bytes, at);
    }

    /// <summary>Charges text, two bytes a character.</summary>
    public string Text(string text, int at)
    {
        Charge(2L * text.Length, at);
        return text;
    }
}

/// <summary>What all expressions of one call of a connector together may cost: a document of a stranger may have ten thousand of them, and loops around.</summary>
internal sealed class PolicyCallBudget
{
    public const int MaxSteps = 10 * PolicyBudget.MaxSteps;
    public const long MaxBytes = 8 * PolicyBudget.MaxBytes;

    private long _steps;
    private long _bytes;

    public void Step(long count, int at)
    {
        _steps += Math.Max(0, count);
        if (_steps > MaxSteps) throw new PolicyExpressionException($"The policy expressions of the call took more than {MaxSteps} steps together.", at);
    }

    public void Charge(long bytes, int at)
    {
        _bytes += Math.Max(0, bytes);
        if (_bytes > MaxBytes) throw new PolicyExpressionException($"The policy expressions of the call built more than {MaxBytes / 1024 / 1024} MB together.", at);
    }
}
