namespace FlowEngine.Connectors;

/// <summary>A type of the list: its static members and how it is made.</summary>
/// <param name="Name">Without its namespace.</param>
internal sealed record PolicyType(string Name)
{
    /// <summary>Constants, properties and methods; a property gets no arguments.</summary>
    public Dictionary<string, Func<PolicyCall, object?>> Statics { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Makes one; null where expressions may not.</summary>
    public Func<PolicyCall, object>? Create { get; init; }

    /// <summary>Whether it signs with a key.</summary>
    public bool IsKeyedHash { get; init; }

    public object? Get(string member, PolicyCall call) => Statics[member](call);

    public object? Invoke(string member, PolicyCall call) => Guard(() => Statics[member](call), member, call.At);

    /// <summary>What .NET throws on wrong arguments, as a failure of the expression.</summary>
    public static object? Guard(Func<object?> invoke, string member, int at)
    {
        try
        {
            return invoke();
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or InvalidOperationException or InvalidCastException or KeyNotFoundException or Newtonsoft.Json.JsonException or System.Text.RegularExpressions.RegexMatchTimeoutException or NotSupportedException or DivideByZeroException or System.Security.Cryptography.CryptographicException)
        {
            throw new PolicyExpressionException($"'{member}' failed: {e.Message}", at, member.Length, e);
        }
    }
}

/// <summary>The types whose static members expressions may use: the model is API Management's own list. A type is a row in one of the tables.</summary>
internal static class PolicyTypes
{
    private static readonly HashSet<string> Namespaces = new(StringComparer.Ordinal)
    {
        "System", "System.Text", "System.Text.RegularExpressions", "System.Security", "System.Security.Cryptography", "System.Net", "System.Web", "System.Linq",
        "System.Collections", "System.Collections.Generic", "System.Globalization", "Newtonsoft", "Newtonsoft.Json", "Newtonsoft.Json.Linq",
    };

    private static readonly Dictionary<string, PolicyType> Known = All().ToDictionary(type => type.Name, StringComparer.Ordinal);

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["String"] = "string",
        ["Int32"] = "int",
        ["Int64"] = "long",
        ["Double"] = "double",
        ["Decimal"] = "decimal",
        ["Boolean"] = "bool",
        ["Char"] = "char",
    };

    public static IEnumerable<string> Names => Known.Keys;

    public static bool IsNamespace(string path) => Namespaces.Contains(path);

    /// <summary>The type of a name, with or without its namespace; null where it is not on the list.</summary>
    public static PolicyType? Find(string path)
    {
        var dot = path.LastIndexOf('.');
        if (dot >= 0 && !Namespaces.Contains(path[..dot])) return null;
        var name = path[(dot + 1)..];
        return Known.GetValueOrDefault(Aliases.GetValueOrDefault(name, name));
    }

    private static IEnumerable<PolicyType> All() => [.. PolicyValueTypes.Table, .. PolicyTextTypes.Table, .. PolicyHashTypes.Table, .. PolicyJsonTypes.Table, .. PolicyConstants.Table];
}
