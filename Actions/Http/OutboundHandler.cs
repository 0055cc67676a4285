using System.Net;
using System.Net.Sockets;

namespace FlowEngine.Actions;

/// <summary>The handler behind all real requests: pooled connections, no proxy, no redirects, no cookie jar, and the egress policy at the socket.</summary>
/// <remarks>
/// One for each host process is enough. Where the policy refuses private addresses, names are resolved here, every address is checked, and the
/// connection goes to a checked one, so that a second look-up can't lead elsewhere.
/// </remarks>
public sealed class OutboundHandler : HttpMessageHandler
{
    /// <summary>Set on a request whose answer must not be decompressed (<c>DisableAutomaticDecompression</c>).</summary>
    internal static readonly HttpRequestOptionsKey<bool> KeepCompressed = new("FlowEngine.KeepCompressed");

    private readonly EgressPolicy _policy;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly HttpMessageInvoker _decompressing;
    private readonly Lazy<HttpMessageInvoker> _verbatim;

    /// <param name="policy">Where requests may go; null is everywhere.</param>
    public OutboundHandler(EgressPolicy? policy = null)
        : this(policy ?? EgressPolicy.Open, static (host, cancellation) => Dns.GetHostAddressesAsync(host, cancellation))
    {
    }

    internal OutboundHandler(EgressPolicy policy, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        _policy = policy;
        _resolve = resolve;
        _decompressing = new HttpMessageInvoker(CreateHandler(DecompressionMethods.All));
        _verbatim = new Lazy<HttpMessageInvoker>(() => new HttpMessageInvoker(CreateHandler(DecompressionMethods.None)));
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_policy.RefusesPrivateAddresses && request.RequestUri is { UserInfo.Length: > 0 } uri)
            throw new RequestRefusedException(RequestRefusedException.EgressDenied, $"The address of host '{uri.Host}' contains user information, which the network policy refuses.");
        var invoker = request.Options.TryGetValue(KeepCompressed, out var verbatim) && verbatim ? _verbatim.Value : _decompressing;
        return invoker.SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decompressing.Dispose();
            if (_verbatim.IsValueCreated) _verbatim.Value.Dispose();
        }

        base.Dispose(disposing);
    }

    private SocketsHttpHandler CreateHandler(DecompressionMethods decompression)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = decompression,

            // A pooled connection would keep an address that its name has left.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (_policy.RefusesPrivateAddresses) handler.ConnectCallback = ConnectAsync;
        return handler;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = await ResolveAsync(host, cancellation).ConfigureAwait(false);
        if (!_policy.Allows(host) && Array.Find(addresses, address => !PublicAddresses.Contains(address)) is not null)
            throw new RequestRefusedException(RequestRefusedException.EgressDenied, $"The host '{host}' leads to an address that the network policy refuses.");

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

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await _resolve(host, cancellation).ConfigureAwait(false);
        return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound);
    }
}
