using System.Diagnostics.CodeAnalysis;

namespace FlowEngine.Actions;

/// <summary>The types of variables and what they take. Runtime reference, 3.2.</summary>
internal static class VariableType
{
    public const string String = "String";
    public const string Integer = "Integer";
    public const string Float = "Float";
    public const string Boolean = "Boolean";
    public const string Array = "Array";
    public const string Object = "Object";

    private static readonly string[] All = [String, Integer, Float, Boolean, Array, Object];

    /// <summary>The canonical spelling of a type name, which may be in any case.</summary>
    public static bool TryGet(string? written, [NotNullWhen(true)] out string? type)
    {
        type = System.Array.Find(All, name => name.Equals(written, StringComparison.OrdinalIgnoreCase));
        return type is not null;
    }

    /// <summary>The value of a variable that was initialised without one. An Object stays null.</summary>
    public static FlowValue Default(string type) => type switch
    {
        String => FlowValue.EmptyString,
        Integer => 0,
        Float => 0.0,
        Boolean => false,
        Array => FlowValue.EmptyArray,
        _ => FlowValue.Null,
    };

    /// <summary>The value as a variable of that type keeps it: an Integer widens to Float, null empties a String or Array; text is never parsed.</summary>
    /// <returns>False where the type does not take the value.</returns>
    internal static bool TryTake(string type, FlowValue value, out FlowValue taken)
    {
        taken = type switch
        {
            Float when value.IsInteger => value.AsDouble,
            String or Array or Object when value.IsNull => Default(type),
            _ => value,
        };
        return ValueText.TypeName(taken) == type || (type == Object && taken.IsNull);
    }

    /// <summary>The service's words for a value that the variable's type does not take.</summary>
    internal static string Mismatch(string variable, string type, FlowValue value)
    {
        var supported = type == Float ? $"{Float}, {Integer}" : type;
        return $"The variable '{variable}' of type '{type}' cannot be initialized or updated with value of type '{ValueText.TypeName(value)}'. "
            + $"The variable '{variable}' only supports values of types '{supported}'.";
    }
}
