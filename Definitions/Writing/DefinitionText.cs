using System.Text;

namespace FlowEngine.Definitions;

/// <summary>Writes the text of a definition file.</summary>
public static class DefinitionText
{
    /// <summary>Puts a text in the place of a file's own, whole or not at all. Encoding, byte order mark and access rights stay; a link stays one.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It can't be written; the file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written; the file is as it was.</exception>
    public static void Replace(string file, string text)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(text);
        string? beside = null;
        try
        {
            var target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
            if (new FileInfo(target).IsReadOnly) throw new UnauthorizedAccessException("it is read-only.");
            var temporary = $"{target}.{Environment.ProcessId}.tmp";
            using (var stream = new FileStream(temporary, FileMode.CreateNew))
            {
                beside = temporary;
                using var writer = new StreamWriter(stream, EncodingOf(target));
                writer.Write(text);
                writer.Flush();
                stream.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite: true);
            beside = null;
        }
        finally
        {
            if (beside is not null) File.Delete(beside);
        }
    }

    // Encoding and byte order mark stay those of the file.
    private static Encoding EncodingOf(string file)
    {
        using var stream = File.OpenRead(file);
        Span<byte> start = stackalloc byte[3];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start[..read] switch
        {
            [0xEF, 0xBB, 0xBF] => new UTF8Encoding(true),
            [0xFF, 0xFE, ..] => new UnicodeEncoding(false, true),
            [0xFE, 0xFF, ..] => new UnicodeEncoding(true, true),
            _ => new UTF8Encoding(false),
        };
    }
}
