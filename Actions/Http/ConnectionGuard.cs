namespace FlowEngine.Actions;

/// <summary>The stream of a connection, which tells that it broke between a request and the first byte of its answer.</summary>
/// <remarks>
/// .NET then sends a request without body again by itself, up to three times, and no handler sees it (measured: a server that closes every connection
/// without an answer got 20 requests for 5). It does so for an <see cref="IOException"/> and for the end of the stream; with any other exception the request fails, and the caller decides.
/// </remarks>
internal sealed class ConnectionGuard(Stream inner) : Stream
{
    private bool _hasServed;
    private bool _awaitsAnswer;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);

            // An empty buffer waits for data; it is neither an answer nor the end.
            if (buffer.Length == 0) return read;
            if (read == 0 && _awaitsAnswer) throw new ConnectionLostException(_hasServed, null);
            if (read > 0)
            {
                _hasServed = true;
                _awaitsAnswer = false;
            }

            return read;
        }
        catch (IOException e) when (_awaitsAnswer)
        {
            throw new ConnectionLostException(_hasServed, e);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _awaitsAnswer = true;
        try
        {
            await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new ConnectionLostException(_hasServed, e);
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Requests are sent without blocking a thread; the handler has no other way in.
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>A connection broke before the first byte of the answer; whether the server has the request is not known. The words are .NET's.</summary>
/// <param name="wasKept">Whether it had served a request before: then it may have been closed for its age alone.</param>
/// <param name="inner">What happened; null where the server closed it in order.</param>
internal sealed class ConnectionLostException(bool wasKept, Exception? inner) : Exception("An error occurred while sending the request.", inner)
{
    public bool WasKept => wasKept;
}
