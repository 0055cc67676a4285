using System.Buffers;
using Newtonsoft.Json;

namespace FlowEngine;

/// <summary>Gives readers of JSON their buffers back from the last ones: a buffer of 2 KB for each short text was 700 bytes an action in <c>load.actions-1000</c>.</summary>
internal sealed class JsonBuffers : IArrayPool<char>
{
    public static JsonBuffers Shared { get; } = new();

    public char[] Rent(int minimumLength) => ArrayPool<char>.Shared.Rent(minimumLength);

    public void Return(char[]? array)
    {
        if (array is not null) ArrayPool<char>.Shared.Return(array);
    }
}
