using System.Globalization;
using Microsoft.Extensions.Logging;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace FlowEngine;

/// <summary>Hands log events to <c>Microsoft.Extensions.Logging</c>, for hosts without Serilog: properties stay properties.</summary>
internal sealed class HostLogSink(Microsoft.Extensions.Logging.ILogger target) : ILogEventSink
{
    private static readonly MessageTemplateTextFormatter Text = new("{Message:lj}", CultureInfo.InvariantCulture);
    private static readonly LogEventLevel[] Levels = Enum.GetValues<LogEventLevel>();

    /// <summary>What writes runs to a host's logger. Its level is asked for anew with every run: hosts change it while they run.</summary>
    public static LogObserver ObserverFor(Microsoft.Extensions.Logging.ILogger target)
    {
        var level = new LoggingLevelSwitch(LowestOf(target));
        var logger = new Serilog.LoggerConfiguration().MinimumLevel.ControlledBy(level).WriteTo.Sink(new HostLogSink(target)).CreateLogger();
        return new LogObserver(logger, () => level.MinimumLevel = LowestOf(target));
    }

    public void Emit(LogEvent logEvent)
    {
        var level = LevelOf(logEvent.Level);
        if (!target.IsEnabled(level)) return;
        var state = new State(logEvent, logEvent.Properties.Count + 1);
        foreach (var (name, value) in logEvent.Properties) state.Add(new(name, Plain(value)));
        state.Add(new("{OriginalFormat}", logEvent.MessageTemplate.Text));
        target.Log(level, default, state, logEvent.Exception, static (shown, _) => shown.ToString());
    }

    private static LogEventLevel LowestOf(Microsoft.Extensions.Logging.ILogger target)
    {
        foreach (var level in Levels)
        {
            if (target.IsEnabled(LevelOf(level))) return level;
        }

        return LogEventLevel.Fatal;
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

    /// <summary>The properties of an event; as text its message, without the quotes in which Serilog sets texts: what else such a host logs has none.</summary>
    private sealed class State(LogEvent logEvent, int capacity) : List<KeyValuePair<string, object?>>(capacity)
    {
        public override string ToString()
        {
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            Text.Format(logEvent, text);
            return text.ToString();
        }
    }
}
