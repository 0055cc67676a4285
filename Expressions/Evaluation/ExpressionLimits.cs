namespace FlowEngine.Expressions;

/// <summary>What an expression may cost. Beyond it evaluation fails with an <see cref="ExpressionException"/>.</summary>
/// <remarks>A template (all inputs of an action, for instance) has one budget of steps and bytes for all expressions in it.</remarks>
public sealed record ExpressionLimits
{
    /// <summary>The limits of the reference, for flows that are trusted.</summary>
    public static ExpressionLimits Default { get; } = new();

    /// <summary>For flows of strangers.</summary>
    public static ExpressionLimits Untrusted { get; } = new()
    {
        MaxLength = 8_192,
        MaxTextLength = 1_000_000,
        MaxSteps = 1_000_000,
        MaxBytes = 64_000_000,
        MaxXPathSteps = 500_000,
        XPathTime = TimeSpan.FromSeconds(1),
        MaxRunSteps = 50_000_000,
        MaxRunBytes = 1_000_000_000,
        MaxActionBytes = 64_000_000,
    };

    /// <summary>What <see cref="MaxNesting"/> can be raised to: evaluation nests as deep as the text does, and a thread's stack bears this many.</summary>
    public const int DeepestNesting = 1_000;

    /// <summary>Characters of a text that a function builds (<c>concat</c>, <c>join</c>, <c>replace</c> …).</summary>
    public int MaxTextLength { get; init; } = 104_857_600;

    /// <summary>Elements of <c>range</c>.</summary>
    public int MaxRangeCount { get; init; } = 100_000;

    /// <summary>Characters of one expression as written; beyond it the text doesn't parse. The service's 8,192 are a warning where nothing is said.</summary>
    public int MaxLength { get; init; } = int.MaxValue;

    /// <summary>Calls and dereferences nested in each other; beyond it the text doesn't parse. At most <see cref="DeepestNesting"/> counts.</summary>
    public int MaxNesting { get; init; } = 256;

    /// <summary>Steps that functions take: elements of loops, and what functions read (a step is 64 characters of text or 8 of other JSON).</summary>
    public long MaxSteps { get; init; } = 100_000_000;

    /// <summary>Bytes that the results of functions take in all, as far as they are new.</summary>
    public long MaxBytes { get; init; } = 1_000_000_000;

    /// <summary>Steps that all evaluations of one run take together.</summary>
    public long MaxRunSteps { get; init; } = long.MaxValue;

    /// <summary>Bytes that the results of all evaluations of one run take together, whether they are still in use or not.</summary>
    public long MaxRunBytes { get; init; } = long.MaxValue;

    /// <summary>Bytes of JSON that inputs and outputs of one action take together, as far as their characters tell; beyond it the action fails. Content in chunks has a limit of its own.</summary>
    /// <remarks>Source: the service's limits, <c>ActionResultsSizeLimitExceeded</c> (runtime reference, 6.5).</remarks>
    public long MaxActionBytes { get; init; } = 209_715_200;

    /// <summary>Nodes that one <c>xpath</c> may visit.</summary>
    public long MaxXPathSteps { get; init; } = 5_000_000;

    /// <summary>Time that one <c>xpath</c> may take, whatever it visits.</summary>
    public TimeSpan XPathTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Elements of XML nested in each other; at most <see cref="SafeXml.MaxDepth"/>.</summary>
    public int MaxXmlDepth { get; init; } = SafeXml.MaxDepth;

    /// <summary>Time that one search for a regular expression may take.</summary>
    public TimeSpan PatternTime { get; init; } = TimeSpan.FromMilliseconds(250);
}
