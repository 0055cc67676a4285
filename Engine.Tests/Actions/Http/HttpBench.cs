using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;
using FlowEngine.Testing;
using Microsoft.Extensions.Time.Testing;

namespace FlowEngine.Tests;

/// <summary>Runs one Http action alone, on a clock that moves only by the action's own waits.</summary>
internal sealed class HttpBench : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly HttpMessageInvoker _invoker;

    public HttpBench(HttpMessageHandler handler) => _invoker = new HttpMessageInvoker(handler);

    public HttpBench(string mocks)
        : this(new MockHttpHandler(MockSet.Parse(mocks)))
    {
    }

    internal OutboundState Outbound { get; init; } = new(HttpOptions.Default);

    public List<FlowValue> Secrets { get; } = [];

    public HostProfile Host { get; init; } = HostProfile.Consumption;

    /// <summary>Where in their range waits are taken.</summary>
    public double Jitter { get; init; } = 1;

    public FakeTimeProvider Clock { get; } = new(Start);

    public List<TimeSpan> Waits { get; } = [];

    public List<FlowValue> RetryHistory { get; } = [];

    public List<(HttpMethod Method, Uri? Uri, int Attempt)> Requests { get; } = [];

    public FlowValue RecordedInputs { get; private set; }

    public TimeSpan Elapsed => Clock.GetUtcNow() - Start;

    /// <summary>Runs an action with these evaluated inputs.</summary>
    public async Task<ActionOutcome> RunAsync(string inputs, string members = "{}", CancellationToken cancellation = default)
    {
        var raw = FlowValue.Parse(members);
        var action = new ActionDefinition
        {
            Name = "Call",
            Type = "Http",
            Raw = raw,
            Path = "/actions/Call",
            RunAfter = [],
            Branches = [],
            OperationOptions = new HashSet<string>((raw["operationOptions"].AsStringOrNull ?? "").Split(','), StringComparer.OrdinalIgnoreCase),
        };
        return await new HttpAction(new Plan(action, Host)).ExecuteAsync(new Scope(this, action, FlowValue.Parse(inputs)), cancellation);
    }

    public void Dispose() => _invoker.Dispose();

    private sealed class Plan(ActionDefinition action, HostProfile host) : ActionPlan
    {
        public override ActionDefinition Action => action;

        public override HostProfile Host => host;

        public override bool IsStrict => false;

        public override Expression Bind(FlowValue template, string member) => new Literal(template);

        public override Expression BindForSelf(FlowValue template, string member) => throw new NotSupportedException();

        internal override Expression BindForItem(FlowValue template, string member) => throw new NotSupportedException();

        public override Expression BindCondition(FlowValue condition, string member) => throw new NotSupportedException();

        internal override Expression BindConditionAfter(int branch, FlowValue condition, string member) => throw new NotSupportedException();

        internal override int VariableSlot(string name) => throw new NotSupportedException();
    }

    private sealed class Context(FakeTimeProvider clock) : EvaluationContext
    {
        public override DateTime UtcNow => clock.GetUtcNow().UtcDateTime;

        public override Guid NewGuid() => new(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

        public override double NextDouble() => 0.5;
    }

    private sealed class Scope(HttpBench bench, ActionDefinition action, FlowValue inputs) : RunScope
    {
        public override ActionDefinition Action => action;

        public override FlowValue Inputs => inputs;

        public override EvaluationContext Evaluation { get; } = new Context(bench.Clock);

        public override TimeProvider Time => bench.Clock;

        public override string IdempotencyKey => "run/Call";

        public override HostProfile Host => bench.Host;

        internal override ActionError? SendToBatch(BatchMessage message) => throw new NotSupportedException();

        internal override string? ReadArtifact(string path) => throw new NotSupportedException();

        internal override FlowValue WorkflowContext(IReadOnlyCollection<string>? actions) => throw new NotSupportedException();

        public override void RecordInputs(FlowValue inputs) => bench.RecordedInputs = inputs;

        public override ValueTask DelayAsync(TimeSpan duration, CancellationToken cancellation)
        {
            if (duration == Timeout.InfiniteTimeSpan) duration = TimeSpan.FromDays(1);
            else bench.Waits.Add(duration);

            // In steps, so that a limit that passes on the way ends the wait there, as it does on the run's clock.
            for (var left = duration; left > TimeSpan.Zero && !cancellation.IsCancellationRequested; left -= TimeSpan.FromSeconds(1))
                bench.Clock.Advance(left < TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1));
            return cancellation.IsCancellationRequested ? ValueTask.FromCanceled(cancellation) : default;
        }

        public override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, int attempt, CancellationToken cancellation)
        {
            bench.Requests.Add((request.Method, request.RequestUri, attempt));
            return bench._invoker.SendAsync(request, cancellation);
        }

        public override Uri CallbackUri => throw new NotSupportedException();

        public override ValueTask<FlowValue> WaitForCallbackAsync(CancellationToken cancellation) => throw new NotSupportedException();

        internal override OutboundState Outbound => bench.Outbound;

        public override void RecordSecret(FlowValue secret) => bench.Secrets.Add(secret);

        public override void RecordRetry(FlowValue attempt, TimeSpan delay) => bench.RetryHistory.Add(attempt);

        internal override double NextJitter() => bench.Jitter;

        public override ValueTask<ActionStatus> RunBranchAsync(int branch, CancellationToken cancellation) => throw new NotSupportedException();

        public override ValueTask<ActionStatus> RunRepetitionAsync(int branch, FlowValue item, int index, CancellationToken cancellation) => throw new NotSupportedException();

        internal override FlowValue EvaluateInLastRepetition(Expression expression) => throw new NotSupportedException();

        public override void SkipBranch(int branch, string errorCode, string messageTemplate) => throw new NotSupportedException();

        internal override void EndBranch(int branch, Func<ActionDefinition, ActionOutcome> outcome) => throw new NotSupportedException();

        internal override void Terminate(ActionStatus status, ActionError? error) => throw new NotSupportedException();

        internal override bool TryGetVariable(int slot, out FlowValue value, out string type) => throw new NotSupportedException();

        internal override void SetVariable(int slot, FlowValue value, string type) => throw new NotSupportedException();

        internal override int TextLengthOfVariable(int slot) => throw new NotSupportedException();

        internal override void AppendToVariable(int slot, string text) => throw new NotSupportedException();

        internal override ValueTask<ChildAnswer> CallWorkflowAsync(ChildCall call, CancellationToken cancellation) => throw new NotSupportedException();

        internal override ResponseResult Respond(WorkflowResponse response, bool isAsynchronous = false) => throw new NotSupportedException();
    }
}
