using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary>Writes a text in place of a file's own: whole or not at all, in its encoding.</summary>
internal static class TextFile
{
    /// <summary>Replaces the text of a file. Encoding, byte order mark and access rights stay; a link stays one.</summary>
    /// <exception cref="UsageException">It can't be written; the file is as it was.</exception>
    public static void Replace(string file, string text)
    {
        try
        {
            DefinitionText.Replace(file, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the file '{file}' can't be written: {e.Message}");
        }
    }
}
