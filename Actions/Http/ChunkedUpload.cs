using System.Globalization;
using System.Net.Http.Headers;

namespace FlowEngine.Actions;

/// <summary>Sends a body in chunks: an empty request that announces it, then a PATCH a chunk to the address that the server names (documented).</summary>
internal static class ChunkedUpload
{
    private const string InvalidCode = "InvalidContentTransferConfiguration";

    // Where neither the server nor the action says: half of the longest message.
    private const int DefaultChunkBytes = 52_428_800;

    // A server that asks for single bytes would keep the run busy for ever.
    private const int MaxChunks = 10_000;

    /// <summary>Sends the call; one without a body as it is.</summary>
    /// <exception cref="OperationCanceledException">The action's token was cancelled.</exception>
    public static async Task<HttpAttempt> SendAsync(HttpConversation conversation, HttpCall call, ContentTransfer transfer, CancellationToken cancellation)
    {
        if (call.Body is not { Bytes.Length: > 0 } body)
            return await conversation.SendAsync(transfer.DownloadChunkSize is { } size && call.Method == HttpMethod.Get ? call.With("Range", $"bytes=0-{size - 1}") : call, cancellation);
        var total = body.Bytes.Length;
        var announced = await conversation.SendAsync(
            (call with { Body = null }).With("x-ms-transfer-mode", "chunked").With("x-ms-content-length", total.ToString(CultureInfo.InvariantCulture)), cancellation);
        if (announced.Answer is not { IsSuccess: true } begun) return announced;
        if (begun.Location is not { } address)
            return conversation.Broken(InvalidCode, $"The server took the announcement of {total} bytes in chunks, and named no Location to send them to.");

        var attempt = announced;
        var suggested = SuggestedBytes(begun);
        var chunks = 0;
        for (var sent = 0; sent < total;)
        {
            if (++chunks > MaxChunks) return conversation.Broken(InvalidCode, $"The server asks for more than {MaxChunks} chunks: {sent} bytes of {total} have been sent.");
            var end = (int)Math.Min(total, (long)sent + ChunkBytes(suggested, transfer));
            var chunk = call.At(address) with
            {
                Method = HttpMethod.Patch,
                Body = body with { Bytes = body.Bytes[sent..end] },
                BodyRange = new ContentRangeHeaderValue(sent, end - 1, total),
            };
            attempt = await conversation.SendAsync(chunk, cancellation);
            if (attempt.Answer is not { IsSuccess: true } taken) return attempt;
            var has = Math.Min(end, TakenBytes(taken) ?? end);
            if (has <= sent) return conversation.Broken(InvalidCode, $"The server does not take the bytes from {sent} on: it says that it has {has} of {total}.");
            sent = has;
            suggested = SuggestedBytes(taken) ?? suggested;
        }

        return attempt;
    }

    // The server's suggestion, within what the action allows.
    private static int ChunkBytes(int? suggested, ContentTransfer transfer) => Math.Min(suggested ?? int.MaxValue, transfer.UploadChunkSize ?? (suggested is null ? DefaultChunkBytes : int.MaxValue));

    private static int? SuggestedBytes(HttpAnswer answer) =>
        int.TryParse(answer.Headers["x-ms-chunk-size"].AsStringOrNull, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 ? size : null;

    // "Range: bytes=0-1023" says what the server has so far.
    private static int? TakenBytes(HttpAnswer answer) =>
        RangeHeaderValue.TryParse(answer.Headers["Range"].AsStringOrNull, out var range) && range.Ranges.FirstOrDefault()?.To is { } last and < int.MaxValue ? (int)last + 1 : null;
}
