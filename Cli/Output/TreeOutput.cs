using System.Text;
using Spectre.Console;

namespace FlowEngine.Cli;

/// <summary>A live tree on a terminal; when the run has ended the whole tree once more, uncropped, and the summary.</summary>
internal sealed class TreeOutput : RunOutput
{
    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(80);

    private readonly CommandConsole _console;
    private readonly RunTree _tree;
    private readonly TreeRows _rows;
    private readonly Glyphs _glyphs;

    public TreeOutput(RunRequest request, Workflow workflow, TimeProvider time, CommandConsole console)
    {
        _console = console;
        _glyphs = Glyphs.Of(request.Ascii);
        _tree = new RunTree(workflow);
        _rows = new TreeRows(_tree, _glyphs, time);
    }

    public override async Task<FireResult> WatchAsync(Func<IRunObserver?, Task<FireResult>> fire)
    {
        var terminal = CreateTerminal();
        // On a thread of its own: a run goes on its caller's thread as far as it can, and the screen must not wait for it.
        var run = Task.Run(() => fire(_tree));
        await terminal.Live(Text.Empty).AutoClear(true).Overflow(VerticalOverflow.Ellipsis).StartAsync(async screen =>
        {
            while (!run.IsCompleted)
            {
                screen.UpdateTarget(_rows.Frame(_console.Width, _console.Height - 1));
                await _console.Out.FlushAsync().ConfigureAwait(false);
                await Task.WhenAny(run, Task.Delay(FrameTime, TimeProvider.System)).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        var result = await run.ConfigureAwait(false);
        if (result.NotStarted is null) terminal.Write(_rows.Final(_console.Width));
        return result;
    }

    public override void WriteResult(FireResult result, int exit) => new RunSummary(_console.Out, _glyphs, Ink.Coloured, _console.ExcerptWidth).Write(result, _tree.Counts, exit);

    private IAnsiConsole CreateTerminal()
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Interactive = InteractionSupport.Yes,
            Out = new Screen(_console),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        terminal.Profile.Capabilities.Unicode = !_glyphs.IsAscii;
        return terminal;
    }

    private sealed class Screen(CommandConsole console) : IAnsiConsoleOutput
    {
        public TextWriter Writer => console.Out;

        public bool IsTerminal => true;

        public int Width => console.Width;

        public int Height => console.Height;

        public void SetEncoding(Encoding encoding)
        {
            // The writer's encoding is fixed: UTF-8.
        }
    }
}
