using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using FlowEngine.Actions;

namespace FlowEngine.Cli;

/// <summary>Takes requests to the callback addresses of a run in real time and hands them on to its actions.</summary>
/// <remarks>
/// It listens on the loopback interface unless the user names another address. Whoever calls needs a path of 128 random bits, whatever the run's seed,
/// and the action's own token; others get 404 and learn nothing. Bodies are bounded; one request at a time reaches the run.
/// </remarks>
internal sealed class CallbackServer : IAsyncDisposable
{
    private const int MaxBodyBytes = 104_857_600;
    private const int PortsTried = 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly HttpListener _listener;
    private readonly string _secret;
    private readonly Uri _address;
    private readonly SemaphoreSlim _answering = new(1);
    private Task _serving = Task.CompletedTask;

    private CallbackServer(HttpListener listener, Uri address, string secret, Uri? publicAddress)
    {
        _listener = listener;
        _address = address;
        _secret = secret;
        CallbackAddress = new Uri(new Uri((publicAddress ?? address).AbsoluteUri.TrimEnd('/') + "/"), secret + "/");
    }

    /// <summary>What <c>listCallbackUrl()</c> begins with.</summary>
    public Uri CallbackAddress { get; }

    /// <summary>Where it listens, without what must not be guessed.</summary>
    public Uri Address => _address;

    /// <summary>Begins to listen.</summary>
    /// <param name="address">Where; null takes a free port of the loopback interface.</param>
    /// <param name="publicAddress">Where callers reach it, if a tunnel or a proxy stands in front; null where they reach it itself.</param>
    /// <exception cref="UsageException">The address can't be listened at.</exception>
    public static CallbackServer Start(Uri? address, Uri? publicAddress)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        for (var tries = address is null ? PortsTried : 1; ; tries--)
        {
            var at = address ?? new Uri($"http://127.0.0.1:{FreePort()}/");
            var listener = new HttpListener();
            listener.Prefixes.Add(at.AbsoluteUri.TrimEnd('/') + "/");
            try
            {
                listener.Start();
                return new CallbackServer(listener, at, secret, publicAddress);
            }
            catch (HttpListenerException e) when (tries <= 1)
            {
                throw new UsageException($"callbacks can't be taken at {at}: {e.Message}");
            }
            catch (HttpListenerException)
            {
                // Somebody was faster at that port.
            }
        }
    }

    /// <summary>Hands requests on from now on.</summary>
    /// <param name="deliver">Whether an action takes it: <see cref="WorkflowEngine.CallBack"/>.</param>
    public void Serve(Func<Uri, CallbackMessage, bool> deliver) => _serving = ServeAsync(deliver);

    public async ValueTask DisposeAsync()
    {
        // The callback that ends the run is answered before the door closes.
        await _answering.WaitAsync().ConfigureAwait(false);
        _listener.Close();
        _answering.Release();
        await _serving.ConfigureAwait(false);
        _answering.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync(Func<Uri, CallbackMessage, bool> deliver)
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return; // Closed: the run is over.
            }

            try
            {
                await AnswerAsync(context, deliver).ConfigureAwait(false);
            }
            catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException)
            {
                // The caller went away; it may call again.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context, Func<Uri, CallbackMessage, bool> deliver)
    {
        var (status, message) = await ReadMessageAsync(context.Request).ConfigureAwait(false);
        await _answering.WaitAsync().ConfigureAwait(false);
        try
        {
            // There is an address: its path has been read.
            context.Response.StatusCode = message is null ? status : deliver(context.Request.Url!, message) ? 200 : 404;
            context.Response.Close();
        }
        finally
        {
            _answering.Release();
        }
    }

    // The status of a request that is refused, or the message of one that is not.
    private async Task<(int Status, CallbackMessage? Message)> ReadMessageAsync(HttpListenerRequest request)
    {
        var path = request.Url?.AbsolutePath ?? string.Empty;
        var at = path.IndexOf(_secret, StringComparison.Ordinal);
        if (at < 0) return (404, null);
        if (request.ContentLength64 > MaxBodyBytes) return (413, null);
        if (await ReadAsync(request).ConfigureAwait(false) is not { } body) return (413, null);
        return TryRead(request, body, out var message) ? (200, message) : (400, null);
    }

    private static async Task<byte[]?> ReadAsync(HttpListenerRequest request)
    {
        using var body = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = await request.InputStream.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
        {
            if (body.Length + read > MaxBodyBytes) return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static bool TryRead(HttpListenerRequest request, byte[] body, out CallbackMessage message)
    {
        var headers = request.Headers.AllKeys.OfType<string>().Select(name => KeyValuePair.Create(name, request.Headers[name] ?? string.Empty)).ToList();
        message = new CallbackMessage { Headers = headers };
        if (body.Length == 0) return true;
        // A body without a type is bytes, as for the trigger of a run (runtime reference, 4.2).
        if (request.ContentType is null) headers.Add(new("Content-Type", "application/octet-stream"));
        try
        {
            var text = Utf8.GetString(body);
            message = message with { Body = request.ContentType is { } type && MessageBody.IsJson(type) ? FlowValue.Parse(text) : FlowValue.String(text), HasBody = true };
            return true;
        }
        catch (Exception e) when (e is FlowJsonException or DecoderFallbackException)
        {
            return false;
        }
    }
}
