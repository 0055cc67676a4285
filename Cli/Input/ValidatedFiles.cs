using FlowEngine.Connectors;
using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary>A file and what is wrong with it.</summary>
internal sealed record ValidatedFile(string File, string Text, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>The flows that were read; none of a file of another kind.</summary>
    public IReadOnlyList<WorkflowDocument> Documents { get; init; } = [];

    public int Count(DiagnosticSeverity severity) => Diagnostics.Count(diagnostic => diagnostic.Severity == severity);
}

/// <summary>The files that <c>flow validate</c> looks at: those named, and everything it knows in the folders named.</summary>
internal static class ValidatedFiles
{
    private static readonly string[] PassedFolders = ["node_modules", "bin", "obj"];

    // Links are not followed: they may lead round in a circle or out of the folder.
    private static readonly EnumerationOptions Children = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint };

    /// <exception cref="UsageException">There is no such file or folder.</exception>
    public static IReadOnlyList<ValidatedFile> Find(IReadOnlyList<string> paths, WorkflowOptions options, bool lint = false)
    {
        var files = new List<ValidatedFile>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path)) files.AddRange(InFolder(path, options));
            else if (FlowPackage.IsPackage(path)) files.AddRange(InPackage(Workflow.OpenPackage(path, options), options));
            else if (File.Exists(path)) files.Add(Read(path, options));
            else throw new UsageException($"there is no file or folder '{path}'.");
        }

        return lint ? [.. files.Select(Linted)] : files;
    }

    // The rules look at the flow; of files with several each was read for itself.
    private static ValidatedFile Linted(ValidatedFile file)
    {
        var findings = file.Documents.SelectMany(document => Linter.Check(document, LintFile.Near(file.File)));
        return file with { Diagnostics = [.. file.Diagnostics.Concat(findings).OrderBy(found => found.Location.Line).ThenBy(found => found.Location.Column)] };
    }

    // Parts of a solution that are no cloud flows may look like definitions; the solution tells.
    private static IEnumerable<ValidatedFile> InFolder(string folder, WorkflowOptions options)
    {
        var package = Workflow.OpenPackage(folder, options);
        if (package.Fault is null && (package.Kind == PackageKind.Solution || (options.Flow is not null && package.Kind != PackageKind.Files))) return InPackage(package, options);
        return FilesIn(folder).SelectMany(file =>
            file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? InPackage(Workflow.OpenPackage(file, options), options) : [Read(file, options)]).Where(IsKnown);
    }

    private static IEnumerable<ValidatedFile> InPackage(FlowPackage package, WorkflowOptions options)
    {
        if (package.Fault is { } fault) return [new ValidatedFile(fault.Location.File, string.Empty, [fault])];
        if (options.Flow is null) return package.Flows.Select(flow => Of(Workflow.ReadDocument(package, flow, options)));
        var chosen = package.Find(options.Flow) ?? throw new UsageException($"{package.Source}: there is no flow '{options.Flow}'. It has: {string.Join(", ", package.Flows.Select(flow => flow.Name))}.");
        return [Of(Workflow.ReadDocument(package, chosen, options))];

        static ValidatedFile Of(WorkflowDocument document) => new(document.File, document.Text, document.Diagnostics) { Documents = [document] };
    }

    private static ValidatedFile Read(string file, WorkflowOptions options)
    {
        if (ConnectorLibrary.IsDocument(file)) return ReadConnector(file);
        if (PolicyDocument.IsDocument(file)) return ReadPolicies(file);
        var document = Workflow.ReadDocument(file, options);
        if (ConnectorDocument.IsOne(document.Root)) return ReadConnector(file);
        if (IsConnections(file, document.Root)) return new ValidatedFile(file, document.Text, ConnectionSettings.Check(file));
        if (KitFiles.Check(file, document.Root) is { } ofKit) return new ValidatedFile(file, document.Text, ofKit);
        if (options.Flow is null && document.FlowNames.Count > 0) return ReadAll(document, options);
        FlowChoice.Check(document);
        return new ValidatedFile(file, document.Text, document.Diagnostics) { Documents = [document] };
    }

    // What is wrong with the file as a whole is said once.
    private static ValidatedFile ReadAll(WorkflowDocument document, WorkflowOptions options)
    {
        var documents = document.FlowNames.Select(name => Workflow.ReadDocument(document.File, options with { Flow = name })).ToList();
        var diagnostics = documents
            .SelectMany(one => one.Diagnostics)
            .DistinctBy(diagnostic => (diagnostic.Code, diagnostic.Message, diagnostic.Location))
            .OrderBy(diagnostic => diagnostic.Location.Line)
            .ThenBy(diagnostic => diagnostic.Location.Column);
        return new ValidatedFile(document.File, document.Text, [.. diagnostics]) { Documents = documents };
    }

    private static ValidatedFile ReadConnector(string file)
    {
        var document = ConnectorDocument.Load(file);
        return new ValidatedFile(file, document.Text, document.Diagnostics);
    }

    private static ValidatedFile ReadPolicies(string file)
    {
        var policies = PolicyDocument.Load(file);
        return new ValidatedFile(file, policies.Text, policies.Diagnostics);
    }

    private static bool IsConnections(string file, FlowValue root) =>
        ConnectionSettings.IsOne(root) || (root.IsObject && Path.GetFileName(file) is "connections.json" or "connections.local.json");

    // In a folder there are other files beside flows; JSON that is broken is a fault wherever it stands.
    private static bool IsKnown(ValidatedFile file) => !file.Diagnostics.Any(diagnostic => diagnostic.Code is DiagnosticCodes.UnknownKind or DiagnosticCodes.PackageWithoutFlow);

    private static bool IsRead(string file) =>
        file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) || ConnectorLibrary.IsDocument(file) || PolicyDocument.IsDocument(file);

    private static IEnumerable<string> FilesIn(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", Children).Where(IsRead).Order(StringComparer.Ordinal)) yield return file;
        foreach (var child in Directory.EnumerateDirectories(folder, "*", Children).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(child);
            if (name.StartsWith('.') || PassedFolders.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            foreach (var file in FilesIn(child)) yield return file;
        }
    }
}
