using System.Text.RegularExpressions;

namespace FlowEngine.Testing;

/// <summary>A condition on a text, which may be missing: null where it is.</summary>
/// <param name="Description">What it wants, in words: <c>like 'a*'</c>.</param>
/// <param name="Fits">Whether a text fits.</param>
internal sealed record TextMatcher(string Description, Func<string?, bool> Fits)
{
    /// <summary>How long a regular expression of a file may look at one text: patterns come from anyone.</summary>
    public static TimeSpan LongestSearch { get; } = TimeSpan.FromSeconds(1);

    /// <summary>There is no such text.</summary>
    public static TextMatcher Absent { get; } = new("absent", text => text is null);

    public static TextMatcher Equal(string wanted, bool ignoresCase) =>
        new($"'{wanted}'", text => text is not null && text.Equals(wanted, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));

    public static TextMatcher Containing(string part) => new($"containing '{part}'", text => text?.Contains(part, StringComparison.Ordinal) is true);

    /// <summary>The whole text, or a part of it.</summary>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    public static TextMatcher Like(string pattern, bool isWhole, bool ignoresCase = false)
    {
        var options = RegexOptions.CultureInvariant | RegexOptions.Singleline | (ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        var regex = new Regex(isWhole ? $"^(?:{pattern})$" : pattern, options, LongestSearch);
        return new($"like /{pattern}/", text => text is not null && regex.IsMatch(text));
    }

    /// <summary><c>*</c> stands for any run of characters, <c>?</c> for one.</summary>
    public static TextMatcher Glob(string pattern, bool ignoresCase)
    {
        var like = Like(Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal), isWhole: true, ignoresCase);
        return new($"like '{pattern}'", like.Fits);
    }

    /// <summary>Fits what the other does not.</summary>
    public static TextMatcher Not(TextMatcher other) => new($"not {other.Description}", text => !other.Fits(text));

    public static TextMatcher All(IReadOnlyList<TextMatcher> several) => several is [var one] ? one : new(Join(several, " and "), text => several.All(matcher => matcher.Fits(text)));

    public static TextMatcher Any(IReadOnlyList<TextMatcher> several) => several is [var one] ? one : new(Join(several, " or "), text => several.Any(matcher => matcher.Fits(text)));

    private static string Join(IReadOnlyList<TextMatcher> several, string word) => string.Join(word, several.Select(matcher => matcher.Description));
}
