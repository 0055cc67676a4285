using System.CommandLine;
using FlowEngine.Definitions;
using FlowEngine.Testing;

namespace FlowEngine.Cli;

/// <summary><c>flow walk</c>: runs flows with made-up data and tells which of their actions are reached.</summary>
internal sealed class WalkCommand(string[] paths, string? flow, bool json, DateTimeOffset now, double? least, CommandConsole console)
{
    private readonly List<WalkedFlow> _walked = [];
    private bool _isInvalid;

    public static Command Create(CommandConsole console)
    {
        var paths = new Argument<string[]>("PATH") { Arity = ArgumentArity.OneOrMore, Description = "Files, archives or folders." };
        var flow = new Option<string?>("--flow") { Description = "Only this workflow of a file that holds several.", HelpName = "NAME" };
        var json = new Option<bool>("--json") { Description = "Prints one object." };
        var now = new Option<string?>("--now") { Description = "Where the clock of each run starts.", HelpName = "TIME" };
        var least = new Option<double?>("--min-reached") { Description = "Exit code 4 where less than N per cent of all actions are reached.", HelpName = "N" };
        var command = new Command("walk", "Runs flows with made-up data and tells which of their actions are reached.") { paths, flow, json, now, least };
        command.SetAction((parsed, cancellation) =>
        {
            var start = parsed.GetValue(now) is { } text ? RunClockOption.ReadTime(text) : new DateTimeOffset(2024, 1, 2, 9, 0, 0, TimeSpan.Zero);
            return new WalkCommand(parsed.GetRequiredValue(paths), parsed.GetValue(flow), parsed.GetValue(json), start, parsed.GetValue(least), console).InvokeAsync(cancellation);
        });
        return command;
    }

    private async Task<int> InvokeAsync(CancellationToken cancellation)
    {
        foreach (var path in paths)
        {
            if (!File.Exists(path) && !Directory.Exists(path)) throw new UsageException($"there is no file or folder '{path}'.");
            foreach (var document in Documents(path)) await WalkAsync(document, cancellation).ConfigureAwait(false);
        }

        if (flow is not null && _walked.Count == 0 && !_isInvalid) throw new UsageException($"there is no workflow '{flow}'.");
        var (total, reached) = (_walked.Sum(one => one.Result.Actions.Count), _walked.Sum(one => one.Result.Reached));
        if (json) console.Out.WriteLine(WalkOutput.Json(_walked, total, reached).ToJson());
        else if (_walked.Count > 1 || (_walked.Count == 0 && !_isInvalid)) console.Out.WriteLine(WalkOutput.Line(_walked, total, reached));
        if (_isInvalid) return ExitCodes.Invalid;
        return least is { } wanted && total > 0 && reached * 100.0 / total < wanted ? ExitCodes.TestFailed : ExitCodes.Succeeded;
    }

    private IEnumerable<WorkflowDocument> Documents(string path)
    {
        if (FlowPackage.IsPackage(path))
        {
            var package = Workflow.OpenPackage(path);
            if (package.Fault is { } fault) Report(fault.ToString());
            return package.Flows.Where(one => flow is null || one.IsCalled(flow)).Select(one => Workflow.ReadDocument(package, one));
        }

        var document = Workflow.ReadDocument(path, new WorkflowOptions { Flow = flow });
        return flow is null && document.FlowNames.Count > 1 ? document.FlowNames.Select(name => Workflow.ReadDocument(path, new WorkflowOptions { Flow = name })) : [document];
    }

    private async Task WalkAsync(WorkflowDocument document, CancellationToken cancellation)
    {
        if (document.HasErrors)
        {
            _isInvalid = true;
            DiagnosticReport.WriteLines(document.Text, document.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error), console.Error, console.ExcerptWidth);
            return;
        }

        var settings = document.Definition is { } definition ? SampleData.Of(definition).AppSettings(null) : null;
        var workflow = Workflow.Compile(document, new WorkflowOptions { AppSettings = settings });
        var walked = new WalkedFlow(document, await FlowWalk.RunAsync(workflow, now, cancellation).ConfigureAwait(false));
        _walked.Add(walked);
        if (!json) WalkOutput.Write(walked, console);
    }

    private void Report(string message)
    {
        _isInvalid = true;
        console.Error.WriteLine(TerminalText.Clean(message));
    }
}
