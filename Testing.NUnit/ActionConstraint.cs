using FlowEngine.Actions;

namespace FlowEngine.Testing.NUnit;

/// <summary>What is expected of an action, of each of its executions where there are several.</summary>
public sealed class ActionConstraint : ExpectationConstraint
{
    private readonly string _path;
    private readonly FlowObjectBuilder _record = new();
    private readonly FlowObjectBuilder _error = new();
    private string _description;

    internal ActionConstraint(string path)
    {
        _path = path;
        _description = $"action '{path}'";
    }

    /// <inheritdoc/>
    public override string Description => _description;

    /// <summary>It succeeded.</summary>
    public ActionConstraint Succeeded => Is(ActionStatus.Succeeded);

    /// <summary>It failed.</summary>
    public ActionConstraint Failed => Is(ActionStatus.Failed);

    /// <summary>It was skipped.</summary>
    public ActionConstraint Skipped => Is(ActionStatus.Skipped);

    /// <summary>It ran out of time.</summary>
    public ActionConstraint TimedOut => Is(ActionStatus.TimedOut);

    /// <summary>It was cancelled.</summary>
    public ActionConstraint Cancelled => Is(ActionStatus.Cancelled);

    /// <inheritdoc/>
    protected override FlowValue Expectations
    {
        get
        {
            if (_error.Count > 0) _record.Set("error", _error.ToValue());
            return FlowValue.Object(("actions", FlowValue.Object((_path, _record.ToValue()))));
        }
    }

    /// <summary>It ended with that status.</summary>
    public ActionConstraint Is(ActionStatus status) => Set("status", FlowValue.String(status.ToString()), status.ToString());

    /// <summary>The code beside the status.</summary>
    public ActionConstraint WithCode(string code) => Set("code", FlowValue.String(code), $"code '{code}'");

    /// <summary>The error's code and, where given, its message, in which <c>*</c> stands for any run of characters.</summary>
    public ActionConstraint WithError(string code, string? message = null)
    {
        _error.Set("code", FlowValue.String(code));
        if (message is not null) _error.Set("message", FlowValue.Object(("$matches", FlowValue.String(message))));
        _description += $", error '{code}'{(message is null ? string.Empty : $": '{message}'")}";
        return this;
    }

    /// <summary>The inputs as evaluated.</summary>
    public ActionConstraint WithInputs(FlowValue inputs) => Set("inputs", inputs, $"inputs {Short(inputs)}");

    /// <summary>The inputs as evaluated: this JSON text.</summary>
    public ActionConstraint WithInputsJson(string json) => WithInputs(FlowValue.Parse(json));

    /// <summary>The inputs have these members: this JSON text.</summary>
    public ActionConstraint WithInputsLike(string json) => Set("inputs", Subset(FlowValue.Parse(json)), $"inputs like {json}");

    /// <summary>The outputs.</summary>
    public ActionConstraint WithOutputs(FlowValue outputs) => Set("outputs", outputs, $"outputs {Short(outputs)}");

    /// <summary>The outputs: this JSON text.</summary>
    public ActionConstraint WithOutputsJson(string json) => WithOutputs(FlowValue.Parse(json));

    /// <summary>The outputs have these members: this JSON text.</summary>
    public ActionConstraint WithOutputsLike(string json) => Set("outputs", Subset(FlowValue.Parse(json)), $"outputs like {json}");

    /// <summary>The <c>body</c> of the outputs.</summary>
    public ActionConstraint WithBody(FlowValue body) => Set("outputs", Subset(FlowValue.Object(("body", FlowValue.Object(("$equals", body))))), $"body {Short(body)}");

    /// <summary>The <c>body</c> of the outputs: this JSON text.</summary>
    public ActionConstraint WithBodyJson(string json) => WithBody(FlowValue.Parse(json));

    /// <summary>The tracked properties: this JSON text.</summary>
    public ActionConstraint WithTrackedPropertiesJson(string json) => Set("trackedProperties", FlowValue.Parse(json), $"tracked properties {json}");

    /// <summary>How many requests it sent, the first included.</summary>
    public ActionConstraint WithAttempts(int count) => Set("attempts", count, $"{count} attempts");

    private static FlowValue Subset(FlowValue value) => FlowValue.Object(("$subset", value));

    private ActionConstraint Set(string member, FlowValue value, string words)
    {
        _record.Set(member, value);
        _description += $"{(_record.Count == 1 && member == "status" ? " " : ", ")}{words}";
        return this;
    }
}
