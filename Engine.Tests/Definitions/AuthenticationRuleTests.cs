namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class AuthenticationRuleTests
{
    [TestCase("""{ "type": "Basic", "username": "u", "password": "p" }""")]
    [TestCase("""{ "type": "raw", "value": "@parameters('x')" }""")]
    [TestCase("""{ "type": "@parameters('x')" }""")]
    [TestCase("\"@parameters('$authentication')\"")]
    [TestCase("""{ "type": "ActiveDirectoryOAuth", "tenant": "t", "audience": "a", "clientId": "c", "secret": "s" }""")]
    public void Nothing_is_said_of_what_the_service_takes(string authentication) =>
        Assert.That(
            Documents.Read(
                $$"""
                { "parameters": { "x": { "type": "String" }, "$authentication": { "type": "SecureObject" } }, "triggers": { "m": { "type": "Request" } },
                  "actions": { "Call": { "type": "Http", "inputs": { "method": "GET", "uri": "https://api.test/", "authentication": {{authentication}} } } } }
                """).Diagnostics,
            Is.Empty);
}
