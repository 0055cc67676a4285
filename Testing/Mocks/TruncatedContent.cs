using System.Net;

namespace FlowEngine.Testing;

/// <summary>A body of which less comes than was announced: what is there can be read, then the connection breaks as it does in the platform's client.</summary>
internal sealed class TruncatedContent(ReadOnlyMemory<byte> bytes) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(bytes).ConfigureAwait(false);
        throw Ended();
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new BrokenStream(bytes));

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length + 1L;
        return true;
    }

    private static HttpIOException Ended() => new(HttpRequestError.ResponseEnded, "The response ended prematurely.");

    private sealed class BrokenStream(ReadOnlyMemory<byte> bytes) : Stream
    {
        private int _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var left = Math.Min(count, bytes.Length - _read);
            if (left == 0 && count > 0) throw Ended();
            bytes.Span.Slice(_read, left).CopyTo(buffer.AsSpan(offset));
            _read += left;
            return left;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
