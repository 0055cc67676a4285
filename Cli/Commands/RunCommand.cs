using System.CommandLine;
using FlowEngine.Actions;
using FlowEngine.Connectors;
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
        if (Document() is not { } document) return ExitCodes.Invalid;
        if (Settings(document) is not var (settings, appSettings, secrets)) return ExitCodes.Invalid;
        var samples = request.AutoMock ? SampleData.Of(document.Definition!) : null; // Without errors there is one.
        if (samples is not null) appSettings = samples.AppSettings(appSettings);
        var workflow = Workflow.Compile(document, Definitions with { AppSettings = appSettings });
        if (!request.Quiet) DiagnosticReport.WriteWarnings(document, console);
        CheckTrigger(workflow);
        var fired = TriggerInput(workflow, samples);
        var time = RunClockOption.Create(request.Now, request.VirtualTime);
        var trust = RunTrust.Of(request);
        MockSet? mocks;
        Cassette? cassette;
        ConnectorLibrary library;
        try
        {
            library = ConnectorLibrary.Beside(workflow.Document.File);
            mocks = request.Mocks is { } file ? ReadMocks(file) : request.AutoMock ? MockSet.Empty : null;
            cassette = request.Replay is { } tape ? ReadCassette(tape) : null;
        }
        catch (MockFormatException faulty)
        {
            DiagnosticReport.Write(faulty.Diagnostics, request.Mocks ?? request.Replay!, request.Json, console); // They exclude each other.
            return ExitCodes.Invalid;
        }

        catch (ConnectorFormatException faulty)
        {
            DiagnosticReport.Write(faulty.Diagnostics, request.Json, console);
            return ExitCodes.Invalid;
        }

        using var player = cassette is null ? null : new CassettePlayer(cassette, request.Loose ? ReplayMode.Loose : ReplayMode.Strict, time);
        using var handler = mocks is null ? null : new MockHttpHandler(mocks, time);
        HttpMessageHandler? answering = player is null ? handler : player;
        using var network = request.Record is not null && answering is null ? new OutboundHandler(trust.Egress, trust.Http) : null;
        using var recorder = request.Record is null ? null : new CassetteRecorder(answering ?? network!); // One of both is there.
        var parameters = ConnectionParameters.Over(settings, Parameters(workflow), workflow);
        if (samples is not null) parameters = SampleConnections.Over(samples.Parameters(parameters, workflow), workflow);
        var connectors = new ConnectorSet(library, settings.WithParameters(parameters)) { AllowsMissingCredentials = answering is not null };
        var children = Definitions with { Flow = null, AppSettings = appSettings };
        await using var callbacks = CallbackServerOf(workflow, answering);
        var options = new RunOptions
        {
            Trigger = request.Trigger,
            Parameters = parameters,
            Secrets = secrets,
            Time = time,
            Seed = request.Seed,
            Timeout = request.Timeout,
            HttpHandler = recorder ?? answering,
            CanBeCalledBack = callbacks is not null,
            Workflows = workflow.Document.Package is { } package ? new PackageWorkflows(package, children) : WorkflowFolder.Beside(workflow.Document.File, children),
            Connectors = connectors,
            Interceptor = Interceptor(workflow, mocks, samples),

            // Each repetition is told as it ends and needed no more, unless its requests go into a cassette.
            History = request is { Ndjson: true, Record: null } ? RunHistory.Streamed : RunHistory.Whole,
        };
        using var log = request.Log is null ? null : RunLog.Open(request);
        var engine = WorkflowEngine.Create(settings =>
        {
            trust.Apply(settings);
            if (callbacks is not null) settings.UseCallbackAddress(callbacks.CallbackAddress);
            if (log is not null) settings.UseLogger(log);
        });
        await using (engine.ConfigureAwait(false))
        {
            callbacks?.Serve(engine.CallBack);
            var output = RunOutput.Create(request, workflow, time, console);
            var result = await output.WatchAsync(observer => FireAsync(engine, workflow, fired, options with { Observer = observer }, cancellation)).ConfigureAwait(false);
            Record(recorder, result);
            var divergence = player?.Divergence;
            var exit = divergence is null ? ExitOf(result, cancellation) : ExitCodes.Diverged;
            output.WriteResult(result, exit);
            await WarnAsync(connectors).ConfigureAwait(false);
            if (!request.Quiet) foreach (var line in BatchLines.Of(result, engine.WaitingBatches)) await console.Error.WriteLineAsync("flow: " + TerminalText.Clean(line)).ConfigureAwait(false);
            if (divergence is not null) await console.Error.WriteLineAsync("flow: " + TerminalText.Clean(result.Runs.Aggregate(divergence, (text, run) => run.MaskSecrets(text)))).ConfigureAwait(false);
            return exit;
        }
    }

    // Where the flow waits for callbacks in real time and nothing answers in place of the network, they can come.
    private CallbackServer? CallbackServerOf(Workflow workflow, HttpMessageHandler? answering)
    {
        var isExpected = answering is null && request is { VirtualTime: false, Untrusted: false, AutoMock: false } && workflow.Document.Definition!.AllActions().Any(action => BuiltInActions.TryGet(action.Type, out var spec) && spec.IsCalledBack);
        if (request.Listen is null && request.CallbackAddress is null && !isExpected) return null;
        var server = CallbackServer.Start(request.Listen, request.CallbackAddress);
        if (!request.Quiet) console.Error.WriteLine($"flow: callbacks are taken at {server.Address}{(server.Address.IsLoopback ? ", from this machine only" : ", from everywhere that reaches it")}");
        return server;
    }

    private static IActionInterceptor? Interceptor(Workflow workflow, MockSet? mocks, SampleData? samples)
    {
        if (mocks is null) return null;
        var mocked = new MockActionInterceptor(mocks);
        return samples is not null ? new AutoMockInterceptor(workflow.Document.Definition!, mocked, answersHttp: mocks.Http.Count == 0, samples) : mocked;
    }

    private Task<FireResult> FireAsync(WorkflowEngine engine, Workflow workflow, TriggerRequest fired, RunOptions options, CancellationToken cancellation) =>
        request.Occurrences is { } count && options.Time is VirtualTimeProvider clock
            ? new ScheduledFiring(engine, workflow, clock, line => console.Error.WriteLine("flow: " + TerminalText.Clean(line))).FireAsync(count, fired, options, cancellation)
            : engine.FireAsync(workflow, fired, options, cancellation);

    // Where no run started there are no calls either.
    private void Record(CassetteRecorder? recorder, FireResult result)
    {
        if (recorder is null || result.Runs.Count == 0) return;
        try
        {
            recorder.ToCassette(result.Runs).Save(request.Record!); // There is a recorder only where a file is given.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the cassette can't be written: {e.Message}");
        }
    }

    private static int ExitOf(FireResult result, CancellationToken cancellation)
    {
        if (result.NotStarted is not null) return ExitCodes.Invalid;
        // What the user ended says nothing about the flow any more.
        if (cancellation.IsCancellationRequested && (result.Runs.Count == 0 || result.Runs.Any(run => run.Status == ActionStatus.Cancelled))) return ExitCodes.Cancelled;
        // A schedule that has no occurrence.
        if (result.Runs.Count == 0) return ExitCodes.Invalid;
        if (result.Runs.All(run => run.Status == ActionStatus.Succeeded)) return ExitCodes.Succeeded;
        return result.Runs.Any(run => run.Refusals.Contains(RequestRefusedException.EgressDenied)) ? ExitCodes.Denied : ExitCodes.RunFailed;
    }

    private async Task WarnAsync(ConnectorSet connectors)
    {
        if (request.Quiet) return;
        foreach (var warning in connectors.Warnings) await console.Error.WriteLineAsync("warning: " + TerminalText.Clean(warning)).ConfigureAwait(false);
    }

    private WorkflowOptions Definitions => new() { Strict = request.Strict, Host = request.Host, Flow = request.Flow, Placeholders = request.Placeholders, ExpressionLimits = RunTrust.Of(request).Expressions, Limits = RunTrust.Of(request).Sizes };

    private WorkflowDocument? Document()
    {
        var file = DefinitionFile.Find(request.File);
        var document = Workflow.ReadDocument(file, Definitions);
        if (document.TemplateParameters.Count > 0 && TemplateValues(document) is { Count: > 0 } values) document = Workflow.ReadDocument(file, Definitions with { TemplateParameters = values });
        if (!document.HasErrors) return document;
        FlowChoice.Check(document);
        if (request.Ndjson) NdjsonWriter.WriteDiagnostics(document.Diagnostics, console.Out);
        else DiagnosticReport.Write(document, request.Json, console);
        return null;
    }

    // Beside the flow that was chosen: a package may hold many.
    private (ConnectionSettings Settings, FlowObject? AppSettings, IReadOnlyList<FlowValue> Secrets)? Settings(WorkflowDocument document)
    {
        try
        {
            var settings = ConnectionSettings.Beside(document.File, request.Environment, isTrusted: !request.Untrusted);
            return (settings, settings.AppSettingsForFlows(), settings.Secrets());
        }
        catch (FileNotFoundException missing)
        {
            throw new UsageException(missing.Message);
        }
        catch (ConnectorFormatException faulty)
        {
            DiagnosticReport.Write(faulty.Diagnostics, request.Json, console);
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

    private TriggerRequest TriggerInput(Workflow workflow, SampleData? samples)
    {
        // There is one at most, or it is named.
        var triggers = workflow.Document.Definition!.Triggers.Where(trigger => request.Trigger is null || trigger.Name.Equals(request.Trigger, StringComparison.OrdinalIgnoreCase));
        var sample = samples is not null && request.Body is null && triggers.FirstOrDefault() is { } trigger ? samples.Trigger(trigger) : TriggerRequest.Empty;
        return sample with
        {
            Method = request.Method,
            RelativePath = request.Path ?? sample.RelativePath,
            Headers = [.. request.Headers, .. sample.Headers],
            Queries = [.. request.Queries, .. sample.Queries],
            HasBody = request.Body is not null || sample.HasBody,
            Body = request.Body is { } body ? ValueArgument.Read(body, "--body", console) : sample.Body,
        };
    }

    private FlowObject Parameters(Workflow workflow)
    {
        var declared = workflow.Document.Definition!.Parameters;
        var values = new FlowObjectBuilder();
        // Names ignore case: under the declared one --param takes the place of the file's value.
        ParameterDefinition? Declared(string name) => declared.FirstOrDefault(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        bool IsOnlyTemplates(string name) => Declared(name) is null && workflow.Document.TemplateParameters.Contains(name, StringComparer.OrdinalIgnoreCase);
        if (request.ParameterFile is { } file)
        {
            foreach (var (name, value) in ParameterFile.Read(file, declared))
            {
                if (!IsOnlyTemplates(name)) values.Set(Declared(name)?.Name ?? name, value);
            }
        }

        foreach (var (name, text) in request.Parameters)
        {
            if (IsOnlyTemplates(name)) continue;
            var parameter = Declared(name);
            var isText = parameter?.Type is "String" or "SecureString";
            values.Set(parameter?.Name ?? name, isText ? ValueArgument.ReadText(text, "--param " + name, console) : ValueArgument.Read(text, "--param " + name, console));
        }

        return values.ToObject();
    }

    // What a deployment would give: it fills the brackets of an ARM template before there is a workflow.
    private Dictionary<string, FlowValue> TemplateValues(WorkflowDocument document)
    {
        var values = new Dictionary<string, FlowValue>(StringComparer.OrdinalIgnoreCase);
        bool IsTemplates(string name) => document.TemplateParameters.Contains(name, StringComparer.OrdinalIgnoreCase);
        if (request.ParameterFile is { } file)
        {
            foreach (var (name, value) in ParameterFile.Read(file, document.Definition?.Parameters ?? []))
            {
                if (IsTemplates(name)) values[name] = value;
            }
        }

        foreach (var (name, text) in request.Parameters)
        {
            if (IsTemplates(name)) values[name] = ValueArgument.Read(text, "--param " + name, console);
        }

        return values;
    }

    private static Cassette ReadCassette(string file) => File.Exists(file) ? Cassette.Load(file) : throw new UsageException($"there is no file '{file}'.");

    private static MockSet ReadMocks(string file) => Path.Exists(file) ? MockSet.Load(file) : throw new UsageException($"there is no file or folder '{file}'.");
}
