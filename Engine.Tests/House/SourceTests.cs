using System.Text.RegularExpressions;

namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
public sealed partial class SourceTests
{
    private const int MaxLines = 400;

    [Test]
    public void No_file_is_longer_than_400_lines()
    {
        var tooLong =
            from project in Repository.Projects
            from file in Repository.Files(project, "*.cs")
            let lines = File.ReadLines(Repository.Locate(file)).Count()
            where lines > MaxLines
            select $"{file}: {lines}";

        Assert.That(tooLong, Is.Empty);
    }

    [Test]
    public void Nothing_is_left_unwritten()
    {
        var marks =
            from project in Repository.Projects
            from file in Repository.Files(project, "*.cs")
            where !file.EndsWith("House/SourceTests.cs", StringComparison.Ordinal)
            from Match match in Unwritten().Matches(Repository.Text(file))
            select $"{file}: {match.Value}";

        Assert.That(marks, Is.Empty);
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|NotImplementedException)\b|#region")]
    private static partial Regex Unwritten();
}
