using System.Globalization;

namespace FlowEngine.Expressions;

/// <summary>Where a template or a part of one stands: a step below what is around it. It becomes a JSON Pointer when somebody reads it, which is where something fails.</summary>
/// <remarks>
/// As text the pointers of all expressions were 900 of the 3,100 bytes that compiling an action allocated; as objects beside the sources of the
/// expressions they were 150 of 2,450 still (<c>load.actions-1000</c>).
/// </remarks>
internal readonly struct TemplatePlace
{
    private const int IsPointer = -2;
    private const int IsName = -1;

    private readonly object? _outer; // an ExpressionSource, or what is a pointer as text
    private readonly string? _name;
    private readonly int _index;

    private TemplatePlace(object? outer, string? name, int index) => (_outer, _name, _index) = (outer, name, index);

    /// <summary>A whole pointer.</summary>
    public TemplatePlace(string pointer)
        : this(null, pointer, IsPointer)
    {
    }

    /// <summary>A member.</summary>
    public TemplatePlace(ExpressionSource outer, string name)
        : this(outer, name, IsName)
    {
    }

    /// <summary>An element.</summary>
    public TemplatePlace(ExpressionSource outer, int index)
        : this(outer, null, index)
    {
    }

    /// <summary>What stands at <paramref name="pointer"/>, such as <c>inputs/from</c>, below a pointer.</summary>
    /// <param name="outer">A pointer: its <see cref="object.ToString"/> gives the text.</param>
    /// <param name="pointer">The steps below it.</param>
    public static TemplatePlace Below(object outer, string pointer) => new(outer, pointer, IsPointer);

    /// <summary>The member of what stands here; of an element without an object in between.</summary>
    public TemplatePlace Member(string name) => _name is null ? new(_outer, name, _index) : new TemplatePlace(new ExpressionSource(string.Empty, this), name);

    public override string ToString()
    {
        var step = _index switch
        {
            IsPointer => _name!, // the constructors set it for these two
            IsName => JsonPointer.Escape(_name!),
            _ when _name is null => _index.ToString(CultureInfo.InvariantCulture),
            _ => string.Create(CultureInfo.InvariantCulture, $"{_index}/{JsonPointer.Escape(_name)}"),
        };
        return _outer is null ? step : $"{(_outer as ExpressionSource)?.Path ?? _outer.ToString()}/{step}";
    }
}
