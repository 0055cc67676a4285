using System.Runtime.CompilerServices;

namespace FlowEngine.Definitions;

/// <summary>Shapes of objects that were found to be as an action type wants them: of objects with the same names in the same order, one is looked at.</summary>
/// <remarks>
/// A table of fixed size in which a later entry takes the place of an earlier one: what is not in it is looked at again. Files have few shapes,
/// and names looked up in the lists of their type took 0.1 of 5.5 ms (<c>load.actions-1000</c>).
/// </remarks>
internal sealed class KnownShapes
{
    private const int Entries = 64;

    private readonly (ObjectShape? Shape, ActionTypeInfo? Type)[] _known = new (ObjectShape?, ActionTypeInfo?)[Entries];

    /// <summary>Whether objects of that shape are known to fit.</summary>
    public bool Contains(ObjectShape shape, ActionTypeInfo type)
    {
        var known = _known[Entry(shape, type)];
        return ReferenceEquals(known.Shape, shape) && ReferenceEquals(known.Type, type);
    }

    /// <summary>Takes note that they fit.</summary>
    public void Add(ObjectShape shape, ActionTypeInfo type) => _known[Entry(shape, type)] = (shape, type);

    private static int Entry(ObjectShape shape, ActionTypeInfo type) => (RuntimeHelpers.GetHashCode(shape) ^ (31 * RuntimeHelpers.GetHashCode(type))) & (Entries - 1);
}
