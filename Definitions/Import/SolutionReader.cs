using System.Globalization;
using System.Xml;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Solutions of Dataverse, packed (<c>customizations.xml</c>) or unpacked (<c>Other/Customizations.xml</c>, <c>NAME.json.data.xml</c>).</summary>
internal sealed class SolutionReader : IPackageReader
{
    private const int CloudFlow = 5;

    public PackageContent? Read(PackageFiles files)
    {
        var solutions = files.Named("solution.xml").ToList();
        var parts = files.All.Where(file => file.Name.Contains("Workflows/", StringComparison.OrdinalIgnoreCase)).ToList();
        if (solutions.Count == 0 && !parts.Exists(file => file.HasExtension(".json.data.xml"))) return null;

        var described = Described(files);
        var values = EnvironmentVariables(files);
        var skipped = new List<SkippedPart>();
        var flows = new List<PackageFlow>();
        foreach (var file in parts)
        {
            var about = described.GetValueOrDefault(Key(file.Name));
            if (about is { Category: not CloudFlow }) skipped.Add(new SkippedPart(file.Location, KindOf(about.Category)));
            else if (file.HasExtension(".xaml")) skipped.Add(new SkippedPart(file.Location, "It is a classic workflow or a business rule, not a cloud flow."));
            else if (file.HasExtension(".json")) flows.AddRange(Flows(file, about, values, mustBeFlow: about is not null || (described.Count == 0 && IdOf(file) is not null)));
        }

        return new PackageContent(PackageKind.Solution, flows) { Skipped = skipped, Connections = Connections(files) };
    }

    private static IReadOnlyList<PackageFlow> Flows(PackageFile file, About? about, Dictionary<string, string> values, bool mustBeFlow) => FlowsOfFile.Read(
        file,
        about?.Name ?? NameOf(file),
        text => new PackageFlow(file, text.Content.Text, text.Content.Fault)
        {
            Name = text.Name,
            Id = about?.Id ?? IdOf(file),
            Selector = text.Selector,
            EnvironmentValues = values,
        },
        mustBeFlow);

    private static string Key(string name)
    {
        var at = name.LastIndexOf("Workflows/", StringComparison.OrdinalIgnoreCase);
        return (at < 0 ? name : name[at..]).ToUpperInvariant();
    }

    // NAME-GUID.json, the GUID being 36 characters.
    private static string? IdOf(PackageFile file)
    {
        var stem = Path.GetFileNameWithoutExtension(file.FileName);
        return stem.Length >= 36 && Guid.TryParse(stem.AsSpan(stem.Length - 36), out var id) ? id.ToString("D") : null;
    }

    private static string NameOf(PackageFile file)
    {
        var stem = Path.GetFileNameWithoutExtension(file.FileName);
        return IdOf(file) is null || stem.Length < 38 ? stem : stem[..^37];
    }

    private static string KindOf(int category) => category switch
    {
        0 => "It is a classic workflow, not a cloud flow.",
        1 => "It is a dialog, not a cloud flow.",
        2 => "It is a business rule, not a cloud flow.",
        3 => "It is a classic action, not a cloud flow.",
        4 => "It is a business process flow, not a cloud flow.",
        6 => "It is a desktop flow, not a cloud flow.",
        _ => string.Create(CultureInfo.InvariantCulture, $"It is no cloud flow: its category is {category}, not {CloudFlow}."),
    };

    private static Dictionary<string, About> Described(PackageFiles files)
    {
        var described = new Dictionary<string, About>(StringComparer.Ordinal);
        var sources = files.Named("customizations.xml").Concat(files.All.Where(file => file.HasExtension(".json.data.xml") || file.HasExtension(".xaml.data.xml")));
        foreach (var source in sources)
        {
            foreach (XmlElement workflow in PackageXml.Load(source).SelectNodes("//Workflow[@WorkflowId]")!) // Every expression selects a list.
            {
                if ((workflow["JsonFileName"] ?? workflow["XamlFileName"])?.InnerText is not { Length: > 0 } path) continue;
                var category = int.TryParse(workflow["Category"]?.InnerText, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : CloudFlow;
                described[Key(path.TrimStart('/'))] = new About(workflow.GetAttribute("Name"), workflow.GetAttribute("WorkflowId").Trim('{', '}'), category);
            }
        }

        return described;
    }

    private static List<PackageConnection> Connections(PackageFiles files)
    {
        var connections = new List<PackageConnection>();
        foreach (var source in files.Named("customizations.xml"))
        {
            foreach (XmlElement reference in PackageXml.Load(source).SelectNodes("//connectionreference")!) // Every expression selects a list.
            {
                var connector = reference["connectorid"]?.InnerText;
                connections.Add(new PackageConnection(
                    reference.GetAttribute("connectionreferencelogicalname"), connector?[(connector.LastIndexOf('/') + 1)..], reference["connectionreferencedisplayname"]?.InnerText));
            }
        }

        return connections;
    }

    // A current value wins over the default value of the definition beside it.
    private static Dictionary<string, string> EnvironmentVariables(PackageFiles files)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var source in files.Named("environmentvariabledefinition.xml"))
        {
            if (PackageXml.Load(source).DocumentElement is not { } definition || definition.GetAttribute("schemaname") is not { Length: > 0 } name) continue;
            var current = files.Json(source.Folder + "environmentvariablevalues.json")["environmentvariablevalues"]["environmentvariablevalue"];
            var value = (current.AsArrayOrNull is { Count: > 0 } several ? several[0] : current)["value"].AsStringOrNull ?? definition["defaultvalue"]?.InnerText;
            if (value is not null) values[name] = value;
        }

        return values;
    }

    private sealed record About(string Name, string Id, int Category);
}
