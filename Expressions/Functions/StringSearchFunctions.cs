using System.Text;

namespace FlowEngine.Expressions;

/// <summary>Looking into text: where something stands, how it begins and ends, how many bytes it takes.</summary>
/// <remarks>All of them ignore case, unlike <c>contains</c>, <c>replace</c> and <c>split</c> (measured).</remarks>
internal static class StringSearchFunctions
{
    public static readonly FunctionTable Table = new()
    {
        new FunctionSpec("indexOf", IndexOf)
        {
            Summary = "The position of the first occurrence, ignoring case, or -1.",
            Parameters = ["text: String", "search: String"],
            Examples = ["indexOf('hello world', 'WORLD') -> 6", "indexOf('abc', 'z') -> -1"],
            Source = "expression-functions-reference#indexof; recorded",
        },
        new FunctionSpec("lastIndexOf", LastIndexOf)
        {
            Summary = "The position of the last occurrence, ignoring case, or -1; the empty text is found at the last character.",
            Parameters = ["text: String", "search: String"],
            Examples = ["lastIndexOf('hello world hello world', 'world') -> 18", "lastIndexOf('hello world hello world', '') -> 22", "lastIndexOf('', '') -> 0"],
            Source = "expression-functions-reference#lastindexof; recorded",
        },
        new FunctionSpec("nthIndexOf", NthIndexOf)
        {
            Summary = "The position of the n-th occurrence, ignoring case, or -1; a negative n counts from the end.",
            Parameters = ["text: String", "search: String", "n: Integer, not 0"],
            Examples = ["nthIndexOf('123456789123465789', '12', 2) -> 9", "nthIndexOf('abcabc', 'b', -2) -> 1"],
            Source = "expression-functions-reference#nthindexof",
        },
        new FunctionSpec("startsWith", StartsWith)
        {
            Summary = "Whether a text begins with another, ignoring case.",
            Parameters = ["text: String", "search: String"],
            Examples = ["startsWith('Hello world', 'hello') -> true"],
            Source = "expression-functions-reference#startswith; recorded",
        },
        new FunctionSpec("endsWith", EndsWith)
        {
            Summary = "Whether a text ends with another, ignoring case.",
            Parameters = ["text: String", "search: String"],
            Examples = ["endsWith('hello world', 'World') -> true"],
            Source = "expression-functions-reference#endswith; recorded",
        },
        new FunctionSpec("utf8Length", text => Encoding.UTF8.GetByteCount(Only("utf8Length", text)))
        {
            Origin = FunctionOrigin.Undocumented,
            Summary = "How many bytes a text takes in UTF-8.",
            Parameters = ["text: String"],
            Examples = ["utf8Length('ä€') -> 5"],
            Source = "designer manifest",
        },
        new FunctionSpec("utf16Length", text => (long)Only("utf16Length", text).Length * 2)
        {
            Origin = FunctionOrigin.Undocumented,
            Summary = "How many bytes a text takes in UTF-16.",
            Parameters = ["text: String"],
            Examples = ["utf16Length('ab') -> 4"],
            Source = "designer manifest",
        },
        new FunctionSpec("trimByteOrderMark", text => FlowValue.String(Only("trimByteOrderMark", text).TrimStart('\ufeff')))
        {
            Origin = FunctionOrigin.Undocumented,
            Summary = "The text without a byte order mark at its beginning.",
            Parameters = ["text: String"],
            Examples = ["trimByteOrderMark(concat(decodeUriComponent('%EF%BB%BF'), 'a')) -> \"a\""],
            Source = "designer manifest",
        },
    };

    private static FlowValue IndexOf(FlowValue text, FlowValue search) =>
        First("indexOf", text).IndexOf(Second("indexOf", search), StringComparison.OrdinalIgnoreCase);

    private static FlowValue LastIndexOf(FlowValue text, FlowValue search)
    {
        var whole = First("lastIndexOf", text);
        var part = Second("lastIndexOf", search);

        // Documented: nothing is found at the last character, and in nothing at 0; .NET says the length.
        if (part.Length == 0) return Math.Max(whole.Length - 1, 0);
        return whole.LastIndexOf(part, StringComparison.OrdinalIgnoreCase);
    }

    private static FlowValue NthIndexOf(FlowValue text, FlowValue search, FlowValue n)
    {
        var whole = First("nthIndexOf", text);
        var part = Second("nthIndexOf", search);
        if (!n.IsInteger) throw ArgumentFailure.Parameter("nthIndexOf", 3, "to be an integer", n);
        var wanted = n.AsInteger;
        if (wanted == 0) throw ArgumentFailure.Because("nthIndexOf", "parameter is out of range: the occurrence to find must not be '0'.");
        if (part.Length == 0) return -1;
        return wanted > 0 ? Forward(whole, part, wanted) : Backward(whole, part, wanted);
    }

    // Occurrences may overlap: the search goes on one character further.
    private static int Forward(string whole, string part, long wanted)
    {
        var at = -1;
        while (wanted-- > 0)
        {
            at = whole.IndexOf(part, at + 1, StringComparison.OrdinalIgnoreCase);
            if (at < 0) break;
        }

        return at;
    }

    private static int Backward(string whole, string part, long wanted)
    {
        var end = whole.Length;
        while (true)
        {
            var at = whole.AsSpan(0, end).LastIndexOf(part, StringComparison.OrdinalIgnoreCase);
            if (at < 0 || ++wanted == 0) return at;
            end = at + part.Length - 1;
        }
    }

    private static FlowValue StartsWith(FlowValue text, FlowValue search) =>
        First("startsWith", text).StartsWith(Second("startsWith", search), StringComparison.OrdinalIgnoreCase);

    private static FlowValue EndsWith(FlowValue text, FlowValue search) =>
        First("endsWith", text).EndsWith(Second("endsWith", search), StringComparison.OrdinalIgnoreCase);

    private static string First(string function, FlowValue value) =>
        value.AsStringOrNull ?? throw ArgumentFailure.Parameter(function, 1, "to be of type string", value);

    private static string Second(string function, FlowValue value) =>
        value.AsStringOrNull ?? throw ArgumentFailure.Parameter(function, 2, "to be of type string", value);

    private static string Only(string function, FlowValue value) =>
        value.AsStringOrNull ?? throw ArgumentFailure.Parameter(function, "to be a string", value);
}
