using System.Globalization;
using Microsoft.Extensions.Logging;
using Serilog.Core;
using Serilog.Events;

namespace FlowEngine;

/// <summary>Hands log events to <c>Microsoft.Extensions.Logging</c>, for hosts without Serilog: properties stay properties.</summary>
internal sealed class HostLogSink(Microsoft.Extensions.Logging.ILogger target) : ILogEventSink
{
    /// <summary>A logger whose level is that of the host's, as it is now.</summary>
    public static Serilog.ILogger LoggerFor(Microsoft.Extensions.Logging.ILogger target)
    {
        var lowest = Enum.GetValues<LogEventLevel>().Where(level => target.IsEnabled(LevelOf(level))).DefaultIfEmpty(LogEventLevel.Fatal).Min();
        return new Serilog.LoggerConfiguration().MinimumLevel.Is(lowest).WriteTo.Sink(new HostLogSink(target)).CreateLogger();
    }

    public void Emit(LogEvent logEvent)
    {
        var level = LevelOf(logEvent.Level);
        if (!target.IsEnabled(level)) return;
        var state = new List<KeyValuePair<string, object?>>(logEvent.Properties.Count + 1);
        foreach (var (name, value) in logEvent.Properties) state.Add(new(name, Plain(value)));
        state.Add(new("{OriginalFormat}", logEvent.MessageTemplate.Text));
        target.Log(level, default, state, logEvent.Exception, (_, _) => logEvent.RenderMessage(CultureInfo.InvariantCulture));
    }

    private static object? Plain(LogEventPropertyValue value) => value is ScalarValue scalar ? scalar.Value : value.ToString(null, CultureInfo.InvariantCulture);

    private static LogLevel LevelOf(LogEventLevel level) => level switch
    {
        LogEventLevel.Verbose => LogLevel.Trace,
        LogEventLevel.Debug => LogLevel.Debug,
        LogEventLevel.Information => LogLevel.Information,
        LogEventLevel.Warning => LogLevel.Warning,
        LogEventLevel.Error => LogLevel.Error,
        _ => LogLevel.Critical,
    };
}
