using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FlowEngine.Tests;

/// <summary>A request as the hostile server got it.</summary>
/// <param name="Path">Without its query.</param>
/// <param name="Text">Head and body, as they came.</param>
/// <param name="Number">How many came to that path, this one included.</param>
/// <param name="Server">The server's address.</param>
internal sealed record HostileRequest(string Path, string Text, int Number, string Server)
{
    /// <summary>The first segment: the way in which the server is to fail.</summary>
    public string Way => Path.Split('/')[1];

    /// <summary>All of the request on one line: what a server that sends everything back puts into headers.</summary>
    public string Line => Text.Replace("\r\n", " ", StringComparison.Ordinal);
}

/// <summary>A server on loopback that answers by the first segment of the path: <c>/token/…</c> gives tokens, every other one fails in its own way. What it got, it sends back wherever it can.</summary>
internal sealed class HostileServer : IDisposable
{
    /// <summary>Every access token begins so.</summary>
    public const string Token = "C4nary-token-";

    /// <summary>A secret that a server may send back as a name.</summary>
    public const string Name = "C4nary-as-a-name";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly ConcurrentDictionary<TcpClient, byte> _clients = new();
    private readonly Task _serving;
    private int _tokens;

    public HostileServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How many requests came, by path.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Stop();
        foreach (var client in _clients.Keys) client.Dispose();
        _serving.Wait();
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync();
                _clients.TryAdd(client, 0);
                _ = AnswerAsync(client);
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException)
            {
                return; // Stopped.
            }
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using var mine = client;
            var stream = client.GetStream();
            if (await ReadAsync(stream, _stopping.Token) is not { } text) return;
            var path = text.Split(' ')[1].Split('?')[0];
            var request = new HostileRequest(path, text, _counts.AddOrUpdate(path, 1, (_, count) => count + 1), Url);
            if (request.Way == "token") await WriteAsync(stream, TokenAnswer());
            else await HostileWays.All[request.Way].Answer(request, stream, client, _stopping.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has had enough, or the server is stopped.
        }
        finally
        {
            _clients.TryRemove(client, out _);
        }
    }

    private string TokenAnswer()
    {
        var body = $$"""{"access_token":"{{Token}}{{Interlocked.Increment(ref _tokens)}}-/+=","refresh_token":"C4nary-refresh","expires_in":"3600"}""";
        return $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";
    }

    public static Task WriteAsync(Stream stream, string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    // Null where the client goes before its request is whole.
    private static async Task<string?> ReadAsync(NetworkStream stream, CancellationToken stopping)
    {
        var text = new StringBuilder();
        var buffer = new byte[16_384];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, stopping);
            if (read == 0) return null;
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            var request = text.ToString();
            var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0) continue;
            var length = request[..end].Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase));
            if (length is null || request.Length >= end + 4 + int.Parse(length[16..], System.Globalization.CultureInfo.InvariantCulture)) return request;
        }
    }
}
