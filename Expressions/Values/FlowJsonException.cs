namespace FlowEngine;

/// <summary>JSON text that can't be read, or a value beyond a limit.</summary>
/// <param name="message">The reader's words, with path, line and position as the service prints them.</param>
/// <param name="line">Line from 1; 0 where there is none.</param>
/// <param name="position">Position in the line; 0 where there is none.</param>
/// <param name="path">The reader's path, such as <c>rows[1].name</c>.</param>
/// <param name="inner">What the reader threw.</param>
public sealed class FlowJsonException(string message, int line, int position, string path, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Line from 1; 0 where there is none.</summary>
    public int Line { get; } = line;

    /// <summary>Position in the line; 0 where there is none.</summary>
    public int Position { get; } = position;

    /// <summary>The reader's path, such as <c>rows[1].name</c>.</summary>
    public string Path { get; } = path;
}
