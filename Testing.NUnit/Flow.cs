using FlowEngine.Actions;

namespace FlowEngine.Testing.NUnit;

/// <summary>Where constraints on runs of tests begin: <c>Assert.That(run, Flow.Succeeded)</c>. They combine with <c>&amp;</c> and <c>|</c>.</summary>
/// <remarks>Values are compared as in test files: exactly, except where an operator such as <c>{"$subset": …}</c> says otherwise. Messages show the run's tree with the places marked.</remarks>
public static class Flow
{
    /// <summary>The run, or the action, succeeded.</summary>
    public static StatusConstraint Succeeded => new(ActionStatus.Succeeded);

    /// <summary>The run, or the action, failed.</summary>
    public static StatusConstraint Failed => new(ActionStatus.Failed);

    /// <summary>The run, or the action, was cancelled.</summary>
    public static StatusConstraint Cancelled => new(ActionStatus.Cancelled);

    /// <summary>The run, or the action, ran out of time.</summary>
    public static StatusConstraint TimedOut => new(ActionStatus.TimedOut);

    /// <summary>The action was skipped.</summary>
    public static StatusConstraint Skipped => new(ActionStatus.Skipped);

    /// <summary>A test file's test passed.</summary>
    public static PassedConstraint Passed => new();

    /// <summary>What is expected of an action, of each of its executions where there are several.</summary>
    /// <param name="path">Its name, or a path through containers and loops: <c>For_each[1]/Post</c>.</param>
    public static ActionConstraint Action(string path) => new(path);

    /// <summary>A request was sent, once or more unless something else is said.</summary>
    /// <param name="method">The method, ignoring case.</param>
    /// <param name="uri">The address; <c>*</c> stands for any run of characters.</param>
    public static RequestConstraint Sent(string method, string uri) => new(method, uri);

    /// <summary>These requests were sent in this order, others perhaps between them: <c>"GET */orders", "POST */invoices"</c>.</summary>
    public static RequestOrderConstraint SentInOrder(params string[] requests) => new(requests);

    /// <summary>A Response was sent.</summary>
    public static ResponseConstraint Responded() => new(null);

    /// <summary>A Response of that status was sent.</summary>
    public static ResponseConstraint Responded(int statusCode) => new(statusCode);

    /// <summary>A variable ended with that value.</summary>
    public static ExpectationConstraint Variable(string name, FlowValue value) =>
        new ExpectationConstraint.Fixed($"variable '{name}' is {value.ToJson()}", "variables", FlowValue.Object((name, value)));

    /// <summary>A variable ended with that text.</summary>
    public static ExpectationConstraint Variable(string name, string text) => Variable(name, FlowValue.String(text));

    /// <summary>A variable ended with the value of this JSON text.</summary>
    public static ExpectationConstraint VariableJson(string name, string json) => Variable(name, FlowValue.Parse(json));

    /// <summary>An expression gives true on the finished run: <c>@equals(variables('n'), 2)</c>.</summary>
    public static ExpectationConstraint That(string expression) =>
        new ExpectationConstraint.Fixed(expression, "that", FlowValue.Array([FlowValue.String(expression)]));

    /// <summary>The run took no longer on its own clock.</summary>
    public static ExpectationConstraint TookAtMost(TimeSpan time) => Took("at most", "max", time);

    /// <summary>The run took no less on its own clock.</summary>
    public static ExpectationConstraint TookAtLeast(TimeSpan time) => Took("at least", "min", time);

    /// <summary>Everything that <c>expect</c> of a test file may say, as JSON text.</summary>
    public static ExpectationConstraint Matches(string expectations) => new ExpectationConstraint.Whole(FlowValue.Parse(expectations));

    private static ExpectationConstraint.Fixed Took(string words, string name, TimeSpan time)
    {
        var duration = System.Xml.XmlConvert.ToString(time);
        return new($"took {words} {duration}", "elapsed", FlowValue.Object((name, FlowValue.String(duration))));
    }
}
