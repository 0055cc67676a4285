using System.Globalization;
using FlowEngine.Actions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FlowEngine.Cli;

/// <summary>Draws a <see cref="RunTree"/>: one row an action, one row a loop whatever its number of repetitions.</summary>
internal sealed class TreeRows(RunTree tree, Glyphs glyphs, TimeProvider time)
{
    private const int BarWidth = 12;
    private const int IndentPerLevel = 4;

    private static readonly string[] UnicodeFrames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
    private static readonly string[] AsciiFrames = ["|", "/", "-", "\\"];

    private int _frame;

    /// <summary>A frame that fits: where all rows would be more than the screen has, only what runs and what failed has rows.</summary>
    public IRenderable Frame(int width, int height)
    {
        _frame++;
        lock (tree.Gate)
        {
            var isTall = Rows(tree.Entries) + 1 > height;
            return Draw(width, isTall, isFinal: false);
        }
    }

    /// <summary>The whole tree once the run has ended.</summary>
    public IRenderable Final(int width)
    {
        lock (tree.Gate) return Draw(width, isTall: false, isFinal: true);
    }

    private Tree Draw(int width, bool isTall, bool isFinal)
    {
        var drawn = new Tree(new Markup(Title(width, isFinal))) { Guide = glyphs.IsAscii ? TreeGuide.Ascii : TreeGuide.Line, Style = new Style(Color.Grey) };
        Add(drawn, tree.Entries, width - IndentPerLevel, isTall, isFinal);
        return drawn;
    }

    private string Title(int width, bool isFinal)
    {
        var sign = isFinal ? glyphs.For(tree.Status) : Spinner();
        var colour = isFinal ? ColourOf(tree.Status) : "blue";
        var name = TerminalText.Shorten(TerminalText.Clean(tree.Name), width / 2);
        var elapsed = tree.Runs == 0 ? TimeSpan.Zero : (isFinal ? tree.End : time.GetUtcNow()) - tree.Start;
        var rest = TerminalText.Shorten($"{TerminalText.Clean(tree.Trigger)}{RunsText()} {Durations.Show(elapsed)}", width - name.Length - 4);
        return $"[{colour}]{Markup.Escape(sign)}[/] [bold]{Markup.Escape(name)}[/] [grey]{Markup.Escape(rest)}[/]";
    }

    private string RunsText() => tree.Runs > 1 ? string.Create(CultureInfo.InvariantCulture, $" {tree.EndedRuns}/{tree.Runs} runs") : string.Empty;

    private static int Rows(IReadOnlyList<TreeEntry> entries) => entries.Sum(entry => 1 + (IsOpen(entry, isFinal: false) ? Rows([.. VisibleChildren(entry)]) : 0));

    // Succeeded and skipped containers are closed; so is a container that waits, for its rows would only say that they wait.
    private static bool IsOpen(TreeEntry entry, bool isFinal) =>
        entry.Children.Count > 0 && (entry.Running > 0 || entry.Failures > 0 || (isFinal && entry.Status == ActionStatus.Cancelled));

    private static IEnumerable<TreeEntry> VisibleChildren(TreeEntry entry) => entry.IsLoop || entry.IsRepeated ? entry.Children.Where(child => child.IsInteresting) : entry.Children;

    private void Add(IHasTreeNodes parent, IReadOnlyList<TreeEntry> entries, int width, bool isTall, bool isFinal)
    {
        var hidden = 0;
        foreach (var entry in entries)
        {
            if (isTall && !entry.IsInteresting)
            {
                hidden++;
                continue;
            }

            var node = parent.AddNode(new Markup(Row(entry, width)));
            if (IsOpen(entry, isFinal)) Add(node, [.. VisibleChildren(entry)], width - IndentPerLevel, isTall, isFinal);
        }

        if (hidden > 0) parent.AddNode(new Markup($"[grey]{ActionLine.Count(hidden, "action", "actions")} not shown[/]"));
    }

    private string Row(TreeEntry entry, int width)
    {
        var isRunning = entry.Running > 0;
        var sign = isRunning ? Spinner() : glyphs.For(entry.Status);
        var colour = isRunning ? "blue" : ColourOf(entry.Status);
        var name = TerminalText.Shorten(TerminalText.Clean(entry.Name), Math.Max(width - 4, 8));
        var rest = Details(entry);
        var room = width - sign.Length - name.Length - 2;
        if (room < 4) rest = string.Empty;
        else rest = TerminalText.Shorten(rest, room);
        var nameStyle = entry.Status is ActionStatus.Waiting or ActionStatus.Skipped && !isRunning ? "grey" : "default";
        return $"[{colour}]{Markup.Escape(sign)}[/] [{nameStyle}]{Markup.Escape(name)}[/] [grey]{Markup.Escape(rest)}[/]";
    }

    private string Details(TreeEntry entry)
    {
        var parts = new List<string>(6) { TerminalText.Clean(entry.Type) };
        if (entry.IsLoop && (entry.Running > 0 || entry.Repetitions > 0)) parts.Add(Progress(entry));
        else if (entry.IsRepeated && entry.Running > 1) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{entry.Running} at once"));
        if (entry.IsRepeated && !entry.IsLoop && entry.Failures > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{entry.Failures} failed"));
        if (entry.Running > 0)
        {
            if (entry.FailedAttempts > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"retry {entry.FailedAttempts}"));
            if (!entry.IsRepeated || entry.Running == 1) parts.Add(Durations.Show(time.GetUtcNow() - entry.Since));
        }
        else if (entry.Status is not (ActionStatus.Waiting or ActionStatus.Skipped))
        {
            if (!entry.IsRepeated) parts.Add(Durations.Show(entry.Duration));
            if (entry.Notes.Length > 0) parts.Add(entry.Notes);
        }

        return string.Join(' ', parts);
    }

    private string Progress(TreeEntry entry)
    {
        var failed = entry.FailedRepetitions > 0 ? string.Create(CultureInfo.InvariantCulture, $" {entry.FailedRepetitions} failed") : string.Empty;
        if (entry.ExpectedRepetitions == 0) return $"{ActionLine.Count(entry.Repetitions, "repetition", "repetitions")}{failed}";
        var done = (int)((long)BarWidth * entry.Repetitions / entry.ExpectedRepetitions);
        var bar = new string(glyphs.IsAscii ? '#' : '━', done) + new string(glyphs.IsAscii ? '.' : '─', BarWidth - done);
        return string.Create(CultureInfo.InvariantCulture, $"{bar} {entry.Repetitions}/{entry.ExpectedRepetitions}{failed}");
    }

    private string Spinner()
    {
        var frames = glyphs.IsAscii ? AsciiFrames : UnicodeFrames;
        return frames[_frame % frames.Length];
    }

    private static string ColourOf(ActionStatus status) => status switch
    {
        ActionStatus.Succeeded => "green",
        ActionStatus.Failed or ActionStatus.TimedOut => "red",
        ActionStatus.Cancelled => "yellow",
        _ => "grey",
    };
}
