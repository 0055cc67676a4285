using System.CommandLine;
using FlowEngine.Connectors;
using FlowEngine.Definitions;
using FlowEngine.Testing;

namespace FlowEngine.Cli;

/// <summary><c>flow test</c>: carries out declarative tests, in process, in virtual time; nothing leaves the machine.</summary>
internal static class TestCommand
{
    private const string Pattern = "*.flowtest.json";

    public static Command Create(CommandConsole console)
    {
        var paths = new Argument<string[]>("PATH") { Arity = ArgumentArity.OneOrMore, Description = "Test files (*.flowtest.json), or folders of them." };
        var filter = new Option<string?>("--filter") { HelpName = "TEXT", Description = "Only tests whose name contains the text." };
        var parallel = new Option<int>("--parallel") { HelpName = "N", Description = "How many tests run at once; default: one a processor.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var json = new Option<bool>("--json") { Description = "Prints one object with all tests." };
        var junit = new Option<string?>("--junit") { HelpName = "FILE", Description = "Writes a JUnit report." };
        var cover = new Option<bool>("--coverage") { Description = "Tells which actions and branches the tests reached, and writes the reports to the folder 'coverage'." };
        var coverageOutput = new Option<string?>("--coverage-output") { HelpName = "FOLDER", Description = "Another folder for the reports of --coverage." };
        var minCoverage = new Option<double?>("--min-coverage") { HelpName = "N", Description = "Exit code 4 where less than N per cent of the actions started in any test." };
        var fromRun = new Option<string?>("--from-run") { HelpName = "RECORD", Description = "Prints a test file for the flow PATH, made of a run record." };
        var command = new Command("test", "Carries out the tests of *.flowtest.json files.") { paths, filter, parallel, json, junit, cover, coverageOutput, minCoverage, fromRun };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(fromRun) is { } record) return TestFromRun.Write(parsed.GetRequiredValue(paths), record, console);
            var degree = parsed.GetValue(parallel);
            if (degree < 1) throw new UsageException("--parallel takes a number from 1.");
            var least = parsed.GetValue(minCoverage);
            if (least is not null and not (>= 0 and <= 100)) throw new UsageException("--min-coverage takes a number from 0 to 100.");
            var target = parsed.GetValue(coverageOutput) ?? (parsed.GetValue(cover) ? "coverage" : null);
            var coverage = target is null && least is null ? null : new CoverageCollector();
            if (Read(parsed.GetRequiredValue(paths), parsed.GetValue(json), console) is not { } files) return ExitCodes.Invalid;
            var text = parsed.GetValue(filter);
            var tests = files.SelectMany(file => file.Tests.Select(test => (file.File, Test: test))).Where(test => text is null || test.Test.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).ToList();
            var report = new TestReport(await RunAsync(tests, degree, coverage, cancellation).ConfigureAwait(false));
            if (parsed.GetValue(junit) is { } file) report.WriteJUnit(file);
            if (parsed.GetValue(json)) JsonOutput.WriteLine(report.ToValue(), console);
            else report.WriteText(console.Out);
            var enough = coverage is null || CoverageOutput.Write(coverage, target, least, parsed.GetValue(json) ? console.Error : console.Out);
            return report.Failed == 0 && enough ? ExitCodes.Succeeded : ExitCodes.TestFailed;
        });
        return command;
    }

    private static async Task<TestResult[]> RunAsync(List<(string File, FlowTestCase Test)> tests, int degree, CoverageCollector? coverage, CancellationToken cancellation)
    {
        var results = new TestResult[tests.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = degree, CancellationToken = cancellation };
        await Parallel.ForEachAsync(Enumerable.Range(0, tests.Count), options, async (i, token) =>
        {
            var started = TimeProvider.System.GetTimestamp();
            var outcome = await FlowTestOutcome.OfAsync(tests[i].Test, coverage, token).ConfigureAwait(false);
            results[i] = new TestResult(tests[i].File, outcome, TimeProvider.System.GetElapsedTime(started));
        }).ConfigureAwait(false);
        return results;
    }

    private static List<FlowTestFile>? Read(IReadOnlyList<string> paths, bool json, CommandConsole console)
    {
        var files = new List<FlowTestFile>();
        var faulty = new List<(string File, IReadOnlyList<Diagnostic> Diagnostics)>();
        foreach (var path in Find(paths))
        {
            try
            {
                files.Add(FlowTestFile.Load(path));
            }
            catch (MockFormatException e)
            {
                faulty.Add((path, e.Diagnostics));
            }
            catch (ConnectorFormatException e)
            {
                faulty.AddRange(e.Diagnostics.GroupBy(diagnostic => diagnostic.Location.File).Select(file => (file.Key, (IReadOnlyList<Diagnostic>)[.. file])));
            }
            catch (DefinitionException e)
            {
                faulty.Add((e.Document.File, e.Diagnostics));
            }
        }

        if (faulty.Count == 0) return files;
        if (json) DiagnosticReport.WriteJson(faulty, console);
        else
        {
            foreach (var (file, diagnostics) in faulty) DiagnosticReport.Write(diagnostics, file, json: false, console);
        }

        return null;
    }

    private static List<string> Find(IReadOnlyList<string> paths)
    {
        // Links are not followed: they may lead round in a circle or out of the folder.
        var below = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint };
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (File.Exists(path)) files.Add(path);
            else if (Directory.Exists(path)) files.AddRange(Directory.EnumerateFiles(path, Pattern, below).Order(StringComparer.Ordinal));
            else throw new UsageException($"there is no file or folder '{path}'.");
        }

        return files.Count > 0 ? files : throw new UsageException($"there is no {Pattern} in {string.Join(", ", paths)}.");
    }
}
