namespace FlowEngine.Expressions;

/// <summary>Where an expression stands: the whole template text and the JSON Pointer of that text in its file.</summary>
/// <param name="Text">The template text as the definition has it, its <c>@</c> included.</param>
/// <param name="Path">JSON Pointer into the file, such as <c>/definition/actions/Total/inputs</c>; empty where there is no file.</param>
public sealed record ExpressionSource(string Text, string Path)
{
    private readonly PointerSteps? _steps;
    private string? _path = Path;

    internal ExpressionSource(string text, PointerSteps steps)
        : this(text, string.Empty) => (_path, _steps) = (null, steps);

    /// <summary>JSON Pointer into the file.</summary>
    public string Path
    {
        get => _path ??= _steps!.ToString(); // one of the two is set
        init => _path = value;
    }

    /// <inheritdoc/>
    public bool Equals(ExpressionSource? other) => other is not null && Text == other.Text && Path == other.Path;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, Path);
}
