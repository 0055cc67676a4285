using System.CommandLine;

namespace FlowEngine.Cli;

/// <summary><c>--placeholder NAME=VALUE</c>: what a deployment was to fill into a definition.</summary>
internal static class PlaceholderOption
{
    public static Option<string[]> Create() => new("--placeholder")
    {
        HelpName = "NAME=VALUE",
        Description = "Puts a value in the place of __NAME__, #{NAME}#, ${NAME}, $(NAME), {{NAME}} and #NAME#. May be repeated.",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <exception cref="UsageException">One has no <c>=</c>.</exception>
    public static IReadOnlyDictionary<string, string> Read(string[]? given)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in (given ?? []).Select(text => NameAndText.Read(text, "--placeholder"))) values[name] = value;
        return values;
    }
}
