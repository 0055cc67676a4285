using FsCheck;
using FsCheck.Fluent;

namespace FlowEngine.Tests.Values;

/// <summary>Random values for property tests, rich in what tends to go wrong: edges of numbers, lone surrogates, names that differ by case.</summary>
internal static class FlowValueGenerators
{
    private static readonly Gen<char> Character = Gen.Frequency(
        (6, Gen.Choose('a', 'z').Select(c => (char)c)),
        (2, Gen.Elements('"', '\\', '/', '\'', '\0', '\n', '\t', '\u2028', ' ', '<')),
        (2, Gen.Elements('é', 'ß', 'İ', '€', '\uFEFF', '\uFFFF')),
        (1, Gen.Choose(0xD800, 0xDFFF).Select(c => (char)c)));

    public static Gen<string> Text { get; } = Gen.Frequency(
        (8, Character.ArrayOf().Select(c => new string(c))),
        (1, Gen.Elements("2024-01-01T10:00:00+02:00", "/Date(1)/", "NaN", "1.0", "null", "true", "")));

    public static Gen<string> Name { get; } = Gen.Elements("a", "A", "b", "B", "ab", "aB", "Ab", "é", "É", "x.y", "$content", "1", "", "c", "d", "e", "f", "g", "h", "i");

    public static Gen<long> Integer { get; } = Gen.OneOf(
        Gen.Choose(-10, 10).Select(i => (long)i),
        Gen.Elements(long.MinValue, long.MinValue + 1, long.MaxValue, long.MaxValue - 1, (1L << 53) + 1, 100000000000000010),
        Gen.Choose(int.MinValue, int.MaxValue).Two().Select(p => ((long)p.Item1 << 32) | (uint)p.Item2));

    public static Gen<double> Float { get; } = Gen.OneOf(
        Gen.Choose(-10, 10).Select(i => (double)i),
        Gen.Choose(-1000, 1000).Select(i => i / 8.0),
        Gen.Elements(0.1, 1e21, 1e-5, -0.0, double.MaxValue, double.Epsilon, 9007199254740992.0, 9.2233720368547758E+18),
        Integer.Select(BitConverter.Int64BitsToDouble).Where(double.IsFinite));

    /// <summary>Decimals of at most 15 digits, so that no two of them are the same double.</summary>
    public static Gen<decimal> Decimal { get; } = Gen.Choose(-100_000, 100_000).SelectMany(n => Gen.Choose(0, 4).Select(scale => new decimal(Math.Abs(n), 0, 0, n < 0, (byte)scale)));

    /// <summary>What JSON text can say.</summary>
    public static Gen<FlowValue> Json { get; } = Gen.Sized(size => Tree(JsonLeaf, Math.Min(size, 40)));

    /// <summary>What expressions can hold: also Decimals.</summary>
    public static Gen<FlowValue> Any { get; } = Gen.Sized(size => Tree(Gen.Frequency((5, JsonLeaf), (1, Decimal.Select(FlowValue.Decimal))), Math.Min(size, 40)));

    private static Gen<FlowValue> JsonLeaf => Gen.OneOf(
        Gen.Elements(FlowValue.Null, FlowValue.True, FlowValue.False),
        Integer.Select(FlowValue.Integer),
        Float.Select(FlowValue.Float),
        Text.Select(FlowValue.String));

    /// <summary>Asserts for many random values.</summary>
    public static void ForAll<T>(Gen<T> values, Action<T> assertion) => Prop.ForAll(values.ToArbitrary(), assertion).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static Gen<FlowValue> Tree(Gen<FlowValue> leaf, int size)
    {
        if (size < 2) return leaf;
        var inner = Tree(leaf, size / 3);
        return Gen.Frequency(
            (2, leaf),
            (2, Gen.Choose(0, 5).SelectMany(n => inner.ArrayOf(n)).Select(items => FlowValue.Array(FlowArray.Create(items)))),
            (2, Gen.Choose(0, 12).SelectMany(n => Name.SelectMany(name => inner.Select(value => (name, value))).ArrayOf(n)).Select(members => FlowValue.Object(members))));
    }
}
