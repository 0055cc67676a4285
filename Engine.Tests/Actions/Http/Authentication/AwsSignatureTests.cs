using System.Text;
using FlowEngine.Actions;

namespace FlowEngine.Tests;

/// <summary>The examples that AWS publishes: its Signature Version 4 test suite, the IAM guide, and the S3 guide.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class AwsSignatureTests
{
    private static readonly AwsCredentials Suite = new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null, "us-east-1", "service");
    private static readonly AwsCredentials S3 = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null, "us-east-1", "s3");
    private static readonly DateTimeOffset SuiteTime = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset S3Time = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);

    [TestCase("GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")] // get-vanilla
    [TestCase("GET", "/?Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")] // get-vanilla-query-order-key-case
    [TestCase("POST", "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")] // post-vanilla
    [TestCase("GET", "//", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")] // normalize-path/get-slash: as get-vanilla
    public void Requests_of_the_test_suite(string method, string target, string signature) =>
        Assert.That(Sign(Suite, SuiteTime, new HttpRequestMessage(new HttpMethod(method), "https://example.amazonaws.com" + target)), Is.EqualTo(
            $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature={signature}"));

    [Test]
    public void Values_of_headers_are_trimmed_and_blanks_in_them_made_one()
    {
        var message = new HttpRequestMessage(HttpMethod.Get, "https://example.amazonaws.com/");
        HeaderGuard.Add(message.Headers, null, "My-Header1", " value1");
        HeaderGuard.Add(message.Headers, null, "My-Header2", "\"a   b   c\"");

        // get-header-value-trim
        Assert.That(Sign(Suite, SuiteTime, message), Does.EndWith("SignedHeaders=host;my-header1;my-header2;x-amz-date, Signature=acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"));
    }

    [Test]
    public void A_form_is_signed_with_its_type()
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "https://example.amazonaws.com/");

        // post-x-www-form-urlencoded
        Assert.That(
            Sign(Suite, SuiteTime, message, "Param1=value1", "application/x-www-form-urlencoded"),
            Does.EndWith("SignedHeaders=content-type;host;x-amz-date, Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"));
    }

    [Test]
    public void The_example_of_the_IAM_guide()
    {
        var message = new HttpRequestMessage(HttpMethod.Get, "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08");

        Assert.That(
            Sign(Suite with { Service = "iam" }, SuiteTime, message, "", "application/x-www-form-urlencoded; charset=utf-8"),
            Does.EndWith("SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"));
    }

    [Test]
    public void An_object_of_S3()
    {
        var message = new HttpRequestMessage(HttpMethod.Get, "https://examplebucket.s3.amazonaws.com/test.txt");
        HeaderGuard.Add(message.Headers, null, "Range", "bytes=0-9");

        Assert.That(
            Sign(S3, S3Time, message),
            Does.EndWith("SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"));
    }

    [TestCase("?lifecycle", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [TestCase("?max-keys=2&prefix=J", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void A_bucket_of_S3(string query, string signature) =>
        Assert.That(
            Sign(S3, S3Time, new HttpRequestMessage(HttpMethod.Get, "https://examplebucket.s3.amazonaws.com/" + query)),
            Does.EndWith($"SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature={signature}"));

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

    private static string Sign(AwsCredentials credentials, DateTimeOffset time, HttpRequestMessage message, string body = "", string? contentType = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        if (contentType is not null)
        {
            message.Content = new ByteArrayContent(bytes);
            HeaderGuard.Add(message.Headers, message.Content, "Content-Type", contentType);
        }

        using (message) return new AwsSignature(credentials, time).HeadersFor(message, bytes)[^1].Value;
    }
}
