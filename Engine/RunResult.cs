using FlowEngine.Actions;
using FlowEngine.Expressions;

namespace FlowEngine;

/// <summary>A run that has ended. A view on the run's own records: nothing is copied.</summary>
public sealed class RunResult
{
    private readonly Run _run;
    private SecretMask? _mask;

    internal RunResult(Run run, ActionStatus status, string code, ActionError? error, FlowValue outputs)
    {
        _run = run;
        Status = status;
        Code = code;
        Error = error;
        Outputs = new RunOutputs(outputs);
    }

    /// <summary>Succeeded, Failed, Cancelled or TimedOut.</summary>
    public ActionStatus Status { get; }

    /// <summary>The code beside the status, such as <c>ActionFailed</c>.</summary>
    public string Code { get; }

    /// <summary>Why it did not succeed; the cause stands on the innermost action (<see cref="FirstFailure"/>).</summary>
    public ActionError? Error { get; }

    /// <summary>The workflow's outputs: <c>run.Outputs["total"]["value"]</c>, <c>run.Outputs.To&lt;Invoice&gt;()</c>.</summary>
    public RunOutputs Outputs { get; }

    /// <summary>The run's id; newer runs sort first.</summary>
    public string RunId => _run.Id;

    /// <summary>The client tracking id: the caller's (<c>x-ms-client-tracking-id</c>, <c>correlation</c>), or the run's own id.</summary>
    public string CorrelationId => _run.ClientTrackingId;

    /// <summary>The workflow that ran.</summary>
    public Workflow Workflow => _run.Workflow;

    /// <summary>When it began, on the run's clock.</summary>
    public DateTimeOffset StartTime => new(_run.Root.StartTicks, TimeSpan.Zero);

    /// <summary>When it ended, on the run's clock.</summary>
    public DateTimeOffset EndTime => new(_run.Root.EndTicks, TimeSpan.Zero);

    /// <summary>The trigger's name.</summary>
    public string TriggerName => _run.Trigger.Name;

    /// <summary>The trigger's outputs; null where it has none.</summary>
    public FlowValue TriggerOutputs => _run.Trigger.Outputs;

    /// <summary>What the first Response sent; null without one.</summary>
    public WorkflowResponse? Response => _run.Response;

    /// <summary>Every HTTP request in the order of sending.</summary>
    public IReadOnlyList<RequestRecord> Requests => _run.Outbound.Sent;

    /// <summary>Runs that batches started with messages of this run, those that have ended.</summary>
    public IReadOnlyList<RunResult> BatchRuns => [.. _run.Batches.Runs.Where(run => run.Completion.IsCompletedSuccessfully).Select(run => run.Completion.Result)];

    /// <summary>The codes of policies that kept requests of this run, or of those that it called, from being sent, such as <c>EgressDenied</c>; each once.</summary>
    public IReadOnlyList<string> Refusals => _run.Family.Refusals;

    /// <summary>Those of <see cref="RunOptions.Callbacks"/> that found no action waiting, or that the run did not last for.</summary>
    public IReadOnlyList<RunCallback> MissedCallbacks => _run.ScheduledCallbacks?.Missed ?? [];

    /// <summary>Final values of the variables that were initialised.</summary>
    public IReadOnlyDictionary<string, FlowValue> Variables
    {
        get
        {
            var values = new Dictionary<string, FlowValue>(StringComparer.OrdinalIgnoreCase);
            for (var slot = 0; slot < _run.Variables.Length; slot++)
            {
                if (_run.Variables[slot].Type is not null) values[_run.Plan.VariableNames[slot]] = _run.Variables[slot].Value;
            }

            return values;
        }
    }

    /// <summary>Whether it ended as it should.</summary>
    public bool IsSucceeded => Status == ActionStatus.Succeeded;

    /// <summary>The record of an action outside loops, by name ignoring case.</summary>
    /// <exception cref="KeyNotFoundException">There is no action of that name outside loops.</exception>
    public ActionRecord Action(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _run.Plan.TryGetAction(name, out var action) && action.Frame.Level == 0 && _run.Root.Slots[action.Slot] is { } execution
            ? new ActionRecord(execution)
            : throw new KeyNotFoundException($"The run has no action '{name}' outside loops.");
    }

    /// <summary>The innermost action whose failure decided the run's status; null where none did. A failure that was handled does not count.</summary>
    public ActionRecord? FirstFailure => Failures.FirstOf(_run);

    /// <summary>Evaluates a template on the finished run: <c>@equals(variables('n'), 24)</c>.</summary>
    /// <exception cref="ExpressionException">It doesn't parse or can't be evaluated.</exception>
    public FlowValue Evaluate(FlowValue template)
    {
        var settings = _run.Plan.Settings;
        // A cache of its own: a test's expressions have no business in the document's.
        var binder = new Binder(settings.Functions, _run.Plan.Dialect);
        return binder.BindTemplate(template, string.Empty, new PlanScope(_run.Plan, _run.Plan.RootFrame, settings)).Evaluate(_run.Root);
    }

    /// <summary>A text about the run with its secrets masked.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isPiece">Whether it was cut out of a longer one: a secret may have been cut where it begins or ends.</param>
    public string MaskSecrets(string text, bool isPiece = false)
    {
        var mask = _mask ??= SecretMask.Of(_run);
        return isPiece ? mask.ApplyToPiece(text) : mask.Apply(text);
    }

    /// <summary>The run record, the document that <c>flow run --json</c> prints; secrets are masked.</summary>
    public FlowValue ToRecord() => RunRecordWriter.Write(this, _run);

    /// <summary>The run record as indented text; other forms of JSON: <c>ToRecord().ToJToken()</c>, <c>ToRecord().ToJson()</c>, <see cref="FlowJson.Write(FlowValue, Newtonsoft.Json.JsonWriter)"/>.</summary>
    public string ToRecordText() => FlowJson.WriteIndented(ToRecord());
}
