namespace FlowEngine.Definitions;

/// <summary>The types whose actions the model itself must find.</summary>
internal static class ContainerTypes
{
    public const string Scope = "Scope";
    public const string Foreach = "Foreach";
    public const string Until = "Until";
    public const string If = "If";
    public const string Switch = "Switch";

    private static readonly string[] All = [Scope, Foreach, Until, If, Switch];

    /// <summary>The type in canonical spelling; as written where it is no container.</summary>
    public static string Canonical(string type)
    {
        foreach (var name in All)
        {
            if (name.Equals(type, StringComparison.OrdinalIgnoreCase)) return name;
        }

        return type;
    }
}
