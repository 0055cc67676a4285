using FlowEngine.Actions;
using NUnit.Framework.Constraints;

namespace FlowEngine.Testing.NUnit;

/// <summary>How a run (<see cref="FlowTestRun"/>) or an action (<see cref="FlowTestAction"/>) ended.</summary>
public sealed class StatusConstraint : ExpectationConstraint
{
    private readonly FlowObjectBuilder _record = new();
    private readonly FlowObjectBuilder _error = new();
    private string _description;

    internal StatusConstraint(ActionStatus status)
    {
        _description = status.ToString();
        _record.Set("status", FlowValue.String(status.ToString()));
    }

    /// <inheritdoc/>
    public override string Description => _description;

    /// <inheritdoc/>
    protected override FlowValue Expectations => _error.Count == 0 ? _record.ToValue() : _record.Set("error", _error.ToValue()).ToValue();

    /// <summary>The code beside the status.</summary>
    public StatusConstraint WithCode(string code)
    {
        _record.Set("code", FlowValue.String(code));
        return Say($"code '{code}'");
    }

    /// <summary>The error's code and, where given, its message, in which <c>*</c> stands for any run of characters.</summary>
    public StatusConstraint WithError(string code, string? message = null)
    {
        _error.Set("code", FlowValue.String(code));
        if (message is not null) _error.Set("message", FlowValue.Object(("$matches", FlowValue.String(message))));
        return Say($"error '{code}'{(message is null ? string.Empty : $": '{message}'")}");
    }

    /// <inheritdoc/>
    public override ConstraintResult ApplyTo<TActual>(TActual actual) => actual is FlowTestAction action
        ? Compare(action.Run, FlowValue.Object(("actions", FlowValue.Object((action.Path, Expectations)))), actual)
        : base.ApplyTo(actual);

    private StatusConstraint Say(string words)
    {
        _description += $", {words}";
        return this;
    }
}
