using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace FlowEngine.Cli;

/// <summary><c>--log FILE</c>: the run's log, one compact JSON object a line, added to the file.</summary>
internal static class RunLog
{
    public static IReadOnlyList<string> Levels { get; } = ["verbose", "debug", "information", "warning", "error"];

    /// <summary>The log that is asked for; null where none is.</summary>
    /// <exception cref="UsageException">The file can't be written.</exception>
    public static Logger? Open(RunRequest request)
    {
        if (request.Log is not { } file) return null;
        try
        {
            // The sink itself would swallow that.
            using (File.Open(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
            {
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the log '{file}' can't be written: {e.Message}");
        }

        return new Serilog.LoggerConfiguration().MinimumLevel.Is(LevelOf(request.LogLevel)).WriteTo.Sink(new FileOf(file)).CreateLogger();
    }

    private static LogEventLevel LevelOf(string? level) => level is null
        ? LogEventLevel.Information
        : Enum.TryParse<LogEventLevel>(level, ignoreCase: true, out var known) && Levels.Contains(level, StringComparer.OrdinalIgnoreCase)
            ? known
            : throw new UsageException($"--log-level takes one of {string.Join(", ", Levels)}, not '{level}'.");

    private sealed class FileOf(string file) : ILogEventSink, IDisposable
    {
        private readonly CompactJsonFormatter _format = new();
        private readonly StreamWriter _output = new(File.Open(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite));
        private readonly Lock _gate = new();

        public void Emit(LogEvent logEvent)
        {
            lock (_gate)
            {
                _format.Format(logEvent, _output);
                _output.Flush();
            }
        }

        public void Dispose() => _output.Dispose();
    }
}
