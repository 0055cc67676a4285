using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary>Files whose forms of the tutorial's dialect are to be written as standard ones: <c>flow validate --fix</c>.</summary>
internal static class FixedFiles
{
    /// <summary>Rewrites files, all of them or, where one can't be, none.</summary>
    /// <returns>The files that were written.</returns>
    /// <exception cref="UsageException">There is no such file, or it is one that is not rewritten.</exception>
    public static IReadOnlyList<string> Fix(IReadOnlyList<string> paths, WorkflowOptions options)
    {
        var changed = new List<(string File, string Text)>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path)) throw new UsageException($"'{path}' is a folder; --fix takes definition files.");
            if (!File.Exists(path)) throw new UsageException($"there is no file '{path}'.");
            if (FlowPackage.IsPackage(path)) throw new UsageException($"'{path}' is an archive; --fix takes definition files.");
            if (Fixed(path, options with { Strict = false, Flow = null, Placeholders = new Dictionary<string, string>() }) is { } text) changed.Add((path, text));
        }

        foreach (var (file, text) in changed) TextFile.Replace(file, text);
        return [.. changed.Select(one => one.File)];
    }

    // A file that can't be read is left alone: what is wrong with it is told as always.
    private static string? Fixed(string file, WorkflowOptions options)
    {
        var document = Workflow.ReadDocument(file, options);
        if (document.Definition is null && document.FlowNames.Count == 0) return null;
        try
        {
            // Of several workflows each is a document of its own.
            var documents = document.FlowNames.Count == 0 ? [document] : document.FlowNames.Select(name => Workflow.ReadDocument(file, options with { Flow = name })).ToArray();
            var text = DialectFix.Standard(documents);
            if (text == document.Text) return null;
            if (!documents.Any(one => one.IsDialect)) return text;
            var first = Workflow.Read(text, options, file);
            var standard = first.FlowNames.Count == 0 ? [first] : first.FlowNames.Select(name => Workflow.Read(text, options with { Flow = name }, file)).ToArray();
            return standard.Any(one => one.IsDialect || one.Definition is null) ? text : DialectFix.WithoutLenientUses(standard);
        }
        catch (DialectFixException e)
        {
            throw new UsageException($"'{file}' can't be fixed: {e.Message}.");
        }
    }
}
