namespace FlowEngine;

/// <summary>The kinds of a <see cref="FlowValue"/>: JSON's, with numbers told apart as the language tells them apart.</summary>
public enum FlowValueKind : byte
{
    /// <summary>JSON null, also <c>default(FlowValue)</c>.</summary>
    Null,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A 64-bit signed integer.</summary>
    Integer,

    /// <summary>A double, NaN and infinities included.</summary>
    Float,

    /// <summary>A <see cref="decimal"/> with its scale; only <c>decimal()</c> and arithmetic with one make it.</summary>
    Decimal,

    /// <summary>Text.</summary>
    String,

    /// <summary>An array.</summary>
    Array,

    /// <summary>An object.</summary>
    Object,
}
