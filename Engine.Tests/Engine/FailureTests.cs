namespace FlowEngine.Tests.Engine;

[Parallelizable(ParallelScope.All)]
public sealed class FailureTests
{
    [Test]
    public async Task A_failure_that_was_handled_is_not_the_one_the_run_is_about()
    {
        var run = await Flow.RunAsync("""
            { "Try": { "type": "Scope", "actions": { "Bad": { "type": "Compose", "inputs": "@int('x')" } } },
              "Catch": { "type": "Compose", "inputs": 1, "runAfter": { "Try": ["Failed"] } },
              "Worse": { "type": "Scope", "runAfter": { "Catch": ["Succeeded"] }, "actions": { "Worst": { "type": "Compose", "inputs": "@div(1, 0)" } } } }
            """);

        Assert.That(run.FirstFailure!.Value.Path, Is.EqualTo("Worse/Worst"));
    }

    [Test]
    public async Task A_skipped_end_leads_back_to_what_failed_in_a_loop()
    {
        var run = await Flow.RunAsync("""
            { "Loop": { "type": "Foreach", "foreach": [1, 0], "actions": { "D": { "type": "Compose", "inputs": "@div(1, item())" } } },
              "After": { "type": "Compose", "inputs": 1, "runAfter": { "Loop": ["Succeeded"] } } }
            """);

        Assert.That(run.FirstFailure!.Value.Path, Is.EqualTo("Loop[1]/D"));
    }

    [Test]
    public async Task A_run_that_succeeded_has_none()
    {
        var run = await Flow.RunAsync("""{ "Bad": { "type": "Compose", "inputs": "@int('x')" }, "Ok": { "type": "Compose", "inputs": 1, "runAfter": { "Bad": ["Failed"] } } }""");

        Assert.That(run.FirstFailure, Is.Null);
    }
}
