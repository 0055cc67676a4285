using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using FlowEngine.Actions;

namespace FlowEngine.Tests;

/// <summary>Certificates, against a real TLS server on loopback.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ClientCertificateTests
{
    private static readonly X509Certificate2 Client = TlsServer.NewCertificate("CN=client");
    private static readonly string Pfx = Convert.ToBase64String(Client.Export(X509ContentType.Pfx, "open-sesame"));

    [Test]
    public async Task The_certificate_is_shown_to_a_server_that_demands_one()
    {
        using var server = new TlsServer(demandsCertificate: true);
        using var bench = new HttpBench(new OutboundHandler(null, Trusting(server)));

        var outcome = await bench.RunAsync(Inputs(server, $$"""{"type":"ClientCertificate","pfx":"{{Pfx}}","password":"open-sesame"}"""));

        Assert.That(outcome.Code, Is.EqualTo("OK"), outcome.Error?.Message);
        Assert.That(server.ClientThumbprints, Is.EqualTo(new[] { Client.Thumbprint }));
        Assert.That(bench.RecordedInputs["authentication"].ToJson(), Is.EqualTo("""{"type":"ClientCertificate","pfx":"*sanitized*","password":"*sanitized*"}"""));
    }

    [Test]
    public async Task Calls_with_and_without_a_certificate_share_no_connection()
    {
        using var server = new TlsServer(demandsCertificate: false);
        using var bench = new HttpBench(new OutboundHandler(null, Trusting(server)));

        await bench.RunAsync(Inputs(server, $$"""{"type":"ClientCertificate","pfx":"{{Pfx}}","password":"open-sesame"}"""));
        await bench.RunAsync(Inputs(server, "null"));

        Assert.That(server.ClientThumbprints, Is.EqualTo(new[] { Client.Thumbprint, null }));
    }

    [Test]
    public async Task Without_a_certificate_the_server_refuses()
    {
        using var server = new TlsServer(demandsCertificate: true);
        using var bench = new HttpBench(new OutboundHandler(null, Trusting(server)));

        Assert.That((await bench.RunAsync(Inputs(server, "null"))).Code, Is.EqualTo("BadRequest"));
    }

    [Test]
    public async Task A_server_whose_certificate_nobody_vouches_for_is_refused()
    {
        using var server = new TlsServer(demandsCertificate: false);
        using var bench = new HttpBench(new OutboundHandler());

        var outcome = await bench.RunAsync(Inputs(server, "null"));

        Assert.That(outcome.Error!.Message, Is.EqualTo("Http request failed as there is an error: 'The SSL connection could not be established, see inner exception.'."));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task A_trusted_authority_does_not_excuse_another_name()
    {
        using var server = new TlsServer(demandsCertificate: false);
        using var bench = new HttpBench(new OutboundHandler(null, Trusting(server)));

        var outcome = await bench.RunAsync(Inputs(server, "null").Replace("localhost", "127.0.0.1", StringComparison.Ordinal));

        Assert.That(outcome.Code, Is.EqualTo("BadRequest"));
        Assert.That(server.Requests, Is.Empty);
    }

    [TestCase("wrong", "the password is wrong")]
    [TestCase(null, "the password is wrong")]
    public async Task A_certificate_that_can_not_be_opened_fails_the_call(string? password, string why)
    {
        using var bench = new HttpBench("[]");

        var outcome = await bench.RunAsync($$"""{"method":"GET","uri":"https://localhost/","authentication":{"type":"ClientCertificate","pfx":"{{Pfx}}"{{(password is null ? "" : $",\"password\":\"{password}\"")}} } }""");

        Assert.That(outcome.Error!.Message, Does.Contain(why));
        Assert.That(bench.Requests, Is.Empty);
    }

    [Test]
    public async Task An_application_may_prove_itself_by_its_certificate()
    {
        var authentication = $$"""{ "type": "ActiveDirectoryOAuth", "tenant": "t", "audience": "a", "clientId": "client-1", "pfx": "{{Pfx}}", "password": "open-sesame" }""";

        var run = await AuthBench.CallAsync(
            authentication,
            """[{"match":{"uri":"https://login.windows.net/t/oauth2/token","body":"*client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=*"},"respond":{"body":{"access_token":"token-number-1"}}},{"respond":{}}]""");

        var assertion = run.Requests[0].Body.AsString.Split("client_assertion=")[1].Split('.');
        var head = FlowValue.Parse(Text(assertion[0]));
        var claims = FlowValue.Parse(Text(assertion[1]));
        using var key = Client.GetRSAPublicKey()!;
        Assert.That(key.VerifyData(Encoding.ASCII.GetBytes(assertion[0] + "." + assertion[1]), Bytes(assertion[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), Is.True);
        Assert.That(head["x5t#S256"].AsString, Is.EqualTo(System.Buffers.Text.Base64Url.EncodeToString(Client.GetCertHash(HashAlgorithmName.SHA256))));
        Assert.That((claims["aud"].AsString, claims["iss"].AsString, claims["sub"].AsString), Is.EqualTo(("https://login.windows.net/t/oauth2/token", "client-1", "client-1")));
        Assert.That((claims["nbf"].AsInteger, claims["exp"].AsInteger), Is.EqualTo((AuthBench.Start.ToUnixTimeSeconds(), AuthBench.Start.ToUnixTimeSeconds() + 600)));
        Assert.That(run.ToRecord().ToJson(), Does.Not.Contain(assertion[2]));
    }

    private static HttpOptions Trusting(TlsServer server) => new() { TrustedCertificates = [server.Certificate] };

    private static string Inputs(TlsServer server, string authentication) =>
        $$"""{"method":"GET","uri":"{{server.Url}}","authentication":{{authentication}},"retryPolicy":{"type":"none"} }""";

    private static byte[] Bytes(string part) => System.Buffers.Text.Base64Url.DecodeFromChars(part);

    private static string Text(string part) => Encoding.UTF8.GetString(Bytes(part));
}
