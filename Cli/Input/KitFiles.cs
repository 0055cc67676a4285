using FlowEngine.Definitions;
using FlowEngine.Testing;

namespace FlowEngine.Cli;

/// <summary>The files of tests: tests themselves, mocks (WireMock's too), cassettes.</summary>
internal static class KitFiles
{
    /// <summary>What is wrong with such a file; null where it is none.</summary>
    public static IReadOnlyList<Diagnostic>? Check(string file, FlowValue root)
    {
        if (IsTest(file, root)) return FlowTestFile.Check(file);
        if (MockSet.IsOne(root)) return Faults(() => MockSet.Load(file));
        return IsCassette(root) ? Faults(() => Cassette.Load(file)) : null;
    }

    // A file that is no JSON has no root; what is wrong with it is told as of any file.
    private static bool IsTest(string file, FlowValue root) =>
        root.IsObject && (file.EndsWith(".flowtest.json", StringComparison.OrdinalIgnoreCase) || (root["flow"].IsString && root["tests"].IsArray));

    private static bool IsCassette(FlowValue root) => root.TryGetMember("version", out _) && root["calls"].AsArrayOrNull is { Count: > 0 } calls && calls.All(call => call["request"].IsObject);

    private static IReadOnlyList<Diagnostic> Faults<T>(Func<T> load)
    {
        try
        {
            load();
            return [];
        }
        catch (MockFormatException faulty)
        {
            return faulty.Diagnostics;
        }
    }
}
