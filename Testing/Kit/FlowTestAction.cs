using System.Globalization;
using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>One execution of an action in a run of a test.</summary>
public sealed class FlowTestAction
{
    private readonly FlowTestRun _run;

    internal FlowTestAction(FlowTestRun run, ActionRecord record) => (_run, Record) = (run, record);

    /// <summary>The run that it belongs to.</summary>
    public FlowTestRun Run => _run;

    /// <summary>The execution as the engine gives it.</summary>
    public ActionRecord Record { get; }

    /// <summary>Path with indexes, such as <c>Try/For_each[11]/Post</c>.</summary>
    public string Path => Record.Path;

    /// <summary>How the action ended.</summary>
    public ActionStatus Status => Record.Status;

    /// <summary>The code beside the status.</summary>
    public string Code => Record.Code;

    /// <summary>Its evaluated inputs; null where it has none.</summary>
    public FlowValue Inputs => Record.Inputs;

    /// <summary>Its outputs; null where it has none.</summary>
    public FlowValue Outputs => Record.Outputs;

    /// <summary>The <c>body</c> of the outputs; the outputs where they have none.</summary>
    public FlowValue Body => Record.Outputs.TryGetMember("body", out var body) ? body : Record.Outputs;

    /// <summary>The tracked properties as evaluated; null where it has none.</summary>
    public FlowValue TrackedProperties => Record.TrackedProperties;

    /// <summary>Why it failed or was skipped; null where it has no error.</summary>
    public ActionError? Error => Record.Error;

    /// <summary>Requests that it sent, the first included.</summary>
    public int Attempts => _run.Requests.Count(request => request.Path == Path);

    /// <summary>How many repetitions a loop had.</summary>
    public int Iterations => Record.Repetitions.Count;

    /// <summary>A repetition of the loop, by index from 0.</summary>
    /// <exception cref="FlowTestException">There is none of that index.</exception>
    public FlowTestIteration Iteration(int index)
    {
        foreach (var repetition in Record.Repetitions)
        {
            if (repetition.Index == index) return new FlowTestIteration(_run, this, repetition);
        }

        throw _run.Failure(string.Create(CultureInfo.InvariantCulture, $"'{Path}' has no repetition {index}; it had {Iterations}."), Path);
    }

    /// <summary>Checks the status.</summary>
    /// <exception cref="FlowTestException">It has another one.</exception>
    public FlowTestAction Expect(ActionStatus status) => Status == status
        ? this
        : throw _run.Failure($"Expected '{Path}' to be {status}, but it is {Status}{(Error is null ? "." : FailureCause.ErrorOf(Record, _run.Result))}", Path);

    /// <summary>Checks the outputs: equal to this JSON text.</summary>
    /// <exception cref="FlowTestException">They differ.</exception>
    public FlowTestAction ExpectOutputsJson(string json)
    {
        var expected = FlowValue.Parse(json);
        return Outputs == expected ? this : throw _run.Failure($"Expected outputs of '{Path}': {expected.ToJson()}{Environment.NewLine}But they are: {Outputs.ToJson()}", Path);
    }
}

/// <summary>One repetition of a loop in a run of a test.</summary>
public sealed class FlowTestIteration
{
    private readonly FlowTestRun _run;
    private readonly FlowTestAction _loop;
    private readonly RepetitionRecord _record;

    internal FlowTestIteration(FlowTestRun run, FlowTestAction loop, RepetitionRecord record) => (_run, _loop, _record) = (run, loop, record);

    /// <summary>How the iteration ended, by the leaf rule.</summary>
    public ActionStatus Status => _record.Status;

    /// <summary>The element of a Foreach; null for an Until.</summary>
    public FlowValue Element => _record.Item;

    /// <summary>The action at a path below the loop; containers may be left out.</summary>
    /// <exception cref="FlowTestException">There is none, or it ran several times.</exception>
    public FlowTestAction this[string path] => _run[string.Create(CultureInfo.InvariantCulture, $"{_loop.Path}[{_record.Index}]/{path}")];
}
