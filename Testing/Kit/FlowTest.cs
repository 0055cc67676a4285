using System.Globalization;
using System.Xml;
using FlowEngine.Actions;
using FlowEngine.Connectors;
using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>
/// A test of a flow: what it is given, what the world outside answers, when it runs. Nothing leaves the process, and waits take no time.
/// </summary>
/// <remarks>One object a test. Objects share the compiled flow and nothing else, so tests may run at the same time.</remarks>
public sealed class FlowTest
{
    private readonly CompiledFlow _compiled;
    private Workflow? _instead;
    private readonly FlowObjectBuilder _parameters = new();
    private readonly FlowObjectBuilder _appSettings = new();
    private readonly List<KitMock> _mocks = [];
    private readonly List<MockSet> _files = [];
    private readonly List<RunCallback> _callbacks = [];
    private readonly RunFaults _faults = new();
    private TriggerRequest _request = TriggerRequest.Empty;
    private string? _trigger;
    private DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private int _seed = 1;
    private TimeSpan? _timeout;
    private CoverageCollector? _coverage;
    private (Cassette Cassette, ReplayMode Mode)? _replay;
    private string? _record;
    private IConnectorSource? _connectors;
    private string? _environment;

    private FlowTest(CompiledFlow flow) => _compiled = flow;

    /// <summary>A test of a flow's file: a path from the current folder, or from that of the test's program.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DefinitionException">It has errors; all of them are listed.</exception>
    public static FlowTest Load(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new FlowTest(CompiledFlows.Of(TestFile.Find(file)));
    }

    /// <summary>A test of a flow's JSON text.</summary>
    /// <exception cref="DefinitionException">It has errors; all of them are listed.</exception>
    public static FlowTest Parse(string json) => Of(Workflow.Parse(json));

    /// <summary>A test of a compiled flow.</summary>
    public static FlowTest Of(Workflow workflow)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        return new FlowTest(new CompiledFlow(workflow, null, ConnectorLibrary.Empty));
    }

    /// <summary>Sets a parameter.</summary>
    public FlowTest WithParameter(string name, FlowValue value)
    {
        _parameters.Set(name, value);
        return this;
    }

    /// <summary>Sets a parameter to a text.</summary>
    public FlowTest WithParameter(string name, string text) => WithParameter(name, FlowValue.String(text));

    /// <summary>Sets an app setting, which <c>appsetting()</c> and the <c>parameters.json</c> of a Standard project read; before that of the environment.</summary>
    public FlowTest WithAppSetting(string name, string value)
    {
        _appSettings.Set(name, FlowValue.String(value));
        return this;
    }

    /// <summary>Chooses the trigger; needed where there are several.</summary>
    public FlowTest WithTrigger(string name)
    {
        _trigger = name;
        return this;
    }

    /// <summary>Gives the trigger a body: JSON text.</summary>
    public FlowTest WithTriggerBody(string json) => WithTriggerBody(FlowValue.Parse(json));

    /// <summary>Gives the trigger a body.</summary>
    public FlowTest WithTriggerBody(FlowValue body) => WithTriggerRequest(_request with { Body = body, HasBody = true });

    /// <summary>Gives a Request trigger a whole request.</summary>
    public FlowTest WithTriggerRequest(TriggerRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        _request = request;
        return this;
    }

    /// <summary>Gives the trigger's request a header.</summary>
    public FlowTest WithTriggerHeader(string name, string value) => WithTriggerRequest(_request with { Headers = [.. _request.Headers, new(name, value)] });

    /// <summary>Gives the trigger's request a query parameter.</summary>
    public FlowTest WithTriggerQuery(string name, string value) => WithTriggerRequest(_request with { Queries = [.. _request.Queries, new(name, value)] });

    /// <summary>Gives the trigger's request a method; without one it is what the trigger asks for.</summary>
    public FlowTest WithTriggerMethod(string method) => WithTriggerRequest(_request with { Method = method });

    /// <summary>Gives the trigger's request what follows its address, percent-encoded, a query string perhaps behind it.</summary>
    public FlowTest WithTriggerPath(string path) => WithTriggerRequest(_request with { RelativePath = path });

    /// <summary>Answers HTTP requests.</summary>
    public FlowTest MockHttp(Action<HttpMockBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var mock = new HttpMockBuilder();
        configure(mock);
        var entry = mock.ToEntry();
        var match = entry["match"];
        return Add(new KitMock(entry, mock.Expected, $"the mock of {match["method"].AsStringOrNull ?? "any method"} {match["uri"].AsStringOrNull ?? "any uri"}") { Http = mock });
    }

    /// <summary>Answers in place of an action.</summary>
    public FlowTest MockAction(string name, Action<ActionMockBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var mock = new ActionMockBuilder();
        configure(mock);
        return Add(new KitMock(mock.ToEntry(new FlowObjectBuilder().Add("action", FlowValue.String(name))), mock.Expected, $"the mock of action '{name}'") { Action = mock });
    }

    /// <summary>Answers in place of a connector's operation.</summary>
    public FlowTest MockConnector(string connection, string operationId, Action<ActionMockBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var mock = new ActionMockBuilder();
        configure(mock);
        var operation = FlowValue.Object(("connection", FlowValue.String(connection)), ("operationId", FlowValue.String(operationId)));
        return Add(new KitMock(mock.ToEntry(new FlowObjectBuilder().Add("operation", operation)), mock.Expected, $"the mock of operation '{operationId}' of '{connection}'") { Action = mock });
    }

    /// <summary>Takes connections, app settings and parameters of <c>environments/NAME.json</c> beside the flow. Files <c>*.local.json</c> are left out: a test gives the same everywhere.</summary>
    public FlowTest InEnvironment(string name)
    {
        _environment = name;
        return this;
    }

    /// <summary>Calls operations of these connectors, in place of those in the folder <c>connectors</c> beside the flow. Mocks of operations come first.</summary>
    public FlowTest WithConnectors(IConnectorSource connectors)
    {
        _connectors = connectors;
        return this;
    }

    /// <summary>Adds the entries of a mocks file, or of a folder of them, behind those of code: a path from the current folder, or from that of the test's program.</summary>
    public FlowTest WithMocks(string file) => WithMocks(MockSet.Load(TestFile.Find(file)));

    /// <summary>Adds mocks behind those of code.</summary>
    public FlowTest WithMocks(MockSet mocks)
    {
        ArgumentNullException.ThrowIfNull(mocks);
        _files.Add(mocks);
        return this;
    }

    /// <summary>Answers all requests from a cassette; mocks of actions stay.</summary>
    /// <exception cref="MockFormatException">The cassette can't be read or makes no sense.</exception>
    public FlowTest Replay(string file, ReplayMode mode = ReplayMode.Strict)
    {
        _replay = (Cassette.Load(TestFile.Find(file)), mode);
        return this;
    }

    /// <summary>Writes the run's requests and what answered them to a cassette, without secrets.</summary>
    public FlowTest RecordTo(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        _record = file;
        return this;
    }

    /// <summary>Where the run's clock starts; without it, at the beginning of 2026. A time without an offset is UTC.</summary>
    public FlowTest At(string time) => At(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal));

    /// <summary>Where the run's clock starts.</summary>
    public FlowTest At(DateTimeOffset time)
    {
        _start = time;
        return this;
    }

    /// <summary>Another seed for <c>guid()</c> and <c>rand()</c>; they are the same in every run of a test.</summary>
    public FlowTest WithSeed(int seed)
    {
        _seed = seed;
        return this;
    }

    /// <summary>Ends the run as TimedOut past that time, on its own clock and on the real one.</summary>
    public FlowTest WithTimeout(TimeSpan timeout)
    {
        _timeout = timeout;
        return this;
    }

    /// <summary>Lets the clock move: each action that is no container takes that long, besides what it waits for.</summary>
    public FlowTest WithActionTime(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        _faults.ActionTime = time;
        return this;
    }

    /// <summary>Cancels the run when that action is about to run; it is Cancelled. A run that never reaches it fails the test.</summary>
    /// <param name="action">Its name, ignoring case.</param>
    /// <param name="repetition">Loop indexes, outermost first, or only the innermost; none for the first that comes.</param>
    public FlowTest CancelAt(string action, params int[] repetition)
    {
        _faults.CancelAt.Add(new ActionMock([]) { Action = action, Repetition = repetition });
        return this;
    }

    /// <summary>Lets something happen to the run from outside that long after its start, on its clock. A callback that finds no action waiting fails the test.</summary>
    public FlowTest After(TimeSpan time, Action<FlowTestEvents> happens)
    {
        ArgumentNullException.ThrowIfNull(happens);
        happens(new FlowTestEvents(time, _callbacks, _faults));
        return this;
    }

    /// <summary>Counts what the run covers.</summary>
    public FlowTest WithCoverage(CoverageCollector coverage)
    {
        ArgumentNullException.ThrowIfNull(coverage);
        _coverage = coverage;
        coverage.Watch(_compiled.Workflow);
        return this;
    }

    /// <summary>Runs the flow.</summary>
    /// <exception cref="FlowTestException">A verifiable mock answered too often or too seldom, or the run left its cassette.</exception>
    /// <exception cref="RunNotStartedException">The trigger refused the request or found nothing to do.</exception>
    /// <exception cref="InvalidInputException">A parameter is missing or does not fit, the trigger can't be told, or <c>splitOn</c> gives several runs.</exception>
    /// <exception cref="FileNotFoundException">There is no such environment.</exception>
    /// <exception cref="ConnectorFormatException">A file beside the flow has errors, or an app setting can't be had.</exception>
    public async Task<FlowTestRun> RunAsync(CancellationToken cancellation = default)
    {
        var runs = await FireAsync(cancellation).ConfigureAwait(false);
        return runs.Count == 1 ? runs[0] : throw new InvalidInputException($"The trigger started {runs.Count} runs ('splitOn'); use FireAsync to get them all.");
    }

    /// <summary>Fires the trigger and gives every run that it starts: several where it has <c>splitOn</c>. They share the mocks and the clock.</summary>
    /// <inheritdoc cref="RunAsync" path="/exception"/>
    public async Task<IReadOnlyList<FlowTestRun>> FireAsync(CancellationToken cancellation = default)
    {
        var mocks = Mocks();
        var time = new VirtualTimeProvider(_start);
        using var handler = new MockHttpHandler(mocks, time);
        using var player = _replay is { } replay ? new CassettePlayer(replay.Cassette, replay.Mode, time) : null;
        HttpMessageHandler answering = player is null ? handler : player;
        using var recorder = _record is null ? null : new CassetteRecorder(answering);
        var interceptor = new MockActionInterceptor(mocks);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var faults = _faults.Begin(interceptor, time, ending);
        var flow = _compiled.In(_environment, _appSettings.ToObject());

        // With other app settings the text is compiled for them.
        var workflow = _instead is null ? flow.Workflow : flow.Workflow == _compiled.Workflow ? _instead : flow.Workflow.WithText(_instead.Document.Text);
        var parameters = ConnectionParameters.Over(flow.Settings, _parameters.ToObject(), flow.Workflow);
        var options = new RunOptions
        {
            Trigger = _trigger,
            Parameters = parameters,
            Secrets = flow.Settings.Secrets(),
            Time = time,
            Seed = _seed,
            Timeout = _timeout,
            HttpHandler = recorder ?? answering,
            Interceptor = faults,
            Callbacks = _callbacks,
            Workflows = flow.Children,
            Connectors = _connectors ?? new ConnectorSet(flow.Connectors, flow.Settings.WithParameters(parameters)) { AllowsMissingCredentials = true },
        };
        var engine = WorkflowEngine.Create();
        await using (engine.ConfigureAwait(false))
        {
            var fired = await engine.FireAsync(_coverage?.Watch(workflow) ?? workflow, _request, options, ending.Token).ConfigureAwait(false);
            if (fired.NotStarted is { } reason) throw new RunNotStartedException(reason);
            foreach (var result in fired.Runs) _coverage?.Add(result);
            if (_record is not null) recorder?.ToCassette(fired.Runs).Save(_record);
            List<FlowTestRun> runs = [.. fired.Runs.Select(result => new FlowTestRun(result))];
            if (player?.Divergence is { } divergence) throw runs[0].Failure(divergence, null);
            Verify(runs, handler.Answered, interceptor.Answered, faults.Missed(runs));
            return runs;
        }
    }

    /// <summary>Runs another flow; what is beside the file stays.</summary>
    internal void Instead(Workflow workflow) => _instead = workflow;

    private FlowTest Add(KitMock mock)
    {
        _mocks.Add(mock);
        return this;
    }

    private MockSet Mocks()
    {
        var own = MockSet.Parse(FlowValue.Array(FlowArray.Create(_mocks.Select(mock => mock.Entry))).ToJson(), "mocks of the test");
        var http = _mocks.Select(mock => mock.Http).OfType<HttpMockBuilder>().Zip(own.Http, (builder, mock) => builder.Complete(mock));
        var actions = _mocks.Select(mock => mock.Action).OfType<ActionMockBuilder>().Zip(own.Actions, (builder, mock) => builder.Complete(mock));
        return new MockSet([.. http, .. _files.SelectMany(file => file.Http)], [.. actions, .. _files.SelectMany(file => file.Actions)]);
    }

    private void Verify(List<FlowTestRun> runs, IReadOnlyList<int> http, IReadOnlyList<int> actions, IEnumerable<string> missed)
    {
        int nextHttp = 0, nextAction = 0;
        var faults = missed.Concat(runs[0].MocksOfNothing(_mocks.Select(mock => mock.Entry["action"].AsStringOrNull).OfType<string>())).ToList();
        foreach (var mock in _mocks)
        {
            var (expected, description) = (mock.Expected, mock.Description);
            var count = mock.Http is not null ? http[nextHttp++] : actions[nextAction++];
            if (expected is { } times && !times.Allow(count)) faults.Add($"Expected {description} to answer {times}, but it answered {(count == 0 ? "never" : Times.Count(count))}.");
        }

        foreach (var callback in runs[0].Result.MissedCallbacks.Where(callback => runs.TrueForAll(run => run.Result.MissedCallbacks.Contains(callback))))
            faults.Add($"The callback to action '{callback.Action}' after {XmlConvert.ToString(callback.After)} found no such action waiting.");
        if (faults.Count > 0) throw runs[0].Failure(string.Join(Environment.NewLine, faults), null);
    }

    /// <summary>A mock of code: an entry of the mocks format, and what only code can say.</summary>
    private sealed record KitMock(FlowValue Entry, Times? Expected, string Description)
    {
        public HttpMockBuilder? Http { get; init; }

        public ActionMockBuilder? Action { get; init; }
    }
}
