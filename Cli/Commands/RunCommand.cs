using System.CommandLine;
using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Testing;

namespace FlowEngine.Cli;

/// <summary><c>flow run</c>: runs a flow once, in memory.</summary>
internal sealed class RunCommand(RunRequest request, CommandConsole console)
{
    public static Command Create(CommandConsole console)
    {
        var arguments = new RunArguments();
        var command = arguments.CreateCommand();
        command.SetAction((parsed, cancellation) => new RunCommand(arguments.Read(parsed), console).InvokeAsync(cancellation));
        return command;
    }

    private async Task<int> InvokeAsync(CancellationToken cancellation)
    {
        if (Load() is not { } workflow) return ExitCodes.Invalid;
        CheckTrigger(workflow);
        var fired = TriggerInput();
        var time = RunClockOption.Create(request.Now, request.VirtualTime);
        MockSet? mocks;
        try
        {
            mocks = request.Mocks is { } file ? ReadMocks(file) : null;
        }
        catch (MockFormatException faulty)
        {
            DiagnosticReport.Write(faulty.Diagnostics, request.Mocks!, request.Json, console); // Only a mocks file can be faulty.
            return ExitCodes.Invalid;
        }

        using var handler = mocks is null ? null : new MockHttpHandler(mocks, time);
        var options = new RunOptions
        {
            Trigger = request.Trigger,
            Parameters = Parameters(workflow),
            Time = time,
            Seed = request.Seed,
            Timeout = request.Timeout,
            HttpHandler = handler,
            Workflows = WorkflowFolder.Beside(workflow.Document.File, new WorkflowOptions { Strict = request.Strict }),
            Interceptor = mocks is null ? null : new MockActionInterceptor(mocks),
        };
        var engine = WorkflowEngine.Create();
        await using (engine.ConfigureAwait(false))
        {
            var output = RunOutput.Create(request, workflow, time, console);
            var result = await output.WatchAsync(observer => engine.FireAsync(workflow, fired, options with { Observer = observer }, cancellation)).ConfigureAwait(false);
            var exit = ExitOf(result, cancellation);
            output.WriteResult(result, exit);
            return exit;
        }
    }

    private static int ExitOf(FireResult result, CancellationToken cancellation)
    {
        if (result.NotStarted is not null) return ExitCodes.Invalid;
        if (result.Runs.All(run => run.Status == ActionStatus.Succeeded)) return ExitCodes.Succeeded;
        return cancellation.IsCancellationRequested && result.Runs.Any(run => run.Status == ActionStatus.Cancelled) ? ExitCodes.Cancelled : ExitCodes.RunFailed;
    }

    private Workflow? Load()
    {
        var file = DefinitionFile.Find(request.File);
        try
        {
            var workflow = Workflow.Load(file, new WorkflowOptions { Strict = request.Strict, Flow = request.Flow });
            if (!request.Quiet) DiagnosticReport.WriteWarnings(workflow.Document, console);
            return workflow;
        }
        catch (DefinitionException invalid)
        {
            FlowChoice.Check(invalid.Document);
            if (request.Ndjson) NdjsonWriter.WriteDiagnostics(invalid.Diagnostics, console.Out);
            else DiagnosticReport.Write(invalid.Document, request.Json, console);
            return null;
        }
    }

    private void CheckTrigger(Workflow workflow)
    {
        // The document of a compiled workflow has a definition.
        var names = workflow.Document.Definition!.Triggers.Select(trigger => trigger.Name).ToList();
        if (request.Trigger is null && names.Count > 1) throw new UsageException($"the flow has several triggers; name one with --trigger: {string.Join(", ", names)}.");
        if (request.Trigger is { } wanted && !names.Contains(wanted, StringComparer.OrdinalIgnoreCase))
            throw new UsageException($"the flow has no trigger '{wanted}'. It has: {(names.Count == 0 ? "none" : string.Join(", ", names))}.");
    }

    private TriggerRequest TriggerInput() => new()
    {
        Method = request.Method,
        RelativePath = request.Path,
        Headers = request.Headers,
        Queries = request.Queries,
        HasBody = request.Body is not null,
        Body = request.Body is { } body ? ValueArgument.Read(body, "--body", console) : default,
    };

    private FlowObject Parameters(Workflow workflow)
    {
        var declared = workflow.Document.Definition!.Parameters;
        var values = new FlowObjectBuilder();
        // Names ignore case: under the declared one --param takes the place of the file's value.
        ParameterDefinition? Declared(string name) => declared.FirstOrDefault(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (request.ParameterFile is { } file)
        {
            foreach (var (name, value) in ParameterFile.Read(file, declared)) values.Set(Declared(name)?.Name ?? name, value);
        }

        foreach (var (name, text) in request.Parameters)
        {
            var parameter = Declared(name);
            var isText = parameter?.Type is "String" or "SecureString";
            values.Set(parameter?.Name ?? name, isText ? ValueArgument.ReadText(text, "--param " + name, console) : ValueArgument.Read(text, "--param " + name, console));
        }

        return values.ToObject();
    }

    private static MockSet ReadMocks(string file) => File.Exists(file) ? MockSet.Load(file) : throw new UsageException($"there is no file '{file}'.");
}
