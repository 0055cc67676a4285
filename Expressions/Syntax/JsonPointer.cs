using System.Globalization;

namespace FlowEngine.Expressions;

/// <summary>Steps of JSON Pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    /// <summary>A member name as a step: <c>~</c> and <c>/</c> escaped.</summary>
    public static string Escape(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
    }

    /// <summary>The pointer of a member.</summary>
    public static string Append(string pointer, string name) => $"{pointer}/{Escape(name)}";

    /// <summary>The pointer of an element.</summary>
    public static string Append(string pointer, int index) => string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}");
}
