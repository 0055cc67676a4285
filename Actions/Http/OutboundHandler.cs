using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace FlowEngine.Actions;

/// <summary>The handler behind all real requests: pooled connections, no proxy but the host's own, no redirects, no cookie jar, and the egress policy at the socket.</summary>
/// <remarks>
/// One for each host process is enough. Where the policy refuses private addresses, names are resolved here, every address is checked, and the
/// connection goes to a checked one, so that a second look-up can't lead elsewhere.
/// </remarks>
internal sealed class OutboundHandler : HttpMessageHandler
{
    /// <summary>Set on a request whose answer must not be decompressed (<c>DisableAutomaticDecompression</c>).</summary>
    internal static readonly HttpRequestOptionsKey<bool> KeepCompressed = new("FlowEngine.KeepCompressed");

    /// <summary>Set on a request that shows a certificate where the server asks for one.</summary>
    internal static readonly HttpRequestOptionsKey<X509Certificate2> ClientCertificate = new("FlowEngine.ClientCertificate");

    // Beyond it the pools start anew; those under way end with their last request.
    private const int MaxPools = 64;

    private readonly EgressPolicy _policy;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly IReadOnlyList<X509Certificate2> _trusted;
    private readonly IWebProxy? _proxy;

    // One for each kind of connection: whether answers are decompressed, and which certificate is shown.
    private readonly ConcurrentDictionary<PoolKind, HttpMessageInvoker> _pools = new();

    private sealed record PoolKind(bool Verbatim, string? Certificate);

    /// <summary>A handler that opens connections of its own.</summary>
    /// <param name="policy">Where requests may go; null is everywhere.</param>
    /// <param name="options">How requests are sent; null is the default.</param>
    public OutboundHandler(EgressPolicy? policy = null, HttpOptions? options = null)
        : this(policy ?? EgressPolicy.Open, static (host, cancellation) => Dns.GetHostAddressesAsync(host, cancellation), options)
    {
    }

    internal OutboundHandler(EgressPolicy policy, Func<string, CancellationToken, Task<IPAddress[]>> resolve, HttpOptions? options = null)
    {
        _policy = policy;
        _resolve = resolve;
        options ??= HttpOptions.Default;
        _trusted = options.TrustedCertificates;
        _proxy = options.Proxy;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_policy.RefusesPrivateAddresses && request.RequestUri is { UserInfo.Length: > 0 } uri)
            throw new RequestRefusedException(RequestRefusedException.EgressDenied, $"The address of host '{uri.Host}' contains user information, which the network policy refuses.");
        // A proxy connects in our place: what it is to reach is checked before it hears of it.
        if (_policy.RefusesPrivateAddresses && ProxyFor(request.RequestUri) is not null) await CheckTargetAsync(request.RequestUri!.IdnHost, cancellationToken).ConfigureAwait(false);
        var verbatim = request.Options.TryGetValue(KeepCompressed, out var keep) && keep;
        request.Options.TryGetValue(ClientCertificate, out var certificate);
        return await PoolOf(verbatim, certificate).SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private HttpMessageInvoker PoolOf(bool verbatim, X509Certificate2? certificate)
    {
        var key = new PoolKind(verbatim, certificate?.Thumbprint);
        if (_pools.TryGetValue(key, out var pool)) return pool;
        if (_pools.Count >= MaxPools) _pools.Clear();
        return _pools.GetOrAdd(key, _ => new HttpMessageInvoker(CreateHandler(verbatim ? DecompressionMethods.None : DecompressionMethods.All, certificate)));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var (_, pool) in _pools) pool.Dispose();
        }

        base.Dispose(disposing);
    }

    private SocketsHttpHandler CreateHandler(DecompressionMethods decompression, X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = _proxy is not null,
            Proxy = _proxy,
            AutomaticDecompression = decompression,

            // A pooled connection would keep an address that its name has left.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        handler.PlaintextStreamFilter = static (context, _) => new ValueTask<Stream>(new ConnectionGuard(context.PlaintextStream));
        if (_policy.RefusesPrivateAddresses) handler.ConnectCallback = ConnectAsync;
        if (certificate is not null) handler.SslOptions.ClientCertificates = [certificate];
        X509Certificate2Collection trusted = [.. _trusted];
        if (trusted.Count > 0) handler.SslOptions.RemoteCertificateValidationCallback = (_, server, chain, errors) => ServerTrust.Accepts(server, chain, errors, trusted);
        return handler;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        var isProxy = ProxyFor(context.InitialRequestMessage.RequestUri) is { } proxy && proxy.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase) && proxy.Port == context.DnsEndPoint.Port;
        var addresses = isProxy ? await LookUpAsync(host, cancellation).ConfigureAwait(false) : await ResolveAsync(host, cancellation).ConfigureAwait(false);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Uri? ProxyFor(Uri? address) => address is null || _proxy is null || _proxy.IsBypassed(address) ? null : _proxy.GetProxy(address);

    private async Task CheckTargetAsync(string host, CancellationToken cancellation)
    {
        try
        {
            await ResolveAsync(host, cancellation).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            // As the handler says it where it connects itself.
            throw new HttpRequestException(HttpRequestError.NameResolutionError, e.Message, e);
        }
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation)
    {
        var addresses = await LookUpAsync(host, cancellation).ConfigureAwait(false);
        return _policy.Allows(host) || Array.TrueForAll(addresses, PublicAddresses.Contains)
            ? addresses
            : throw new RequestRefusedException(RequestRefusedException.EgressDenied, $"The host '{host}' leads to an address that the network policy refuses.");
    }

    private async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await _resolve(host, cancellation).ConfigureAwait(false);
        return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound);
    }
}
