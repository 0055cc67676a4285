using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FlowEngine.Tests;

/// <summary>A server on 127.0.0.1 that keeps the bytes of every request and answers with given bytes, one connection a request.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _serving;

    /// <param name="answers">In turn; the last one repeats.</param>
    public LoopbackServer(params byte[][] answers)
    {
        _listener.Start();
        _serving = ServeAsync(answers);
    }

    public LoopbackServer(params string[] answers)
        : this([.. answers.Select(Encoding.Latin1.GetBytes)])
    {
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"http://127.0.0.1:{Port}/";

    /// <summary>The first request, once it has come.</summary>
    public Task<string> First => _first.Task;

    /// <summary>The requests as they came, head and body.</summary>
    public List<string> Requests { get; } = [];

    public void Dispose()
    {
        _listener.Stop();
        _serving.Wait();
    }

    private async Task ServeAsync(byte[][] answers)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync();
                var stream = client.GetStream();
                Requests.Add(await ReadAsync(stream));
                _first.TrySetResult(Requests[0]);
                await stream.WriteAsync(answers[Math.Min(i, answers.Length - 1)]);
            }
            catch (IOException)
            {
                // This client dropped the connection; the next one is served.
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException)
            {
                return; // Stopped: while it waited for a client, or between two clients.
            }
        }
    }

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var read = await stream.ReadAsync(buffer);
            if (read == 0) return text.ToString();
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            var request = text.ToString();
            var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0) continue;
            var length = request[..end].Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase));
            if (length is null || request.Length >= end + 4 + int.Parse(length[16..], System.Globalization.CultureInfo.InvariantCulture)) return request;
        }
    }
}
