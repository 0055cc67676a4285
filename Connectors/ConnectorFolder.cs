using FlowEngine.Definitions;

namespace FlowEngine.Connectors;

/// <summary>What a <c>connectors</c> folder holds: one document a connector, with its policies beside it. What belongs to nothing, or twice to one connector, is an error: it would be passed over in silence.</summary>
internal static class ConnectorFolder
{
    private const string PolicyEnding = ".policies.xml";

    private static readonly string[] Endings = [".openapi.json", ".openapi.yaml", ".openapi.yml"];

    /// <summary>Whether a file's name is that of a connector's document.</summary>
    public static bool IsDocument(string file) => Array.Exists(Endings, ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>The documents by their connectors' names; of two for one name the first.</summary>
    /// <param name="folder">The folder; where there is none, it has no documents.</param>
    /// <param name="faults">Takes what is wrong with the folder as a whole.</param>
    public static IReadOnlyList<(string Name, string Document)> Read(string folder, List<Diagnostic> faults)
    {
        if (!Directory.Exists(folder)) return [];
        var documents = new List<(string Name, string Document)>();
        foreach (var document in Directory.EnumerateFiles(folder).Where(IsDocument).Order(StringComparer.Ordinal))
        {
            var name = NameOf(document);
            if (documents.Find(other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { Document: { } first }) faults.Add(Error(document, $"'{Path.GetFileName(first)}' describes the connector '{name}' already; keep one of the two."));
            else documents.Add((name, document));
        }

        foreach (var policies in Directory.EnumerateFiles(folder).Where(file => file.EndsWith(PolicyEnding, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(policies)[..^PolicyEnding.Length];
            if (documents.Exists(document => document.Name.Equals(name, StringComparison.OrdinalIgnoreCase))) continue;
            var nearest = documents.Count == 0 ? "there is no document here" : $"there is {string.Join(", ", documents.Select(document => $"'{Path.GetFileName(document.Document)}'"))}";
            faults.Add(Error(policies, $"The policies belong to no connector: '{name}.openapi.json' or '.yaml' was expected beside them; {nearest}."));
        }

        return documents;
    }

    private static string NameOf(string document)
    {
        var name = Path.GetFileName(document);
        return name[..^Endings.First(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)).Length];
    }

    private static Diagnostic Error(string file, string message) => new(DiagnosticCodes.ConnectorFolder, DiagnosticSeverity.Error, message, new SourceLocation(file, 1, 1, 2, string.Empty));
}
