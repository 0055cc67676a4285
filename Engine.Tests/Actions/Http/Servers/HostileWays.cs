using System.IO.Compression;
using System.Net.Sockets;
using System.Text;

namespace FlowEngine.Tests;

/// <summary>One way to fail.</summary>
/// <param name="Code">How the plain call ends: the action's code.</param>
/// <param name="Answer">What the server does with a request; the connection is closed behind it.</param>
internal sealed record HostileWay(string Code, Func<HostileRequest, NetworkStream, TcpClient, CancellationToken, Task> Answer)
{
    /// <summary>Whether the server takes longer than anyone waits: a request must end by its time limit.</summary>
    public bool IsEndless { get; init; }

    /// <summary>Whether it ends only where an answer may be no longer.</summary>
    public bool IsLarge { get; init; }
}

/// <summary>Every way in which <see cref="HostileServer"/> fails, by the first segment of the path.</summary>
internal static class HostileWays
{
    public static IReadOnlyDictionary<string, HostileWay> All { get; } = new Dictionary<string, HostileWay>(StringComparer.Ordinal)
    {
        ["latency"] = new("OK", async (request, stream, _, stopping) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, stopping);
            await SendAsync(stream, "200 OK", request);
        }),
        ["silence"] = Endless((_, _, _, stopping) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping)),
        ["drip"] = Endless(async (request, stream, _, stopping) =>
        {
            await HostileServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000000\r\n\r\n");
            foreach (var c in request.Line)
            {
                await HostileServer.WriteAsync(stream, c.ToString());
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, stopping);
            }
        }),
        ["reset"] = new("BadRequest", (_, _, client, _) => Reset(client)),
        ["resethead"] = new("BadRequest", async (request, stream, client, _) =>
        {
            await HostileServer.WriteAsync(stream, $"HTTP/1.1 200 OK\r\nX-Echo: {request.Line}\r\n");
            await Reset(client);
        }),
        ["resetbody"] = new("BadRequest", async (request, stream, client, _) =>
        {
            await HostileServer.WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{request.Line}");
            await Reset(client);
        }),
        ["empty"] = new("BadRequest", (_, _, _, _) => Task.CompletedTask),
        ["garbage"] = Text("BadRequest", request => $"{request.Line}\r\n\r\n"),
        ["status"] = Text("BadRequest", request => $"HTTP/1.1 {request.Line}\r\n\r\n"),
        ["reason"] = Text("InternalServerError", request => $"HTTP/1.1 500 {request.Line}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        ["header"] = Text("BadRequest", request => $"HTTP/1.1 200 OK\r\n{request.Line}\r\nContent-Length: 0\r\n\r\n"),
        ["headername"] = Text("OK", request => $"HTTP/1.1 200 OK\r\n{NameOf(request)}: v\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        ["seconds"] = new("OK", (request, stream, _, _) => request.Number == 1 ? SendAsync(stream, "429 Too Many Requests", request, "Retry-After: 7") : SendAsync(stream, "200 OK", request)),
        ["date"] = new("OK", (request, stream, _, _) => request.Number == 1 ? SendAsync(stream, "429 Too Many Requests", request, "Retry-After: Sun, 01 Mar 2026 08:01:40 GMT") : SendAsync(stream, "200 OK", request)),
        ["busy"] = Echo("429", "429 Too Many Requests", "Retry-After: 1"),
        ["error"] = Echo("InternalServerError", "500 Internal Server Error"),
        ["down"] = Echo("ActionTimedOut", "503 Service Unavailable", "Retry-After: 86400"),
        ["gateway"] = Echo("GatewayTimeout", "504 Gateway Timeout"),
        ["refused"] = Echo("Unauthorized", "401 Unauthorized", "WWW-Authenticate: Bearer error=\"invalid_token\""),
        ["expired"] = new("Unauthorized", (request, stream, _, _) => request.Number == 1 ? SendAsync(stream, "401 Unauthorized", request) : SendAsync(stream, "200 OK", request)),
        ["bad"] = Echo("BadRequest", "400 Bad Request"),
        ["redirect"] = new("BadRequest", (request, stream, _, _) => SendAsync(stream, "307 Temporary Redirect", request, $"Location: {request.Text.Split(' ')[1]}")),
        ["elsewhere"] = new("BadRequest", (request, stream, _, _) => SendAsync(stream, "308 Permanent Redirect", request, $"Location: http://localhost:{request.Server.Split(':')[2]}{request.Text.Split(' ')[1]}")),
        ["accepted"] = new("ActionTimedOut", (request, stream, _, _) => SendAsync(stream, "202 Accepted", request, $"Location: {request.Path}", "Retry-After: 30")),
        ["pages"] = new("OK", (request, stream, _, _) =>
        {
            var body = $$"""{"value":[1],"nextLink":"{{request.Path}}?next=1"}""";
            return HostileServer.WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nX-Echo: {request.Line}\r\nConnection: close\r\n\r\n{body}");
        }),
        ["truncated"] = Text("BadRequest", request => $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{request.Text.Length:x}\r\n{request.Text}\r\n500\r\nhalf"),
        ["chunk"] = Text("BadRequest", request => $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{request.Line}\r\nzz\r\n"),
        ["chunksize"] = Text("BadRequest", request => $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{request.Line}\r\n"),
        ["long"] = Text("BadRequest", request => $"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n{request.Text}"),
        ["short"] = Text("OK", request => $"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\n{request.Text}"),
        ["negative"] = Text("OK", request => $"HTTP/1.1 200 OK\r\nContent-Length: -1\r\nConnection: close\r\n\r\n{request.Text}"),
        ["twolengths"] = Text("OK", request => $"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\nConnection: close\r\n\r\n{request.Text}"),
        ["wordlength"] = Text("OK", request => $"HTTP/1.1 200 OK\r\nContent-Length: {request.Line}\r\nConnection: close\r\n\r\n{request.Text}"),
        ["gzip"] = Text("BadRequest", request => $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {request.Text.Length}\r\n\r\n{request.Text}"),
        ["brotli"] = Text("BadRequest", request => $"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: {request.Text.Length}\r\n\r\n{request.Text}"),
        ["bomb"] = new("BadRequest", async (_, stream, _, stopping) =>
        {
            var bomb = Bomb();
            await HostileServer.WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bomb.Length}\r\n\r\n");
            await stream.WriteAsync(bomb, stopping);
        })
        { IsLarge = true },
        ["json"] = Body("BadRequest", "application/json", request => "{\"a\": " + request.Line),
        ["jsonname"] = Body("OK", "application/json", request => "{\"" + NameOf(request) + "\": {\"inner\": [true]}}"),
        ["jsontext"] = Body("OK", "application/json", request => FlowValue.String(request.Text).ToJson()),
        ["html"] = Body("OK", "text/html", request => System.Net.WebUtility.HtmlEncode(request.Text)),
        ["xml"] = Body("OK", "application/xml", request => $"<a>{System.Security.SecurityElement.Escape(request.Line)}</a>"),
        ["form"] = Body("OK", "application/x-www-form-urlencoded", request => $"echo={System.Net.WebUtility.UrlEncode(request.Text)}"),
        ["binary"] = Body("OK", "application/octet-stream", request => request.Text),
        ["headers"] = Forever("HTTP/1.1 200 OK\r\n", (request, i) => $"X-Echo-{i}: {request.Line}\r\n", "BadRequest"),
        ["headline"] = Forever("HTTP/1.1 200 OK\r\nX-Echo: ", (request, _) => request.Line, "BadRequest"),
        ["body"] = Forever("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", (request, _) => request.Line, "BadRequest") with { IsLarge = true },
        ["chunks"] = Forever("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", (request, _) => $"{request.Line.Length:x}\r\n{request.Line}\r\n", "BadRequest") with { IsLarge = true },
        ["trailers"] = Forever("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", (request, i) => $"X-Echo-{i}: {request.Line}\r\n", "BadRequest"),
        ["provisional"] = Forever("", (_, _) => "HTTP/1.1 100 Continue\r\n\r\n", "BadRequest") with { IsEndless = true },
    };

    private static HostileWay Endless(Func<HostileRequest, NetworkStream, TcpClient, CancellationToken, Task> answer) => new("BadRequest", answer) { IsEndless = true };

    private static HostileWay Text(string code, Func<HostileRequest, string> answer) => new(code, (request, stream, _, _) => HostileServer.WriteAsync(stream, answer(request)));

    private static HostileWay Echo(string code, string status, params string[] headers) => new(code, (request, stream, _, _) => SendAsync(stream, status, request, headers));

    private static HostileWay Body(string code, string type, Func<HostileRequest, string> body) => Text(code, request =>
    {
        var text = body(request);
        return $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {text.Length}\r\nConnection: close\r\n\r\n{text}";
    });

    private static HostileWay Forever(string start, Func<HostileRequest, int, string> more, string code) => new(code, async (request, stream, _, stopping) =>
    {
        await HostileServer.WriteAsync(stream, start);
        for (var i = 0; !stopping.IsCancellationRequested; i++)
        {
            var piece = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Range(0, 20).Select(n => more(request, (20 * i) + n))));
            await stream.WriteAsync(piece, stopping);
        }
    });

    // The request comes back in the body, and in a header.
    private static Task SendAsync(NetworkStream stream, string status, HostileRequest request, params string[] headers) =>
        HostileServer.WriteAsync(
            stream,
            $"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {request.Text.Length}\r\nX-Echo: {request.Line}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}Connection: close\r\n\r\n{request.Text}");

    // A secret of the request that may be a name.
    private static string NameOf(HostileRequest request) => request.Text.Contains(HostileServer.Name, StringComparison.Ordinal) ? HostileServer.Name : "X-None";

    private static Task Reset(TcpClient client)
    {
        client.LingerState = new LingerOption(true, 0);
        client.Dispose();
        return Task.CompletedTask;
    }

    private static byte[] Bomb()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(new byte[16 << 20]);
        return packed.ToArray();
    }
}
