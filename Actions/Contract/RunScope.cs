using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>The engine as one execution of an action sees it.</summary>
public abstract class RunScope
{
    // The engine makes them, and nobody else.
    internal RunScope()
    {
    }

    /// <summary>The action that runs.</summary>
    public abstract ActionDefinition Action { get; }

    /// <summary>The evaluated <see cref="IActionExecutor.Inputs"/>; null where the executor has none.</summary>
    public abstract FlowValue Inputs { get; }

    /// <summary>The context for expressions that the executor evaluates itself.</summary>
    public abstract EvaluationContext Evaluation { get; }

    /// <summary>The run's clock. Wait with <see cref="DelayAsync"/>, never with a timer of its own: virtual time could not move.</summary>
    public abstract TimeProvider Time { get; }

    /// <summary>The same key for the same execution, also after a restart: path and repetition indexes.</summary>
    public abstract string IdempotencyKey { get; }

    /// <summary>The indexes of the loops around this execution, outermost first.</summary>
    public virtual FlowArray RepetitionIndexes() => FlowArray.Empty;

    /// <summary>Which product's defaults hold.</summary>
    public abstract HostProfile Host { get; }

    /// <summary>Shows these inputs in the record instead of the evaluated ones (<c>{"expressionResult": true}</c>, the items of a loop).</summary>
    public abstract void RecordInputs(FlowValue inputs);

    /// <summary>Shows these outputs to <c>action()</c> while the action still runs.</summary>
    internal virtual void ShowOutputs(FlowValue outputs)
    {
    }

    /// <summary>Notes that a limit ended an Until, not its condition.</summary>
    internal virtual void RecordLimitReached()
    {
    }

    /// <summary>What a script may read of the run: <c>{trigger, actions: {Name: record}, workflow}</c>, with the actions that have ended.</summary>
    /// <param name="actions">The actions wanted, by name; null for all.</param>
    internal abstract FlowValue WorkflowContext(IReadOnlyCollection<string>? actions);

    /// <summary>Evaluates an expression in this action's context.</summary>
    public FlowValue Evaluate(Expression expression)
    {
        try
        {
            return expression.Evaluate(Evaluation);
        }
        catch (ExpressionException failure) when (failure.PlaceAt(expression))
        {
            throw; // Never reached: the filter only says where it happened.
        }
    }

    // Control flow

    /// <summary>Runs a branch in the surrounding repetition and gives its status by the leaf rule: Succeeded, Failed or Cancelled.</summary>
    public abstract ValueTask<ActionStatus> RunBranchAsync(int branch, CancellationToken cancellation);

    /// <summary>Runs a branch as the repetition with that index: results are kept per repetition, <c>item()</c> is <paramref name="item"/>.</summary>
    public abstract ValueTask<ActionStatus> RunRepetitionAsync(int branch, FlowValue item, int index, CancellationToken cancellation);

    /// <summary>Evaluates in the repetition that ran last (an Until's condition reads its body).</summary>
    internal abstract FlowValue EvaluateInLastRepetition(Expression expression);

    /// <summary>Records every action of a branch as Skipped, its direct children with this error.</summary>
    public abstract void SkipBranch(int branch, string errorCode, string messageTemplate);

    /// <summary>Records every direct child of a branch with this outcome, and what is nested below as Skipped.</summary>
    internal abstract void EndBranch(int branch, Func<ActionDefinition, ActionOutcome> outcome);

    /// <summary>Ends the run once this action has ended; everything not started is Skipped with code <c>Terminated</c>.</summary>
    internal abstract void Terminate(ActionStatus status, ActionError? error);

    // Variables: slots come from the plan

    /// <summary>The variable's value and type (canonical), or false while it is not initialised.</summary>
    internal abstract bool TryGetVariable(int slot, out FlowValue value, out string type);

    /// <summary>Creates or replaces a variable.</summary>
    internal abstract void SetVariable(int slot, FlowValue value, string type);

    /// <summary>The characters of a variable that holds text; -1 where it doesn't.</summary>
    internal abstract int TextLengthOfVariable(int slot);

    /// <summary>Appends to a variable that holds text, at a cost in proportion to what is appended.</summary>
    internal abstract void AppendToVariable(int slot, string text);

    // Waiting and the outside world

    /// <summary>Waits on the run's clock. <see cref="Timeout.InfiniteTimeSpan"/> waits for the cancellation.</summary>
    public abstract ValueTask DelayAsync(TimeSpan duration, CancellationToken cancellation);

    /// <summary>Waits on the run's clock before the operation is tried again.</summary>
    public virtual ValueTask DelayRetryAsync(TimeSpan duration, CancellationToken cancellation) => DelayAsync(duration, cancellation);

    /// <summary>The address at which this execution is called back. Asking for it opens it: what comes from then on waits for <see cref="WaitForCallbackAsync"/>.</summary>
    public abstract Uri CallbackUri { get; }

    /// <summary>Waits for the first request to <see cref="CallbackUri"/>; it shows as <c>{statusCode: 200, headers, body}</c>.</summary>
    /// <exception cref="CallbackNeverComesException">Nobody will call.</exception>
    public abstract ValueTask<FlowValue> WaitForCallbackAsync(CancellationToken cancellation);

    /// <summary>Sends one HTTP request through the run's handler; every request of a run goes this way and is recorded.</summary>
    /// <param name="request">The request.</param>
    /// <param name="attempt">From 1.</param>
    /// <param name="cancellation">Ends it.</param>
    public abstract Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, int attempt, CancellationToken cancellation);

    /// <summary>What the requests of all runs of the engine share.</summary>
    internal abstract OutboundState Outbound { get; }

    /// <summary>Headers that name the workflow, its run and this execution to the servers that it calls: <c>x-ms-workflow-run-id</c> and the like.</summary>
    internal virtual IReadOnlyList<KeyValuePair<string, string>> Identity => [];

    /// <summary>Hides a value wherever it shows in this run's record, log and errors: every text of 6 characters and more inside it.</summary>
    public abstract void RecordSecret(FlowValue secret);

    /// <summary>Where connectors are found; null where the host gave none.</summary>
    internal virtual IConnectorSource? Connectors => null;

    /// <summary>What the workflow's own file says of a connection: its entry of <c>connectionReferences</c>, or of <c>$connections</c> by name or connection id; null where it says nothing.</summary>
    internal virtual FlowValue ConnectionReference(string name) => default;

    /// <summary>Keeps a failed attempt for the record's <c>retryHistory</c> and tells observers; <paramref name="delay"/> is the wait before the next.</summary>
    public abstract void RecordRetry(FlowValue attempt, TimeSpan delay);

    /// <summary>A number in [0, 1) for jitter; with virtual time always 1, the upper bound.</summary>
    internal abstract double NextJitter();

    /// <summary>Runs a child workflow up to its first Response; the child goes on after it.</summary>
    internal abstract ValueTask<ChildAnswer> CallWorkflowAsync(ChildCall call, CancellationToken cancellation);

    /// <summary>Adds a message to a batch of another workflow, which may start runs of it.</summary>
    /// <returns>Why it was not taken; null where it was.</returns>
    internal abstract ActionError? SendToBatch(BatchMessage message);

    /// <summary>The text of a file beside the workflow, such as <c>Artifacts/Maps/Order.xslt</c>; null where there is none. Any thread may ask.</summary>
    internal abstract string? ReadArtifact(string path);

    /// <summary>Answers the caller of the run.</summary>
    /// <param name="response">What it gets.</param>
    /// <param name="isAsynchronous">Whether the caller was told to ask again meanwhile, so that it has not gone however late it is.</param>
    internal abstract ResponseResult Respond(WorkflowResponse response, bool isAsynchronous = false);
}

/// <summary>What became of a response.</summary>
internal enum ResponseResult
{
    /// <summary>The caller has it.</summary>
    Sent,

    /// <summary>Nobody waits for one.</summary>
    NobodyWaiting,

    /// <summary>The caller waited as long as it may.</summary>
    CallerGone,

    /// <summary>Another Response came first.</summary>
    AlreadySent,
}

/// <summary>What the caller of a run gets.</summary>
/// <param name="StatusCode">HTTP status.</param>
/// <param name="Headers">Object of text, Content-Type included where there is a body.</param>
/// <param name="Body">The body; see <paramref name="HasBody"/>.</param>
/// <param name="HasBody">Whether there is one (it may be null).</param>
public sealed record WorkflowResponse(int StatusCode, FlowValue Headers, FlowValue Body, bool HasBody);

/// <summary>How a handler finds the scope of the action that sends a request (mocks wait on the run's clock through it).</summary>
internal static class HttpScope
{
    /// <summary>Key of the scope in <see cref="HttpRequestMessage.Options"/>.</summary>
    public static HttpRequestOptionsKey<RunScope> Key { get; } = new("FlowEngine.RunScope");
}
