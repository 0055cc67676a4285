namespace FlowEngine.Connectors;

/// <summary>How a type is called: keyword or name of .NET, with or without its namespace. One table for static members, conversions and declarations.</summary>
internal static class PolicyTypeNames
{
    private static readonly HashSet<string> Namespaces = new(StringComparer.Ordinal)
    {
        "System", "System.Text", "System.Text.RegularExpressions", "System.Security", "System.Security.Cryptography", "System.Net", "System.Web", "System.Linq",
        "System.Collections", "System.Collections.Generic", "System.Globalization", "Newtonsoft", "Newtonsoft.Json", "Newtonsoft.Json.Linq",
    };

    private static readonly Dictionary<string, string> Keywords = new(StringComparer.Ordinal)
    {
        ["String"] = "string",
        ["Object"] = "object",
        ["Boolean"] = "bool",
        ["Char"] = "char",
        ["Byte"] = "byte",
        ["Int32"] = "int",
        ["UInt32"] = "uint",
        ["Int64"] = "long",
        ["UInt64"] = "ulong",
        ["Single"] = "float",
        ["Double"] = "double",
        ["Decimal"] = "decimal",
    };

    public static bool IsNamespace(string path) => Namespaces.Contains(path);

    /// <summary>The short name: the keyword where C# has one; brackets of arrays stay. Null where the namespace is none of those that there are.</summary>
    public static string? Canonical(string type)
    {
        var dot = type.LastIndexOf('.');
        if (dot >= 0 && !Namespaces.Contains(type[..dot])) return null;
        var name = type[(dot + 1)..];
        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        var (element, suffix) = bracket < 0 ? (name, string.Empty) : (name[..bracket], name[bracket..]);
        return Keywords.GetValueOrDefault(element, element) + suffix;
    }
}
