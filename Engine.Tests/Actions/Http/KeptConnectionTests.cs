using System.Net;
using System.Net.Sockets;
using FlowEngine.Actions;

namespace FlowEngine.Tests;

/// <summary>A server that closes kept connections when they are used again: no request goes unseen.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class KeptConnectionTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task A_GET_on_a_connection_that_died_is_sent_again_and_both_are_seen(bool reset)
    {
        using var server = new ClosingServer(reset);
        using var bench = new HttpBench(new OutboundHandler());

        var first = await bench.RunAsync($$"""{"method":"GET","uri":"{{server.Url}}" }""");
        var second = await bench.RunAsync($$"""{"method":"GET","uri":"{{server.Url}}" }""");

        Assert.That((first.Code, second.Code), Is.EqualTo(("OK", "OK")), second.Error?.Message);
        Assert.That(server.Received, Is.EqualTo(3));
        Assert.That(bench.Requests, Has.Count.EqualTo(3));
        Assert.That(bench.RetryHistory, Is.Empty);
    }

    [TestCase("""{"method":"POST","uri":"URL","body":"b","retryPolicy":{"type":"none"}}""")]
    [TestCase("""{"method":"DELETE","uri":"URL","retryPolicy":{"type":"none"}}""")]
    public async Task What_may_have_an_effect_is_left_to_the_retry_policy(string inputs)
    {
        using var server = new ClosingServer(reset: false);
        using var bench = new HttpBench(new OutboundHandler());
        await bench.RunAsync($$"""{"method":"GET","uri":"{{server.Url}}" }""");

        var outcome = await bench.RunAsync(inputs.Replace("URL", server.Url, StringComparison.Ordinal));

        Assert.That(outcome.Error!.Message, Is.EqualTo("Http request failed as there is an error: 'An error occurred while sending the request.'."));
        Assert.That((server.Received, bench.Requests.Count), Is.EqualTo((2, 2)));
    }

    /// <summary>Answers the first request of each connection and keeps it; reads the second one and closes.</summary>
    private sealed class ClosingServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _serving;
        private readonly bool _reset;
        private int _received;

        public ClosingServer(bool reset)
        {
            _reset = reset;
            _listener.Start();
            _serving = ServeAsync();
        }

        public int Received => Volatile.Read(ref _received);

        public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

        public void Dispose()
        {
            _listener.Stop();
            _serving.Wait();
        }

        private async Task ServeAsync()
        {
            var connections = new List<Task>();
            try
            {
                while (true) connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync()));
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException)
            {
                return; // Stopped. A connection that is still kept ends with its client.
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            using (client)
            {
                var stream = client.GetStream();
                var buffer = new byte[8192];
                try
                {
                    if (await stream.ReadAsync(buffer) == 0) return;
                    Interlocked.Increment(ref _received);
                    await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray());
                    if (await stream.ReadAsync(buffer) == 0) return;
                    Interlocked.Increment(ref _received);
                    if (_reset) client.LingerState = new LingerOption(true, 0);
                }
                catch (IOException)
                {
                    return; // The client went first.
                }
            }
        }
    }
}
