using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace FlowEngine.Tests;

/// <summary>A TLS server for <c>localhost</c> with a certificate of its own that asks for the client's; answers 200, one connection a request.</summary>
internal sealed class TlsServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly bool _demandsCertificate;
    private readonly Task _serving;

    /// <param name="demandsCertificate">Whether a client without one is turned away.</param>
    public TlsServer(bool demandsCertificate)
    {
        _demandsCertificate = demandsCertificate;
        _listener.Start();
        _serving = ServeAsync();
    }

    public X509Certificate2 Certificate { get; } = NewCertificate("CN=localhost");

    public string Url => $"https://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    /// <summary>What each answered client showed; null where it showed nothing.</summary>
    public ConcurrentQueue<string?> ClientThumbprints { get; } = [];

    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>A self-signed certificate with its key.</summary>
    public static X509Certificate2 NewCertificate(string subject)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(subject[3..]);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2049, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    public void Dispose()
    {
        _listener.Stop();
        _serving.Wait();
        Certificate.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(client);
            }
            catch (Exception e) when (e is IOException or AuthenticationException)
            {
                continue; // A client that is turned away, or that turns away.
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException)
            {
                return; // Stopped.
            }
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = Certificate,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null || !_demandsCertificate,
        });
        var request = new StringBuilder();
        var buffer = new byte[4096];
        while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await tls.ReadAsync(buffer);
            if (read == 0) return;
            request.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        Requests.Enqueue(request.ToString());
        ClientThumbprints.Enqueue((tls.RemoteCertificate as X509Certificate2)?.Thumbprint);
        await tls.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
    }
}
