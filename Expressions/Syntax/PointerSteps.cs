using System.Globalization;

namespace FlowEngine.Expressions;

/// <summary>A JSON Pointer as its last step and those before it: it becomes text when somebody reads it, which is where something fails.</summary>
/// <remarks>As text the pointers of all expressions were 900 of the 3,100 bytes that compiling an action allocated (<c>load.actions-1000</c>).</remarks>
internal sealed class PointerSteps
{
    private readonly PointerSteps? _outer;
    private readonly string? _name;
    private readonly int _index;

    /// <summary>A whole pointer.</summary>
    public PointerSteps(string pointer) => _name = pointer;

    /// <summary>A member.</summary>
    public PointerSteps(PointerSteps outer, string name) => (_outer, _name) = (outer, name);

    /// <summary>An element.</summary>
    public PointerSteps(PointerSteps outer, int index) => (_outer, _index) = (outer, index);

    public override string ToString()
    {
        if (_outer is null) return _name!; // only steps have an outer pointer
        var step = _name is null ? _index.ToString(CultureInfo.InvariantCulture) : JsonPointer.Escape(_name);
        return $"{_outer}/{step}";
    }
}
