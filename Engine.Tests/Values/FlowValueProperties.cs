namespace FlowEngine.Tests.Values;

/// <summary>Ways to change a value without changing what it means, and a comparison that overlooks nothing.</summary>
internal static class FlowValueProperties
{
    /// <summary>An equal value: members in reverse order, integral numbers of another kind.</summary>
    public static FlowValue Variant(FlowValue value) => value.Kind switch
    {
        FlowValueKind.Integer when value.AsInteger is > -(1L << 53) and < (1L << 53) => FlowValue.Float(value.AsInteger),
        FlowValueKind.Float when Math.Abs(value.AsDouble) < 1e15 && Math.Truncate(value.AsDouble) == value.AsDouble => FlowValue.Decimal((decimal)value.AsDouble),
        FlowValueKind.Decimal when value.AsDecimal == decimal.Truncate(value.AsDecimal) => FlowValue.Integer((long)value.AsDecimal),
        FlowValueKind.Array => FlowValue.Array(FlowArray.Create(((IEnumerable<FlowValue>)value.AsArray).Select(Variant))),
        FlowValueKind.Object => FlowValue.Object([.. value.AsObject.Reverse().Select(m => (m.Key, Variant(m.Value)))]),
        _ => value,
    };

    /// <summary>Whether two values are alike down to kinds, bits, scale and order.</summary>
    public static bool Identical(FlowValue left, FlowValue right)
    {
        if (left.Kind != right.Kind) return false;
        switch (left.Kind)
        {
            case FlowValueKind.Float:
                return BitConverter.DoubleToInt64Bits(left.AsDouble) == BitConverter.DoubleToInt64Bits(right.AsDouble);
            case FlowValueKind.Decimal:
                return decimal.GetBits(left.AsDecimal).SequenceEqual(decimal.GetBits(right.AsDecimal));
            case FlowValueKind.Array:
                return left.AsArray.Count == right.AsArray.Count && ((IEnumerable<FlowValue>)left.AsArray).Zip(right.AsArray).All(p => Identical(p.First, p.Second));
            case FlowValueKind.Object:
                return left.AsObject.Count == right.AsObject.Count && left.AsObject.Zip(right.AsObject).All(p => p.First.Key == p.Second.Key && Identical(p.First.Value, p.Second.Value));
            default:
                return left == right;
        }
    }
}
