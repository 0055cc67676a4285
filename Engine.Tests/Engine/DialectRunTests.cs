using FlowEngine.Actions;
using FlowEngine.Testing;
using FlowEngine.Tests.Engine;

namespace FlowEngine.Tests;

/// <summary>Fragments of the tutorial as printed, and what the tutorial reference says that they do.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class DialectRunTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);

    private const string ErrorHandling =
        """
        {
          "HTTP_API_Call": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.test/" } },
          "retryPolicy": { "type": "exponential", "count": 4, "interval": "PT20S", "maximumInterval": "PT1H", "minimumInterval": "PT5S" },
          "errorHandling": {
            "runAfter": { "HTTP_API_Call": ["Failed", "TimedOut"] },
            "actions": {
              "Parse_Error_Response": {
                "type": "ParseJson",
                "inputs": {
                  "content": "@body('HTTP_API_Call')",
                  "schema": { "type": "object", "properties": { "error": { "type": "object", "properties": { "code": {"type": "string"}, "message": {"type": "string"}, "retryAfter": {"type": "integer"} } } } }
                }
              }
            }
          }
        }
        """;

    private const string TokenRefresh =
        """
        {
          "Expiration": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "tokenExpiration", "type": "string", "value": "@triggerBody()" }] } },
          "Refresh": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "refreshToken", "type": "string", "value": "r" }] } },
          "Access": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "accessToken", "type": "string", "value": "old" }] } },
          "tokenRefreshLogic": {
            "condition": {
              "expression": "@less(ticks(variables('tokenExpiration')), addHours(ticks(utcnow()), 1))",
              "actions": {
                "Refresh_Token": {
                  "type": "Http",
                  "inputs": { "method": "POST", "uri": "https://login.test/token", "headers": { "Content-Type": "application/x-www-form-urlencoded" }, "body": "grant_type=refresh_token&refresh_token=@{variables('refreshToken')}" }
                },
                "Update_Token_Variables": { "type": "SetVariable", "inputs": { "name": "accessToken", "value": "@body('Refresh_Token')['access_token']" } },
                "Calculate_New_Expiration": { "type": "SetVariable", "inputs": { "name": "tokenExpiration", "value": "@addSeconds(utcnow(), body('Refresh_Token')['expires_in'])" } }
              }
            }
          }
        }
        """;

    [Test]
    public async Task A_failure_that_is_handled_is_retried_by_the_policy_beside_it_first()
    {
        var run = await RunAsync(ErrorHandling, """[{"respond":{"status":503,"body":{"error":{"code":"busy","message":"later"}}}}]""");

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(run.Requests, Has.Count.EqualTo(5));
        Assert.That(run.Action("HTTP_API_Call").Status, Is.EqualTo(ActionStatus.Failed));
        Assert.That(run.Action("Parse_Error_Response").Outputs["body"]["error"]["code"].AsString, Is.EqualTo("busy"));
    }

    [Test]
    public async Task A_retry_that_succeeds_leaves_the_handler_out()
    {
        var run = await RunAsync(ErrorHandling, """[{"respond":[{"status":503},{"body":{}}]}]""");

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(run.Requests, Has.Count.EqualTo(2));
        Assert.That(run.Action("errorHandling").Status, Is.EqualTo(ActionStatus.Skipped));
    }

    [Test]
    public async Task An_error_body_against_the_schema_fails_the_run()
    {
        var run = await RunAsync(ErrorHandling, """[{"respond":{"status":400,"body":{"error":{"code":5}}}}]""");

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Failed));
        Assert.That(run.Requests, Has.Count.EqualTo(1));
        Assert.That(run.Action("Parse_Error_Response").Status, Is.EqualTo(ActionStatus.Failed));
    }

    [Test]
    public async Task A_token_that_ends_within_the_hour_is_refreshed_before_its_variables_are_set()
    {
        var run = await RunAsync(TokenRefresh, """[{"respond":{"body":{"access_token":"new","expires_in":3600}}}]""", "2026-01-31T08:30:00Z");

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(run.Action("Update_Token_Variables").Outputs["body"]["value"].AsString, Is.EqualTo("new"));
        Assert.That(run.Action("Calculate_New_Expiration").Outputs["body"]["value"].AsString, Is.EqualTo("2026-01-31T09:00:00.0000000Z"));
    }

    [Test]
    public async Task A_token_that_lasts_is_left_alone()
    {
        var run = await RunAsync(TokenRefresh, "[]", "2026-01-31T10:00:01Z");

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(run.Requests, Is.Empty);
        Assert.That(run.Action("Update_Token_Variables").Status, Is.EqualTo(ActionStatus.Skipped));
    }

    [Test]
    public async Task A_refresh_that_is_refused_leaves_the_variables_alone()
    {
        var run = await RunAsync(TokenRefresh, """[{"respond":{"status":400}}]""", "2026-01-31T08:30:00Z");

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Failed));
        Assert.That(run.Action("Update_Token_Variables").Status, Is.EqualTo(ActionStatus.Skipped));
        Assert.That(run.Action("Calculate_New_Expiration").Status, Is.EqualTo(ActionStatus.Skipped));
    }

    [Test]
    public async Task A_batch_is_sent_for_each_piece_of_the_data()
    {
        var run = await RunAsync(
            """
            {
              "Data": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "largeDataset", "type": "array", "value": "@range(1, 120)" }] } },
              "Endpoint": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "batchEndpoint", "type": "string", "value": "https://batch.test/" }] } },
              "batchProcessing": {
                "type": "Apply_to_each",
                "inputs": {
                  "foreach": "@chunk(variables('largeDataset'), 50)",
                  "actions": {
                    "processBatch": {
                      "type": "Scope",
                      "actions": { "batchAPICall": { "type": "Http", "inputs": { "method": "POST", "uri": "@variables('batchEndpoint')", "body": { "items": "@items('batchProcessing')" } } } }
                    }
                  }
                },
                "runtimeConfiguration": { "concurrency": { "repetitions": 5 } }
              }
            }
            """,
            """[{"respond":{}}]""");

        Assert.That(run.Status, Is.EqualTo(ActionStatus.Succeeded));
        Assert.That(run.Requests, Has.Count.EqualTo(3));
    }

    private static async Task<RunResult> RunAsync(string actions, string mocks, string? body = null)
    {
        using var handler = new MockHttpHandler(MockSet.Parse(mocks));
        return await Flow.RunAsync(
            actions, body is null ? default : FlowValue.String(body), new RunOptions { Time = new VirtualTimeProvider(Start), Seed = 1, HttpHandler = handler });
    }
}
