using System.Text;

namespace FlowEngine.Definitions;

/// <summary>Names of folders and files that every file system takes, each given once.</summary>
internal sealed class ProjectNames
{
    private const int MaximumLength = 100;
    private const string Refused = "<>:\"/\\|?*";

    private static readonly HashSet<string> Reserved = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(number => new[] { $"COM{number}", $"LPT{number}" })], StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A folder's name as near to the wanted one as can be.</summary>
    public string Folder(string wanted)
    {
        var clean = Clean(wanted);
        var name = clean;
        for (var number = 2; !_taken.Add(name); number++) name = $"{clean} ({number})";
        return name;
    }

    /// <summary>A path with each of its parts made clean.</summary>
    public static string Path(string path) => string.Join('/', path.Replace("!/", "/", StringComparison.Ordinal).Split('/').Select(Clean));

    private static string Clean(string wanted)
    {
        var name = new StringBuilder(Math.Min(wanted.Length, MaximumLength));
        foreach (var c in wanted.Length > MaximumLength ? wanted[..MaximumLength] : wanted) name.Append(c < ' ' || Refused.Contains(c, StringComparison.Ordinal) ? '_' : c);
        while (name.Length > 0 && name[^1] is '.' or ' ') name.Length--;
        if (name.Length == 0) return "_";
        if (char.IsHighSurrogate(name[^1])) name[^1] = '_';
        var text = name.ToString().TrimStart(' ');
        return Reserved.Contains(text.Split('.')[0]) ? text + "_" : text is "." or ".." ? "_" : text;
    }
}
