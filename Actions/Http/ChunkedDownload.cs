using System.Globalization;
using System.Net.Http.Headers;

namespace FlowEngine.Actions;

/// <summary>Goes on with a partial answer (206) until all of it is there.</summary>
/// <remarks>The outcome is that of a complete answer: 200, without Content-Range (RFC 9110, 15.3.7.3).</remarks>
internal static class ChunkedDownload
{
    private const string InvalidCode = "InvalidPartialContent";

    // A server that gives single bytes would keep the run busy for ever.
    private const int MaxChunks = 10_000;

    /// <summary>Asks for the rest.</summary>
    /// <exception cref="OperationCanceledException">The action's token was cancelled.</exception>
    public static async Task<HttpAttempt> CompleteAsync(HttpConversation conversation, HttpCall call, HttpAnswer first, ContentTransfer transfer, CancellationToken cancellation)
    {
        var answer = first;
        var size = transfer.DownloadChunkSize ?? first.Body.Length;
        using var whole = new MemoryStream();
        var most = Math.Min(ContentTransfer.MaxBytes, conversation.Scope.Outbound.Options.MaxContentBytes);
        for (var chunks = 1; ; chunks++)
        {
            if (PlaceOf(answer) is not ({ } from, { } total) || from != whole.Length || answer.Body.Length == 0)
                return conversation.Broken(InvalidCode, $"The server answered 206 with Content-Range '{answer.Headers["Content-Range"].AsStringOrNull}' and {answer.Body.Length} bytes; bytes from {whole.Length} on, and the total, were expected.");
            if (total > most) return conversation.Broken(InvalidCode, $"The content has {total} bytes; in chunks {most} are allowed.");
            if (chunks > MaxChunks) return conversation.Broken(InvalidCode, $"The content comes in more than {MaxChunks} chunks: {whole.Length} bytes of {total} are here.");
            await whole.WriteAsync(answer.Body, cancellation);
            if (whole.Length >= total) return Complete(conversation, first, whole.ToArray());

            var next = call.With("Range", string.Create(CultureInfo.InvariantCulture, $"bytes={whole.Length}-{Math.Min(total, whole.Length + size) - 1}"));

            // Chunks of two versions don't go together: where the content has changed the server then sends all of it.
            if (first.Headers["ETag"].AsStringOrNull is { } tag && !tag.StartsWith("W/", StringComparison.Ordinal)) next = next.With("If-Range", tag);
            var attempt = await conversation.SendAsync(next, cancellation);
            if (attempt.Answer is not { StatusCode: 206 } more) return attempt;
            answer = more;
        }
    }

    private static HttpAttempt Complete(HttpConversation conversation, HttpAnswer first, byte[] body)
    {
        var headers = first.Headers.AsObject.ToBuilder();
        headers.Remove("Content-Range");
        headers.Set("Content-Length", FlowValue.String(body.Length.ToString(CultureInfo.InvariantCulture)));
        var now = conversation.Scope.Time.GetUtcNow();
        return new HttpAttempt(first with { StatusCode = 200, Body = body, Headers = headers.ToValue() }, null, false, now, now, default);
    }

    private static (long? From, long? Total) PlaceOf(HttpAnswer answer) =>
        ContentRangeHeaderValue.TryParse(answer.Headers["Content-Range"].AsStringOrNull, out var range) && range.Unit == "bytes" ? (range.From, range.Length) : default;
}
