using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>A run of a test, to look at and to check. Values are the real ones; what messages show is masked.</summary>
public sealed class FlowTestRun
{
    private const int ShownPaths = 3;

    internal FlowTestRun(RunResult result)
    {
        Result = result;
        Requests = new RequestList(this, result.Requests);
    }

    /// <summary>The run as the engine gives it.</summary>
    public RunResult Result { get; }

    /// <summary>Succeeded, Failed, Cancelled or TimedOut.</summary>
    public ActionStatus Status => Result.Status;

    /// <summary>The code beside the status.</summary>
    public string Code => Result.Code;

    /// <summary>Why it did not succeed; null where it did.</summary>
    public ActionError? Error => Result.Error;

    /// <summary>The workflow's outputs; null where it has none.</summary>
    public RunOutputs Outputs => Result.Outputs;

    /// <summary>What the first Response sent; null without one.</summary>
    public WorkflowResponse? Response => Result.Response;

    /// <summary>Final values of the variables; names ignore case.</summary>
    public IReadOnlyDictionary<string, FlowValue> Variables => Result.Variables;

    /// <summary>Every HTTP request in the order of sending.</summary>
    public RequestList Requests { get; }

    /// <summary>How long the run took on its own clock.</summary>
    public TimeSpan Elapsed => Result.EndTime - Result.StartTime;

    /// <summary>The action at a path such as <c>Try/For_each_order</c> or <c>For_each_order[11]/Post_invoice</c>; containers may be left out.</summary>
    /// <exception cref="FlowTestException">There is none, or it ran several times.</exception>
    public FlowTestAction this[string path] => new(this, Find(path));

    /// <summary>All executions of the action at a path; a loop without an index stands for all its repetitions.</summary>
    /// <exception cref="FlowTestException">The path is none.</exception>
    public IReadOnlyList<FlowTestAction> All(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return [.. Executions(path).Select(action => new FlowTestAction(this, action))];
    }

    /// <summary>Checks the run's status.</summary>
    /// <exception cref="FlowTestException">It has another one.</exception>
    public FlowTestRun Expect(ActionStatus status)
    {
        if (Status == status) return this;
        var cause = FailureCause.Of(Result);
        var why = cause.Length > 0 ? ":" + cause : Error is null ? "." : $": {Error.Code}: {Error.Message}";
        throw Failure($"Expected the run to be {status}, but it is {Status}{why}", Result.FirstFailure?.Path);
    }

    /// <summary>Checks the status of an action: of every execution where it ran several times.</summary>
    /// <exception cref="FlowTestException">It has another one, or there is no such action.</exception>
    public FlowTestRun Expect(string path, ActionStatus status)
    {
        var actions = All(path);
        if (actions.Count == 0) throw NoSuchAction(path);
        foreach (var action in actions) action.Expect(status);
        return this;
    }

    /// <summary>Compares the run with what <c>expect</c> of a test file may say: <c>{"status", "actions", "requests", …}</c>.</summary>
    /// <param name="expect">The expectations.</param>
    /// <param name="folder">Where the files of <c>$schema</c> are; null is the current folder.</param>
    /// <returns>Every expectation that was not met, secrets masked; none where all were.</returns>
    /// <exception cref="MockFormatException">An expectation makes no sense.</exception>
    public IReadOnlyList<TestFailure> Compare(FlowValue expect, string? folder = null)
    {
        MockDocument.Check(expect, (faults, root) => new ExpectationReader(new MockMembers(faults), faults).Check(root, string.Empty));
        return CompareChecked(expect, folder ?? ".");
    }

    /// <summary>The same for expectations that were checked where they were read.</summary>
    internal IReadOnlyList<TestFailure> CompareChecked(FlowValue expect, string folder)
    {
        var values = new ValueExpectation(folder);
        new RunExpectations(this, values).Check(expect);
        return [.. values.Failures.Select(failure => failure with { Actual = SecretText.Masked(failure.Actual, Result), Message = Result.MaskSecrets(failure.Message) })];
    }

    /// <summary>The failures in words, and the run's tree with their places marked; secrets masked.</summary>
    public string Explain(IReadOnlyList<TestFailure> failures)
    {
        ArgumentNullException.ThrowIfNull(failures);
        var words = string.Join(Environment.NewLine, failures.Select(failure => failure.Message));
        return Result.MaskSecrets($"{words}{Environment.NewLine}{Environment.NewLine}{Tree(failures)}");
    }

    /// <summary>Checks the run against expectations as those of test files: JSON text.</summary>
    /// <exception cref="FlowTestException">Some were not met; the message has all of them.</exception>
    /// <exception cref="MockFormatException">An expectation makes no sense.</exception>
    public FlowTestRun ExpectJson(string expectations)
    {
        var failures = Compare(FlowValue.Parse(expectations));
        return failures.Count == 0 ? this : throw new FlowTestException(Explain(failures));
    }

    /// <summary>The run's tree with the places of failures marked.</summary>
    internal string Tree(IReadOnlyList<TestFailure> failures) =>
        Result.MaskSecrets(RunTreeText.Of(Result, [.. failures.Select(failure => failure.Action).OfType<string>()]));

    /// <summary>The run as a tree, as failure messages show it.</summary>
    public override string ToString() => Result.MaskSecrets(RunTreeText.Of(Result, []));

    /// <summary>A failure with the run's tree.</summary>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="path">The path of the action to mark; null marks none.</param>
    internal FlowTestException Failure(string message, string? path) =>
        new(Result.MaskSecrets($"{message}{Environment.NewLine}{Environment.NewLine}{RunTreeText.Of(Result, path is null ? [] : [path])}"));

    /// <summary>Mocks of actions that there are neither in the flow nor, for all one can see, in a flow that it calls: in words.</summary>
    internal IEnumerable<string> MocksOfNothing(IEnumerable<string> mocked)
    {
        var actions = Result.Workflow.Document.Definition!.Root.AllActions().ToList(); // The document of a run has a definition.
        if (actions.Exists(action => action.Type == "Workflow")) yield break;
        foreach (var name in mocked.Where(name => !actions.Exists(action => action.Name.Equals(name, StringComparison.OrdinalIgnoreCase))).Distinct(StringComparer.OrdinalIgnoreCase))
            yield return $"The test mocks action '{name}', which the flow does not have.{NearestActionText(name)}";
    }

    /// <summary>The nearest name to one that no action has, as a question; empty where an action has it, or none is near.</summary>
    internal string NearestActionText(string name)
    {
        var names = RunActions.Names(Result).ToList();
        var near = names.Contains(name, StringComparer.OrdinalIgnoreCase) ? null : Expressions.NearestName.Find(name, names);
        return near is null ? string.Empty : $" Did you mean '{near}'?";
    }

    internal string NoSuchActionText(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var near = NearestActionText(name);

        // There is such an action, but not there: in another container, or in a repetition that there wasn't.
        var elsewhere = near.Length > 0 || !ActionPath.TryParse(name, out _) ? [] : All(name).Select(action => action.Path).Take(ShownPaths + 1).ToList();
        var where = elsewhere.Count == 0 ? string.Empty : $" It ran at {string.Join(", ", elsewhere.Take(ShownPaths))}{(elsewhere.Count > ShownPaths ? " and elsewhere" : string.Empty)}.";
        return $"The run has no action at '{path}'.{near}{where}";
    }

    private FlowTestException NoSuchAction(string path) => Failure(NoSuchActionText(path), null);

    private ActionRecord Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var found = Executions(path);
        return found.Count switch
        {
            1 => found[0],
            0 => throw NoSuchAction(path),
            _ => throw Failure($"The action at '{path}' ran {found.Count} times; name one with an index, such as '{found[0].Path}', or take them all with All.", null),
        };
    }

    private List<ActionRecord> Executions(string path) => ActionPath.TryParse(path, out var parsed)
        ? [.. RunActions.Of(Result).Where(parsed.Fits)]
        : throw new FlowTestException($"'{path}' is no path of an action. One looks like 'Try/For_each[0]/Post'.");
}
