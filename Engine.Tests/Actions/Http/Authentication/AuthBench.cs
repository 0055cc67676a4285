using FlowEngine.Actions;
using FlowEngine.Testing;
using FlowEngine.Tests.Engine;

namespace FlowEngine.Tests;

/// <summary>Runs flows whose calls authenticate, on virtual time and against mocks.</summary>
internal static class AuthBench
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Runs one action <c>Call</c> that gets <c>https://api.test/a</c> with this authentication.</summary>
    public static Task<RunResult> CallAsync(string authentication, string mocks) => RunAsync(Call("Call", authentication), mocks);

    public static async Task<RunResult> RunAsync(string actions, string mocks)
    {
        var set = MockSet.Parse(mocks);
        using var handler = new MockHttpHandler(set);
        return await Flow.RunAsync("{" + actions + "}", options: new RunOptions { Time = new VirtualTimeProvider(Start), Seed = 1, HttpHandler = handler, Interceptor = new MockActionInterceptor(set) });
    }

    public static string Call(string name, string authentication, string after = "{}") =>
        $$"""
        "{{name}}": { "type": "Http", "runAfter": {{after}}, "inputs": { "method": "GET", "uri": "https://api.test/a", "retryPolicy": { "type": "none" }, "authentication": {{authentication}} } }
        """;

    /// <summary>The Authorization headers of the requests to the API, as they were sent.</summary>
    public static IEnumerable<string?> Authorizations(RunResult run) =>
        run.Requests.Where(request => request.Uri.StartsWith("https://api.test/", StringComparison.Ordinal)).Select(request => request.Headers["Authorization"].AsStringOrNull);
}
