namespace FlowEngine.Actions;

/// <summary>The stream of a connection, which tells that it broke after a request was written on it again.</summary>
/// <remarks>
/// .NET sends a request without body again by itself where a kept connection dies before the first byte of the answer, and no handler sees it.
/// It does so for an <see cref="IOException"/> and for the end of the stream; with any other exception the request fails, and the caller decides.
/// </remarks>
internal sealed class ReusedConnectionGuard(Stream inner) : Stream
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
            if (read == 0 && _awaitsAnswer) throw new ConnectionLostException(null);
            if (read > 0)
            {
                _hasServed = true;
                _awaitsAnswer = false;
            }

            return read;
        }
        catch (IOException e) when (_awaitsAnswer)
        {
            throw new ConnectionLostException(e);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _awaitsAnswer = _hasServed;
        try
        {
            await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) when (_awaitsAnswer)
        {
            throw new ConnectionLostException(e);
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

/// <summary>A kept connection broke before the first byte of the answer; whether the server has the request is not known.</summary>
/// <param name="inner">What happened; null where the server closed it in order.</param>
internal sealed class ConnectionLostException(Exception? inner) : Exception("The response ended prematurely: the server closed a connection that was kept open.", inner);
