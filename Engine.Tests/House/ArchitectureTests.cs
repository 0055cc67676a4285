using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FlowEngine.Tests;

/// <summary>Who may import whom: docs/architecture.md, kept by the build.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class ArchitectureTests
{
    private sealed record Layer(string[] Projects, string[] Packages, bool IsCore = true);

    /// <summary>The one table: what each project may reference. A new project is a new row.</summary>
    private static readonly Dictionary<string, Layer> Layers = new()
    {
        ["Expressions"] = new([], ["Newtonsoft.Json"]),
        ["Definitions"] = new(["Expressions"], []),
        ["Actions"] = new(["Definitions"], ["DotLiquid", "Jint", "Polly.Core"]),
        ["Engine"] = new(["Actions"], ["Serilog", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions"]),
        ["Connectors"] = new(["Actions"], ["Microsoft.OpenApi", "Microsoft.OpenApi.YamlReader", "Azure.Security.KeyVault.Secrets", "Microsoft.IdentityModel.JsonWebTokens"]),
        ["Testing"] = new(["Connectors", "Engine"], []),
        ["Testing.NUnit"] = new(["Testing"], ["NUnit"], IsCore: false),
        ["Cli"] = new(["Testing"], ["System.CommandLine", "Spectre.Console", "Serilog.Formatting.Compact"], IsCore: false),
        ["Benchmarks"] = new(["Testing"], ["BenchmarkDotNet"], IsCore: false),
        ["Engine.Tests"] = new(
            ["Cli", "Testing.NUnit", "PriceServer"],
            [
                "NUnit", "NUnit3TestAdapter", "Microsoft.NET.Test.Sdk", "Microsoft.Extensions.TimeProvider.Testing",
                "Microsoft.Extensions.DependencyInjection", "FsCheck", "WireMock.Net", "System.Management.Automation",
            ],
            IsCore: false),
    };

    /// <summary>The only folders whose sources may import a foreign library; it stays replaceable where one folder knows it.</summary>
    private static readonly Dictionary<string, string[]> Homes = new()
    {
        ["Newtonsoft.Json"] = ["Expressions/Values/", "Connectors/Policies/Language/", "Actions/Data/LenientJson.cs", "Testing/WireMock/JsonPathMatcher.cs", "Cli/Output/JsonOutput.cs"],
        ["Polly"] = ["Actions/Http/"],
        ["Jint"] = ["Actions/Code/"],
        ["Acornima"] = ["Actions/Code/"],
        ["DotLiquid"] = ["Actions/Transforms/LiquidTransform.cs"],
        ["Serilog"] = ["Engine/Observation/", "Engine/Hosting/", "Cli/"],
        ["Microsoft.Extensions.DependencyInjection"] = ["Engine/Hosting/"],
        ["Microsoft.Extensions.Logging"] = ["Engine/Observation/", "Engine/Hosting/"],
        ["Microsoft.OpenApi"] = ["Connectors/OpenApi/", "Connectors/Connections/ConnectionCredentials.cs"],
        ["SharpYaml"] = ["Connectors/OpenApi/"],
        ["Azure"] = ["Connectors/KeyVault/"],
        ["Microsoft.IdentityModel"] = ["Connectors/Policies/"],
        ["NUnit"] = ["Testing.NUnit/"],
        ["System.CommandLine"] = ["Cli/"],
        ["Spectre.Console"] = ["Cli/"],
        ["BenchmarkDotNet"] = ["Benchmarks/"],
        ["System.Text.Json"] = ["Expressions/Values/StandardJson.cs", "Cli/Input/ValueArgument.cs", "Connectors/OpenApi/"],
        ["System.Reflection"] = [],
        ["System.Linq.Expressions"] = [],
    };

    public static IEnumerable<string> Projects => Repository.Projects;

    [Test]
    public void Every_project_has_a_row_in_the_table_of_layers() =>
        Assert.That(Repository.Projects, Is.EquivalentTo(Layers.Keys));

    [Test]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Text("FlowEngine.sln").Replace('\\', '/');
        Assert.That(Repository.Projects.Where(name => !solution.Contains($"\"{name}/{name}.csproj\"", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCaseSource(nameof(Projects))]
    public void Architecture_layers_point_downwards(string project)
    {
        var document = Repository.Project(project);
        var references = Included(document, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

        Assert.Multiple(() =>
        {
            Assert.That(references, Is.SubsetOf(Layers[project].Projects), "project references");
            Assert.That(Included(document, "PackageReference"), Is.SubsetOf(Layers[project].Packages), "package references");
        });
    }

    [TestCaseSource(nameof(Projects))]
    public void Core_projects_are_AOT_compatible(string project)
    {
        var marked = Repository.Project(project).Descendants("IsAotCompatible").Any(element => element.Value == "true");
        Assert.That(marked || !Layers[project].IsCore, Is.True);
    }

    [TestCaseSource(nameof(Projects))]
    public void Foreign_libraries_are_imported_only_in_their_home(string project)
    {
        if (project == "Engine.Tests") return;

        var strays =
            from file in Repository.Files(project, "*.cs")
            from Match match in Import().Matches(Repository.Text(file))
            let name = match.Groups["name"].Value
            from home in Homes
            where name == home.Key || name.StartsWith(home.Key + ".", StringComparison.Ordinal)
            where !home.Value.Any(folder => file.StartsWith(folder, StringComparison.Ordinal))
            select $"{file}: using {name}";

        Assert.That(strays, Is.Empty);
    }

    [Test]
    public void No_package_version_stands_outside_of_the_central_file()
    {
        var strays = Repository.Projects.Where(name => Repository.Project(name).Descendants("PackageReference").Any(reference => reference.Attribute("Version") is not null));
        Assert.That(strays, Is.Empty);
    }

    private static IEnumerable<string> Included(XDocument project, string item) =>
        project.Descendants(item).Select(element => element.Attribute("Include")!.Value);

    [GeneratedRegex(@"^\s*(global )?using (static )?(\w+ = )?(?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Import();
}
