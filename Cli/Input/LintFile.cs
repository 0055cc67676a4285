using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary>The nearest <c>.flowlint.json</c>: beside a file or in a folder around it.</summary>
internal static class LintFile
{
    private const string Name = ".flowlint.json";

    /// <exception cref="InvalidInputException">It makes no sense.</exception>
    public static LintSettings Near(string path)
    {
        var start = Path.GetFullPath(FileOnDisk.Find(path) ?? path);
        for (var folder = Directory.Exists(start) ? start : Path.GetDirectoryName(start); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var file = Path.Combine(folder, Name);
            if (!File.Exists(file)) continue;
            try
            {
                return LintSettings.Parse(InputText.OfFile(file));
            }
            catch (FormatException wrong)
            {
                throw new InvalidInputException($"{file}: {wrong.Message}");
            }
        }

        return LintSettings.Default;
    }
}
