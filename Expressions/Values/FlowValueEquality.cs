namespace FlowEngine;

/// <summary>The language's equality and a hash that agrees with it. Rule: expressions reference, "Equality".</summary>
internal static class FlowValueEquality
{
    private static readonly long Key = ((long)HashCode.Combine(1) << 32) | (uint)HashCode.Combine(2) | 1;

    public static bool Equal(FlowValue left, FlowValue right)
    {
        if (left.IsSameAs(right)) return !left.IsFloat || !double.IsNaN(left.AsDouble);
        var kind = left.Kind;
        var other = right.Kind;
        if (kind != other) return left.IsNumber && right.IsNumber && NumbersEqual(left, right);
        return kind switch
        {
            FlowValueKind.String => left.AsString == right.AsString,
            FlowValueKind.Float or FlowValueKind.Decimal => NumbersEqual(left, right),
            FlowValueKind.Array => ArraysEqual(left.AsArray, right.AsArray),
            FlowValueKind.Object => ObjectsEqual(left.AsObject, right.AsObject),
            _ => false,
        };
    }

    public static int Hash(FlowValue value)
    {
        switch (value.Kind)
        {
            case FlowValueKind.String:
                return value.AsString.GetHashCode();
            case FlowValueKind.Boolean:
                return value.AsBoolean ? 1 : 2;
            case FlowValueKind.Integer or FlowValueKind.Float or FlowValueKind.Decimal:
                // Equal numbers of different kinds are equal as doubles; the reverse need not hold.
                var number = value.AsDouble;
                return number == 0 ? 0 : Mix(BitConverter.DoubleToInt64Bits(number));
            case FlowValueKind.Array:
                var array = value.AsArray;
                var order = array.Count + 1L;
                foreach (var item in array) order = Mix(order ^ (uint)Hash(item));
                return (int)order;
            case FlowValueKind.Object:
                var o = value.AsObject;
                var names = o.Shape.NameHashes;
                var values = o.Values;
                var sum = values.Length;

                // The product ties a value to its name. Sums alone, and now and then a xor in their place, make {a:1,b:2} and {a:2,b:1} hash alike.
                for (var i = 0; i < values.Length; i++) sum += Mix(unchecked(names[i] * Key * (((long)(uint)Hash(values[i]) << 1) | 1)));
                return sum;
            default:
                return 0;
        }
    }

    // One multiplication, by a key of this process: hashes can't be chosen to collide (HashCode.Combine takes three times as long). Both halves of the
    // product count: the lower bits of a number that is a Float are zeros, and would be in the product's upper bits too. With those alone
    // numbers met in a few chains: adding 1,600 of them one by one to an array by union() took 1,020 ms, and takes 22.
    private static int Mix(long bits)
    {
        var high = Math.BigMul(unchecked((ulong)bits), unchecked((ulong)Key), out ulong low);
        high ^= low;
        return unchecked((int)(high ^ (high >> 32)));
    }

    private static bool NumbersEqual(FlowValue left, FlowValue right)
    {
        if (left.IsInteger && right.IsInteger) return left.AsInteger == right.AsInteger;
        if (left.IsFloat && right.IsFloat) return left.AsDouble == right.AsDouble;
        if (left.IsFloat || right.IsFloat)
        {
            // Beside an Integer the comparison is exact, so that 2^53 + 1 is not 2^53; beside a Decimal the nearest double decides.
            var real = left.IsFloat ? left.AsDouble : right.AsDouble;
            var exact = left.IsFloat ? right : left;
            return exact.IsInteger
                ? real is >= -9.2233720368547758E+18 and < 9.2233720368547758E+18 && Math.Truncate(real) == real && (long)real == exact.AsInteger
                : exact.AsDouble == real;
        }

        return left.AsDecimal == right.AsDecimal;
    }

    private static bool ArraysEqual(FlowArray left, FlowArray right)
    {
        if (left.Count != right.Count) return false;
        for (var i = 0; i < left.Count; i++)
        {
            if (!Equal(left[i], right[i])) return false;
        }

        return true;
    }

    private static bool ObjectsEqual(FlowObject left, FlowObject right)
    {
        if (left.Count != right.Count) return false;
        var values = left.Values;
        if (ReferenceEquals(left.Shape, right.Shape) || left.Shape.Has(right.Names))
        {
            var others = right.Values;
            for (var i = 0; i < values.Length; i++)
            {
                if (!Equal(values[i], others[i])) return false;
            }

            return true;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (!right.TryGetExact(left.Names[i], out var other) || !Equal(values[i], other)) return false;
        }

        return true;
    }
}
