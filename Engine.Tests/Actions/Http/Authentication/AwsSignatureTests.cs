using System.Text;
using FlowEngine.Actions;

namespace FlowEngine.Tests;

/// <summary>The examples that AWS publishes: its Signature Version 4 test suite, the IAM guide, and the S3 guide.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class AwsSignatureTests
{
    // Where a row says nothing else, it is of the suite.
    private static readonly FlowObject Suite = FlowValue.Parse("""
        { "host": "example.amazonaws.com", "service": "service", "accessKeyId": "AKIDEXAMPLE", "secretAccessKey": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "time": "2015-08-30T12:36:00Z" }
        """).AsObject;

    /// <summary>
    /// Rows <c>{name, method, target, headers?, contentType?, body?, signedHeaders, signature}</c> of aws-sigv4.jsonl: requests and results as published. Several values
    /// of a header stand in one line, as .NET sends them. <c>isRaw</c>: the path goes out without percent-encoding, which the suite does and .NET otherwise never.
    /// </summary>
    public static IEnumerable<TestCaseData> Published() =>
        File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "Actions", "Http", "Authentication", "aws-sigv4.jsonl"))
            .Select(line => FlowValue.Parse(line))
            .Select(row => new TestCaseData(row).SetArgDisplayNames(row["name"].AsString));

    [TestCaseSource(nameof(Published))]
    public void A_published_request_gets_its_published_signature(FlowValue row)
    {
        string Of(string name) => row[name].AsStringOrNull ?? Suite[name].AsString;
        var address = "https://" + Of("host") + row["target"].AsString;
        using var message = new HttpRequestMessage(new HttpMethod(row["method"].AsString), new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = row["isRaw"] == true }));
        foreach (var (name, value) in row["headers"].AsObjectOrNull ?? FlowObject.Empty) HeaderGuard.Add(message.Headers, null, name, value.AsString);
        var body = Encoding.UTF8.GetBytes(row["body"].AsStringOrNull ?? string.Empty);
        if (row["contentType"].AsStringOrNull is { } type)
        {
            message.Content = new ByteArrayContent(body);
            HeaderGuard.Add(message.Headers, message.Content, "Content-Type", type);
        }

        var credentials = new AwsCredentials(Of("accessKeyId"), Of("secretAccessKey"), row["sessionToken"].AsStringOrNull, "us-east-1", Of("service"));
        var time = DateTimeOffset.Parse(Of("time"), System.Globalization.CultureInfo.InvariantCulture);
        var signed = new AwsSignature(credentials, time).HeadersFor(message, body)[^1].Value;

        Assert.That(signed, Is.EqualTo(
            $"AWS4-HMAC-SHA256 Credential={credentials.AccessKeyId}/{time:yyyyMMdd}/us-east-1/{credentials.Service}/aws4_request, SignedHeaders={row["signedHeaders"].AsString}, Signature={row["signature"].AsString}"));
    }

    [Test]
    public async Task A_signed_call_carries_the_session_and_hides_the_key()
    {
        var run = await AuthBench.CallAsync(
            """{ "type": "AwsSigV4", "accessKeyId": "AKIDEXAMPLE", "secretAccessKey": "wJalrXUtnFEMI/K7MDENG", "sessionToken": "session-token", "region": "eu-central-1", "service": "execute-api" }""",
            """
            [{"match":{"headers":{"X-Amz-Date":"20260301T080000Z","X-Amz-Security-Token":"session-token",
              "Authorization":"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260301/eu-central-1/execute-api/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=*"}},"respond":{}}]
            """);

        Assert.That(run.Action("Call").Status, Is.EqualTo(ActionStatus.Succeeded), run.Action("Call").Error?.Message);
        Assert.That(run.ToRecord().ToJson(), Does.Not.Contain("wJalrXUtnFEMI").And.Not.Contain("session-token"));
    }
}
