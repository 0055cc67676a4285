namespace FlowEngine.Definitions;

/// <summary>Types of workflow parameters.</summary>
internal static class ParameterTypes
{
    /// <summary>All types, in canonical spelling.</summary>
    public static IReadOnlyList<string> All { get; } = ["String", "SecureString", "Int", "Float", "Bool", "Array", "Object", "SecureObject"];

    /// <summary>The type in canonical spelling; as written where it is none.</summary>
    public static string Canonical(string type) => All.FirstOrDefault(name => name.Equals(type, StringComparison.OrdinalIgnoreCase)) ?? type;
}
