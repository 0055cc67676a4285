using System.Text;

namespace FlowEngine.Cli;

/// <summary>Text of files and of standard input.</summary>
internal static class InputText
{
    // A byte order mark decides; without one it must be UTF-8, and bytes that are none are an error, not question marks.
    private static readonly UTF8Encoding Utf8 = new(false, true);
    private static readonly UnicodeEncoding Utf16 = new(false, false, true);
    private static readonly UnicodeEncoding Utf16BigEndian = new(true, false, true);

    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">There is no such file, or it can't be opened.</exception>
    /// <exception cref="InvalidInputException">It is not text.</exception>
    public static string OfFile(string file)
    {
        byte[] bytes;
        try
        {
            if (Directory.Exists(file)) throw new UsageException($"'{file}' is a folder; a file was expected.");
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"there is no file '{file}'.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"the file '{file}' can't be read: {e.Message}");
        }

        try
        {
            return Decode(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidInputException($"The file '{file}' is not text: it is neither UTF-8 nor UTF-16 with a byte order mark.");
        }
    }

    private static string Decode(byte[] bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Utf8.GetString(bytes, 3, bytes.Length - 3),
        [0xFF, 0xFE, ..] => Utf16.GetString(bytes, 2, bytes.Length - 2),
        [0xFE, 0xFF, ..] => Utf16BigEndian.GetString(bytes, 2, bytes.Length - 2),
        _ => Utf8.GetString(bytes),
    };
}
