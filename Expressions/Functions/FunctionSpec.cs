namespace FlowEngine.Expressions;

/// <summary>A function of any number of arguments.</summary>
public delegate FlowValue SpanFunction(ReadOnlySpan<FlowValue> arguments);

/// <summary>A function that reads the clock, chance, limits or locals.</summary>
public delegate FlowValue ContextFunction(EvaluationContext context, ReadOnlySpan<FlowValue> arguments);

/// <summary>Makes the node of a call whose arguments are not simply evaluated: lazy functions and references.</summary>
internal delegate Expression BindFunction(FunctionCall call);

/// <summary>Where a function exists.</summary>
public enum FunctionOrigin
{
    /// <summary>The official reference.</summary>
    Reference,

    /// <summary>Real, but in no reference (<c>actionBody</c>), or only in the designer's manifest.</summary>
    Undocumented,

    /// <summary>Ours; refused by <see cref="ExpressionDialect.Strict"/>.</summary>
    Extension,
}

/// <summary>One function: its name, how it is called, what it does, and its documentation. A row of a theme file's table.</summary>
/// <remarks>The argument count is checked before any argument is evaluated, when the call is reached (expressions reference, section 3).</remarks>
public sealed class FunctionSpec
{
    /// <summary>A deterministic function of one argument.</summary>
    public FunctionSpec(string name, Func<FlowValue, FlowValue> body)
        : this(name, 1, 1) => Unary = body;

    /// <summary>A deterministic function of two arguments.</summary>
    public FunctionSpec(string name, Func<FlowValue, FlowValue, FlowValue> body)
        : this(name, 2, 2) => Binary = body;

    /// <summary>A deterministic function of three arguments.</summary>
    public FunctionSpec(string name, Func<FlowValue, FlowValue, FlowValue, FlowValue> body)
        : this(name, 3, 3) => Ternary = body;

    /// <summary>A deterministic function of <paramref name="minimum"/> to <paramref name="maximum"/> arguments.</summary>
    public FunctionSpec(string name, int minimum, int maximum, SpanFunction body)
        : this(name, minimum, maximum) => Variadic = body;

    /// <summary>A function that reads its context; not folded unless <see cref="IsDeterministic"/> is set.</summary>
    public FunctionSpec(string name, int minimum, int maximum, ContextFunction body)
        : this(name, minimum, maximum)
    {
        Contextual = body;
        IsDeterministic = false;
    }

    /// <summary>A function that makes its own node.</summary>
    internal FunctionSpec(string name, int minimum, int maximum, BindFunction bind)
        : this(name, minimum, maximum)
    {
        Bind = bind;
        IsDeterministic = false;
    }

    // Everything but the body.
    private FunctionSpec(FunctionSpec other)
        : this(other.Name, other.MinimumArguments, other.MaximumArguments)
    {
        IsDeterministic = other.IsDeterministic;
        IsConstantTime = other.IsConstantTime;
        Origin = other.Origin;
        ArityMessage = other.ArityMessage;
        Summary = other.Summary;
        Parameters = other.Parameters;
        Examples = other.Examples;
        Source = other.Source;
    }

    private FunctionSpec(string name, int minimum, int maximum)
    {
        Name = name;
        MinimumArguments = minimum;
        MaximumArguments = maximum;
    }

    /// <summary>Stands for "any number" as a maximum.</summary>
    public const int Any = int.MaxValue;

    /// <summary>The name in the reference's spelling; calls ignore case.</summary>
    public string Name { get; }

    /// <summary>Fewest arguments.</summary>
    public int MinimumArguments { get; }

    /// <summary>Most arguments, or <see cref="Any"/>.</summary>
    public int MaximumArguments { get; }

    internal Func<FlowValue, FlowValue>? Unary { get; }

    /// <summary>The body for two arguments; a function of any number may have one besides, for the usual call.</summary>
    internal Func<FlowValue, FlowValue, FlowValue>? Binary { get; init; }

    internal Func<FlowValue, FlowValue, FlowValue, FlowValue>? Ternary { get; }

    internal SpanFunction? Variadic { get; private init; }

    internal ContextFunction? Contextual { get; private init; }

    internal BindFunction? Bind { get; }

    /// <summary>What <see cref="Bind"/> refers to, where a literal name, or none, is all that it needs.</summary>
    internal ReferenceFunction? Reference { get; init; }

    /// <summary>Whether the body is one for exactly so many values, rather than for any number.</summary>
    internal bool Takes(int count) => Unary is not null || Ternary is not null || (Binary is not null && count == 2);

    /// <summary>Same arguments, same value: a call with constant arguments is folded when it is compiled.</summary>
    public bool IsDeterministic { get; init; } = true;

    /// <summary>Takes no longer for large arguments and makes nothing new of their size: its calls are not charged to the budget of the evaluation.</summary>
    public bool IsConstantTime { get; init; }

    /// <summary>Where it exists.</summary>
    public FunctionOrigin Origin { get; init; }

    /// <summary>The service's sentence for a wrong argument count, made from the count given; null takes the usual one.</summary>
    internal Func<int, string>? ArityMessage { get; init; }

    /// <summary>What it does, one sentence.</summary>
    public string Summary { get; init; } = string.Empty;

    /// <summary>One entry a parameter: <c>name: type, meaning</c>.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>Examples as <c>call -> value as JSON</c>; each runs as a test.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Where the behaviour is from.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>The same function with another body.</summary>
    internal FunctionSpec WithBody(SpanFunction body) => new(this) { Variadic = body };

    /// <summary>The same function with another body.</summary>
    internal FunctionSpec WithBody(ContextFunction body) => new(this) { Contextual = body };
}
