using NUnit.Framework.Constraints;

namespace FlowEngine.Testing.NUnit;

/// <summary>A constraint on a run of a test (<see cref="FlowTestRun"/>): an expectation as those of test files.</summary>
public abstract class ExpectationConstraint : Constraint
{
    /// <summary>What is expected, in the form of <c>expect</c> in test files.</summary>
    protected abstract FlowValue Expectations { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The value is no run of a test.</exception>
    public override ConstraintResult ApplyTo<TActual>(TActual actual) => actual is FlowTestRun run
        ? Compare(run, Expectations, actual)
        : throw new ArgumentException($"The constraint is for a {nameof(FlowTestRun)}, but the value is {actual?.GetType().Name ?? "null"}.", nameof(actual));

    private protected ConstraintResult Compare(FlowTestRun run, FlowValue expectations, object? actual)
    {
        var failures = run.Compare(expectations);
        return new ExplainedResult(this, actual, failures.Count == 0, () => run.Explain(failures));
    }

    /// <summary>Text in one line, short enough for a message.</summary>
    private protected static string Short(FlowValue value)
    {
        const int longest = 120;
        var json = value.ToJson();
        return json.Length <= longest ? json : json[..longest] + "…";
    }

    /// <summary>One member of <c>expect</c>.</summary>
    internal sealed class Fixed(string description, string member, FlowValue value) : ExpectationConstraint
    {
        public override string Description => description;

        protected override FlowValue Expectations => FlowValue.Object((member, value));
    }

    /// <summary>A whole <c>expect</c>.</summary>
    internal sealed class Whole(FlowValue expectations) : ExpectationConstraint
    {
        public override string Description => $"a run like {Short(expectations)}";

        protected override FlowValue Expectations => expectations;
    }
}

/// <summary>A result whose message is an explanation of its own in place of the value.</summary>
internal sealed class ExplainedResult(IConstraint constraint, object? actual, bool isSuccess, Func<string> explanation) : ConstraintResult(constraint, actual, isSuccess)
{
    public override void WriteActualValueTo(MessageWriter writer) => writer.Write(explanation());
}
