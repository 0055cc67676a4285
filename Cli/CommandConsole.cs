using System.Text;

namespace FlowEngine.Cli;

/// <summary>What a command talks to: the real console, or texts in a test.</summary>
/// <remarks>Widths are clamped: some terminals of CI systems say that they are 0 columns wide.</remarks>
internal sealed class CommandConsole(TextWriter output, TextWriter error, TextReader input)
{
    private const int NarrowestWidth = 40;
    private const int UsualWidth = 80;
    private const int FewestTreeRows = 12;

    /// <summary>Standard output: data, or the run's progress and result.</summary>
    public TextWriter Out { get; } = output;

    /// <summary>Standard error: messages.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>Standard input, for <c>@-</c>.</summary>
    public TextReader In { get; } = input;

    /// <summary>Whether standard output is a terminal.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Columns and rows as the terminal tells them; may be nonsense.</summary>
    public Func<(int Columns, int Rows)> Size { get; init; } = static () => (UsualWidth, 0);

    /// <summary>Environment variables.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    public int Width => Size().Columns is > 0 and var columns ? Math.Max(columns, NarrowestWidth) : UsualWidth;

    /// <summary>How wide an excerpt of a file may be so that its carets stay below it; null where nothing wraps.</summary>
    public int? ExcerptWidth => IsTerminal ? Width : null;

    public int Height => Math.Max(Size().Rows, 1);

    /// <summary>Whether a terminal that moves its cursor shows the output: then the run is a live tree, else plain lines.</summary>
    /// <remarks>With <c>TERM=dumb</c> or in a CI log the frames of a live display come out as garbage; in a very short terminal they are cropped.</remarks>
    public bool CanShowTree =>
        IsTerminal
        && string.IsNullOrEmpty(Variable("NO_COLOR"))
        && Variable("TERM") is not "dumb"
        && !IsTrue(Variable("CI"))
        && Height >= FewestTreeRows;

    /// <summary>The process's own console. Text goes out as UTF-8 without a byte order mark, whatever the locale says.</summary>
    public static CommandConsole OfProcess()
    {
        var utf8 = new UTF8Encoding(false);
        return new CommandConsole(
            new StreamWriter(Console.OpenStandardOutput(), utf8, 1 << 16) { NewLine = "\n" },
            new StreamWriter(Console.OpenStandardError(), utf8, 1024) { AutoFlush = true, NewLine = "\n" },
            new StreamReader(Console.OpenStandardInput(), utf8))
        {
            IsTerminal = !Console.IsOutputRedirected,
            Size = static () => SizeOfConsole(),
            Variable = Environment.GetEnvironmentVariable,
        };
    }

    private static bool IsTrue(string? text) => text is not null && (text.Equals("true", StringComparison.OrdinalIgnoreCase) || text == "1");

    private static (int Columns, int Rows) SizeOfConsole()
    {
        try
        {
            return (Console.WindowWidth, Console.WindowHeight);
        }
        catch (IOException)
        {
            // There is no console behind the handle: a service, some CI runners.
            return (0, 0);
        }
    }
}
