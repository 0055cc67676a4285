using System.Text;

namespace FlowEngine.Definitions;

/// <summary>The text of a file, by its byte order mark or as UTF-8; or why there is none.</summary>
/// <param name="Text">The text without its mark; empty where there is a fault.</param>
/// <param name="Fault">What is wrong, with the code for it; null where nothing is.</param>
internal readonly record struct FileText(string Text, (string Code, string Message)? Fault)
{
    private static readonly UTF8Encoding Utf8 = new(false, true);
    private static readonly UnicodeEncoding Utf16 = new(false, false, true);
    private static readonly UnicodeEncoding Utf16BigEndian = new(true, false, true);

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static FileText Load(string file, long maximumBytes)
    {
        try
        {
            if (Directory.Exists(file)) return Wrong(DiagnosticCodes.Unreadable, $"'{file}' is a folder; a definition file was expected.");
            var length = new FileInfo(file).Length;
            if (length > maximumBytes)
            {
                return Wrong(DiagnosticCodes.TooLarge, $"The file has {length:N0} bytes; definitions of more than {maximumBytes:N0} bytes are not read.");
            }

            return Decode(File.ReadAllBytes(file));
        }
        catch (DirectoryNotFoundException e)
        {
            throw new FileNotFoundException($"Could not find file '{file}'.", file, e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException and not FileNotFoundException)
        {
            return Wrong(DiagnosticCodes.Unreadable, $"The file can't be read: {e.Message}");
        }
    }

    /// <summary>The text of a file's bytes.</summary>
    public static FileText Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, .. var rest] => Decode(rest, Utf8, "UTF-8"),
        [0xFF, 0xFE, .. var rest] => Decode(rest, Utf16, "UTF-16"),
        [0xFE, 0xFF, .. var rest] => Decode(rest, Utf16BigEndian, "UTF-16"),
        [(byte)'P', (byte)'K', 3 or 5 or 7, ..] => Wrong(DiagnosticCodes.Archive, "The file is a ZIP archive, not a definition."),
        _ when bytes.Contains((byte)0) => Wrong(DiagnosticCodes.Binary, "The file is binary; a definition is JSON text."),
        _ => Decode(bytes, Utf8, "UTF-8"),
    };

    private static FileText Decode(ReadOnlySpan<byte> bytes, Encoding encoding, string name)
    {
        try
        {
            var text = encoding.GetString(bytes);
            return text.Contains('\0', StringComparison.Ordinal)
                ? Wrong(DiagnosticCodes.Binary, "The file is binary; a definition is JSON text.")
                : new FileText(text, null);
        }
        catch (DecoderFallbackException e)
        {
            return Wrong(DiagnosticCodes.Encoding, $"The file is not valid {name}: {e.Message}");
        }
    }

    private static FileText Wrong(string code, string message) => new(string.Empty, (code, message));
}
