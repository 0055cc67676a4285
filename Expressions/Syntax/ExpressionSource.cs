namespace FlowEngine.Expressions;

/// <summary>Where an expression stands: the whole template text and the JSON Pointer of that text in its file.</summary>
/// <param name="Text">The template text as the definition has it, its <c>@</c> included.</param>
/// <param name="Path">JSON Pointer into the file, such as <c>/definition/actions/Total/inputs</c>; empty where there is no file.</param>
public sealed record ExpressionSource(string Text, string Path)
{
    /// <summary>A text, or an object or an array, which have none.</summary>
    internal ExpressionSource(string text, TemplatePlace at)
        : this(text, string.Empty) => At = at;

    /// <summary>Its place, for what stands at the same.</summary>
    internal TemplatePlace At { get; private init; } = new(Path);

    /// <summary>JSON Pointer into the file.</summary>
    public string Path
    {
        get => At.ToString();
        init => At = new TemplatePlace(value);
    }

    /// <inheritdoc/>
    public bool Equals(ExpressionSource? other) => other is not null && Text == other.Text && Path == other.Path;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, Path);
}
