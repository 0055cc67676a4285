using NUnit.Framework;
using NUnit.Framework.Constraints;

namespace FlowEngine.Testing.NUnit;

/// <summary>Tests of files as test cases of NUnit, one a test: <c>[TestCaseSource]</c> of a method that takes a <see cref="FlowTestCase"/>.</summary>
public static class FlowTests
{
    /// <summary>The tests of a file, or of all <c>*.flowtest.json</c> files in a folder and below: a path from the current folder, or from that of the test's program.</summary>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    /// <exception cref="MockFormatException">A file makes no sense; all faults are listed.</exception>
    public static IEnumerable<TestCaseData> Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var beside = Path.Combine(AppContext.BaseDirectory, path);
        return Files(!Path.Exists(path) && Path.Exists(beside) ? beside : path).SelectMany(file => FlowTestFile.Load(file).Tests).Select(test => new TestCaseData(test).SetName(NameOf(test)));
    }

    private static IEnumerable<string> Files(string path)
    {
        if (File.Exists(path)) return [path];
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*.flowtest.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : throw new FileNotFoundException($"There is no file or folder of tests '{path}'.", path);
    }

    // In NUnit's names braces stand for the name of the method and its arguments.
    private static string NameOf(FlowTestCase test) => test.Name.Replace('{', '(').Replace('}', ')');
}

/// <summary>A test of a file passed (<see cref="FlowTestOutcome"/>).</summary>
public sealed class PassedConstraint : Constraint
{
    internal PassedConstraint()
    {
    }

    /// <inheritdoc/>
    public override string Description => "every expectation of the test met";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The value is no outcome of a test.</exception>
    public override ConstraintResult ApplyTo<TActual>(TActual actual) => actual is FlowTestOutcome outcome
        ? new ExplainedResult(this, actual, outcome.Passed, outcome.ToString)
        : throw new ArgumentException($"The constraint is for a {nameof(FlowTestOutcome)}.", nameof(actual));
}
