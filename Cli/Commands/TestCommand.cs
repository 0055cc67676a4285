using System.CommandLine;
using FlowEngine.Testing;

namespace FlowEngine.Cli;

/// <summary><c>flow test</c>: carries out declarative tests, in process, in virtual time; nothing leaves the machine.</summary>
internal sealed class TestCommand(TestRequest request, CommandConsole console)
{
    public static Command Create(CommandConsole console)
    {
        var arguments = new TestArguments();
        var command = arguments.CreateCommand();
        command.SetAction((parsed, cancellation) =>
        {
            var request = arguments.Read(parsed);
            if (arguments.FromRun(parsed) is { } record) return Task.FromResult(TestFromRun.Write(request.Paths, record, console));
            var tests = new TestCommand(request, console);
            return request.Watch ? new TestWatch(request.Paths, console).RunAsync(tests.InvokeAsync, cancellation) : tests.InvokeAsync(cancellation);
        });
        return command;
    }

    private async Task<int> InvokeAsync(CancellationToken cancellation)
    {
        if (TestFiles.Read(request.Paths, request.Json, console) is not { } files) return ExitCodes.Invalid;
        var coverage = request.Coverage is null && request.MinCoverage is null ? null : new CoverageCollector();
        var tests = files.SelectMany(file => file.Tests.Select(test => (file.File, Test: test)))
            .Where(test => request.Filter is null || test.Test.Name.Contains(request.Filter, StringComparison.OrdinalIgnoreCase)).ToList();
        var report = new TestReport(await RunAsync(tests, request.Parallel, coverage, cancellation).ConfigureAwait(false));
        var mutation = request.Mutate && report.Failed == 0 ? await MutationCheck.OfAsync([.. tests.Select(test => test.Test)], request.Parallel, cancellation).ConfigureAwait(false) : null;
        if (request.JUnit is { } file) report.WriteJUnit(file);
        if (request.Json) JsonOutput.WriteLine(report.ToValue(mutation), console);
        else report.WriteText(console.Out);
        var messages = request.Json ? console.Error : console.Out;
        var isCovered = coverage is null || CoverageOutput.Write(coverage, request.Coverage, request.MinCoverage, messages);
        var isNoticed = !request.Mutate || MutationOutput.Write(mutation, request.MinMutation, messages);
        return report.Failed == 0 && isCovered && isNoticed ? ExitCodes.Succeeded : ExitCodes.TestFailed;
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
}
