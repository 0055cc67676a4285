namespace FlowEngine.Definitions;

/// <summary>The file of the disk in which a document is found.</summary>
internal static class FileOnDisk
{
    /// <summary>The file that a document's name means: itself, else the archive before <c>!/</c>, or the file before <c>#/</c> that holds it as text; null where there is none.</summary>
    /// <param name="name">The name of a document, as <see cref="WorkflowDocument.File"/> has it.</param>
    public static string? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        // From the end: folders may be called so too.
        for (var at = name; ; at = at[..Math.Max(at.LastIndexOf("!/", StringComparison.Ordinal), at.LastIndexOf("#/", StringComparison.Ordinal))])
        {
            if (File.Exists(at)) return at;
            if (!at.Contains("!/", StringComparison.Ordinal) && !at.Contains("#/", StringComparison.Ordinal)) return null;
        }
    }
}
