using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FlowEngine;

/// <summary>An immutable JSON value, shared and never copied: the one currency between triggers, actions and expressions.</summary>
/// <remarks>
/// 16 bytes; <c>default</c> is JSON null. Equality is the language's (<see cref="Equals(FlowValue)"/>), so <c>1</c> equals <c>1.0</c>
/// and the order of object members does not matter. There is no implicit conversion from <see cref="string"/>: JSON text
/// (<see cref="Parse(string, JsonLimits?)"/>) and a JSON string (<see cref="String(string)"/>) must not be confused.
/// A struct of two words can tear: mutable cells of this type belong to objects that one run's loop owns.
/// </remarks>
public readonly struct FlowValue : IEquatable<FlowValue>
{
    // null = JSON null; a Tag = Boolean, Integer or Float in _bits; string, BoxedDecimal, FlowArray, FlowObject = themselves.
    private readonly object? _reference;
    private readonly long _bits;

    private sealed class Tag(FlowValueKind kind)
    {
        public readonly FlowValueKind Kind = kind;
    }

    private sealed class BoxedDecimal(decimal value)
    {
        public readonly decimal Value = value;
    }

    private static readonly Tag BooleanTag = new(FlowValueKind.Boolean);
    private static readonly Tag IntegerTag = new(FlowValueKind.Integer);
    private static readonly Tag FloatTag = new(FlowValueKind.Float);

    private FlowValue(object? reference, long bits = 0)
    {
        _reference = reference;
        _bits = bits;
    }

    /// <summary>JSON null.</summary>
    public static FlowValue Null => default;

    /// <summary>JSON true.</summary>
    public static FlowValue True => new(BooleanTag, 1);

    /// <summary>JSON false.</summary>
    public static FlowValue False => new(BooleanTag, 0);

    /// <summary>The empty string.</summary>
    public static FlowValue EmptyString => new(string.Empty);

    /// <summary>The empty array.</summary>
    public static FlowValue EmptyArray => new(FlowArray.Empty);

    /// <summary>The empty object.</summary>
    public static FlowValue EmptyObject => new(FlowObject.Empty);

    /// <summary>A JSON string.</summary>
    /// <param name="text">Its characters; null gives JSON null.</param>
    public static FlowValue String(string? text) => new(text);

    /// <summary>A boolean.</summary>
    public static FlowValue Boolean(bool value) => new(BooleanTag, value ? 1 : 0);

    /// <summary>An Integer.</summary>
    public static FlowValue Integer(long value) => new(IntegerTag, value);

    /// <summary>A Float.</summary>
    public static FlowValue Float(double value) => new(FloatTag, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A Decimal; its scale is kept.</summary>
    public static FlowValue Decimal(decimal value) => new(new BoxedDecimal(value));

    /// <summary>An array as a value.</summary>
    public static FlowValue Array(FlowArray array) => new(array);

    /// <summary>An array of the given elements.</summary>
    public static FlowValue Array(params ReadOnlySpan<FlowValue> items) => new(FlowArray.Create(items));

    /// <summary>An object as a value.</summary>
    public static FlowValue Object(FlowObject value) => new(value);

    /// <summary>An object of the given members, in their order; a repeated name keeps its last value, at the last position.</summary>
    public static FlowValue Object(params ReadOnlySpan<(string Name, FlowValue Value)> members)
    {
        var builder = new FlowObjectBuilder(members.Length);
        foreach (var (name, value) in members) builder.Set(name, value);
        return builder.ToValue();
    }

    /// <summary>Reads JSON text leniently, as the service does (dates stay text, integers stay 64-bit).</summary>
    /// <exception cref="FlowJsonException">The text is no JSON, or goes beyond <paramref name="limits"/>.</exception>
    public static FlowValue Parse(string json, JsonLimits? limits = null) => FlowJson.Parse(json, limits);

    /// <summary>Converts from Newtonsoft's model; see <see cref="JTokenConversion"/>.</summary>
    public static FlowValue FromJToken(Newtonsoft.Json.Linq.JToken? token) => token.ToFlowValue();

    /// <summary>A Boolean.</summary>
    public static implicit operator FlowValue(bool value) => Boolean(value);

    /// <summary>An Integer.</summary>
    public static implicit operator FlowValue(int value) => Integer(value);

    /// <summary>An Integer.</summary>
    public static implicit operator FlowValue(long value) => Integer(value);

    /// <summary>A Float.</summary>
    public static implicit operator FlowValue(double value) => Float(value);

    /// <summary>A Decimal.</summary>
    public static implicit operator FlowValue(decimal value) => Decimal(value);

    /// <summary>An Array; null becomes null.</summary>
    public static implicit operator FlowValue(FlowArray value) => new(value);

    /// <summary>An Object; null becomes null.</summary>
    public static implicit operator FlowValue(FlowObject value) => new(value);

    /// <summary>The kind of this value.</summary>
    public FlowValueKind Kind => _reference switch
    {
        null => FlowValueKind.Null,
        Tag tag => tag.Kind,
        string => FlowValueKind.String,
        FlowObject => FlowValueKind.Object,
        FlowArray => FlowValueKind.Array,
        _ => FlowValueKind.Decimal,
    };

    /// <summary>The kind as the service's messages name it: <c>Null, Boolean, Integer, Float, String, Array, Object</c>; a Decimal is a <c>Float</c> there.</summary>
    public string TypeName => Kind switch
    {
        FlowValueKind.Null => "Null",
        FlowValueKind.Boolean => "Boolean",
        FlowValueKind.Integer => "Integer",
        FlowValueKind.String => "String",
        FlowValueKind.Array => "Array",
        FlowValueKind.Object => "Object",
        _ => "Float",
    };

    /// <summary>Whether this is JSON null.</summary>
    public bool IsNull => _reference is null;

    /// <summary>Whether this is a string.</summary>
    public bool IsString => _reference is string;

    /// <summary>Whether this is an array.</summary>
    public bool IsArray => _reference is FlowArray;

    /// <summary>Whether this is an object.</summary>
    public bool IsObject => _reference is FlowObject;

    /// <summary>Whether this is a boolean.</summary>
    public bool IsBoolean => ReferenceEquals(_reference, BooleanTag);

    /// <summary>Whether this is an Integer.</summary>
    public bool IsInteger => ReferenceEquals(_reference, IntegerTag);

    /// <summary>Whether this is a Float.</summary>
    public bool IsFloat => ReferenceEquals(_reference, FloatTag);

    /// <summary>Whether this is an Integer, Float or Decimal.</summary>
    public bool IsNumber => IsInteger || IsFloat || _reference is BoxedDecimal;

    /// <summary>How many containers are nested here: 0 for a scalar, 1 for a flat array or object.</summary>
    public int Depth => _reference switch { FlowObject o => o.Depth, FlowArray a => a.Depth, _ => 0 };

    /// <summary>How many characters it takes as JSON, at least; parts that are shared count at each place.</summary>
    internal int Size => _reference switch { string text => text.Length, FlowObject o => o.Size, FlowArray a => a.Size, _ => 1 };

    /// <summary>The string, or null where this is none.</summary>
    public string? AsStringOrNull => _reference as string;

    /// <summary>The array, or null where this is none.</summary>
    public FlowArray? AsArrayOrNull => _reference as FlowArray;

    /// <summary>The object, or null where this is none.</summary>
    public FlowObject? AsObjectOrNull => _reference as FlowObject;

    /// <summary>The string.</summary>
    /// <exception cref="InvalidOperationException">This is no string.</exception>
    public string AsString => _reference as string ?? throw Wrong(FlowValueKind.String);

    /// <summary>The array.</summary>
    /// <exception cref="InvalidOperationException">This is no array.</exception>
    public FlowArray AsArray => _reference as FlowArray ?? throw Wrong(FlowValueKind.Array);

    /// <summary>The object.</summary>
    /// <exception cref="InvalidOperationException">This is no object.</exception>
    public FlowObject AsObject => _reference as FlowObject ?? throw Wrong(FlowValueKind.Object);

    /// <summary>The boolean.</summary>
    /// <exception cref="InvalidOperationException">This is no boolean.</exception>
    public bool AsBoolean => IsBoolean ? _bits != 0 : throw Wrong(FlowValueKind.Boolean);

    /// <summary>The Integer.</summary>
    /// <exception cref="InvalidOperationException">This is no Integer.</exception>
    public long AsInteger => IsInteger ? _bits : throw Wrong(FlowValueKind.Integer);

    /// <summary>Any number as a double.</summary>
    /// <exception cref="InvalidOperationException">This is no number.</exception>
    public double AsDouble => _reference switch
    {
        Tag { Kind: FlowValueKind.Float } => BitConverter.Int64BitsToDouble(_bits),
        Tag { Kind: FlowValueKind.Integer } => _bits,
        BoxedDecimal boxed => (double)boxed.Value,
        _ => throw Wrong(FlowValueKind.Float),
    };

    /// <summary>An Integer or Decimal, or a Float within Decimal's range, as a decimal.</summary>
    /// <exception cref="InvalidOperationException">This is no number.</exception>
    /// <exception cref="OverflowException">A Float out of range.</exception>
    public decimal AsDecimal => _reference switch
    {
        BoxedDecimal boxed => boxed.Value,
        Tag { Kind: FlowValueKind.Integer } => _bits,
        Tag { Kind: FlowValueKind.Float } => (decimal)BitConverter.Int64BitsToDouble(_bits),
        _ => throw Wrong(FlowValueKind.Decimal),
    };

    /// <summary>The member of that name: the exact name first, else the first that equals it ignoring case; null where there is none or this is no object.</summary>
    public FlowValue this[string name] => _reference is FlowObject o && o.TryGet(name, out var value) ? value : default;

    /// <summary>The element at that index; null where there is none or this is no array.</summary>
    public FlowValue this[int index] => _reference is FlowArray a && (uint)index < (uint)a.Count ? a[index] : default;

    /// <summary>Looks a member up: the exact name first, else the first that equals it ignoring case.</summary>
    public bool TryGetMember(string name, out FlowValue value)
    {
        if (_reference is FlowObject o) return o.TryGet(name, out value);
        value = default;
        return false;
    }

    /// <summary>The language's equality: deep, type-strict between string, number, boolean and null, numbers by value, members in any order.</summary>
    public bool Equals(FlowValue other) => FlowValueEquality.Equal(this, other);

    /// <summary>Deep equality, numbers by value.</summary>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is FlowValue other && Equals(other);

    /// <summary>A hash that agrees with <see cref="Equals(FlowValue)"/>: <c>1</c> and <c>1.0</c> hash alike, and so do objects with members in another order.</summary>
    public override int GetHashCode() => FlowValueEquality.Hash(this);

    /// <summary>Deep equality, numbers by value.</summary>
    public static bool operator ==(FlowValue left, FlowValue right) => left.Equals(right);

    /// <summary>Whether the values differ, numbers compared by value.</summary>
    public static bool operator !=(FlowValue left, FlowValue right) => !left.Equals(right);

    /// <summary>Whether both are the very same container or string, or the same scalar: cheap, and enough to see that nothing was copied.</summary>
    public bool IsSameAs(FlowValue other) => ReferenceEquals(_reference, other._reference) && _bits == other._bits;

    /// <summary>Compact JSON text.</summary>
    public string ToJson() => FlowJson.Write(this);

    /// <summary>Compact JSON text.</summary>
    public override string ToString() => FlowJson.Write(this);

    private InvalidOperationException Wrong(FlowValueKind wanted) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The value is of kind {Kind}, not {wanted}."));
}
