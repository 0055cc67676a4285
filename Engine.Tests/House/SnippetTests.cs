using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FlowEngine.Tests;

/// <summary>Every C# block of the pages for embedders compiles, each as the top of a program of its own.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class SnippetTests
{
    private static readonly string[] Pages = ["docs/embedding.md", "docs/extending.md", "docs/logging.md"];

    // What the blocks take as given; a block that declares a name itself hides it.
    private const string Given = """
        global using System;
        global using System.Collections.Generic;
        global using System.Diagnostics;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using FlowEngine;
        global using FlowEngine.Actions;
        global using FlowEngine.Connectors;
        global using FlowEngine.Definitions;
        global using FlowEngine.Expressions;
        global using FlowEngine.Testing;
        global using Microsoft.Extensions.DependencyInjection;
        global using Newtonsoft.Json.Linq;
        global using NUnit.Framework;
        global using static Given;

        public static class Given
        {
            public static WorkflowEngine engine => throw new NotSupportedException();
            public static Workflow workflow => throw new NotSupportedException();
            public static TriggerRequest request => throw new NotSupportedException();
            public static FlowValue body => throw new NotSupportedException();
            public static FlowValue parameters => throw new NotSupportedException();
            public static string json => throw new NotSupportedException();
            public static Stream stream => throw new NotSupportedException();
            public static IServiceCollection services => throw new NotSupportedException();
            public static IRunObserver progress => throw new NotSupportedException();
            public static ConnectionSettings settings => throw new NotSupportedException();
            public static CancellationToken cancellation => throw new NotSupportedException();
        }

        sealed class PrintAction { public static ActionSpec Spec => throw new NotSupportedException(); }
        """;

    private static readonly Lazy<MetadataReference[]> References = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))]);

    public static IEnumerable<TestCaseData> Snippets =>
        from page in Pages
        let blocks = Block().Matches(Repository.Text(page))
        from index in Enumerable.Range(0, blocks.Count)
        select new TestCaseData(blocks[index].Groups["code"].Value).SetName($"{page} block {index + 1} compiles");

    [TestCaseSource(nameof(Snippets))]
    public void A_snippet_compiles(string code)
    {
        var trees = new[] { Given, Hoisted(code) }.Select(text => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)));
        var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable);

        using var nowhere = new MemoryStream();
        var result = CSharpCompilation.Create("Snippet", trees, References.Value, options).Emit(nowhere);

        Assert.That(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(error => error.ToString()), Is.Empty, code);
    }

    // Statements stand before types in a program, usings before both.
    private static string Hoisted(string code)
    {
        var usings = new StringBuilder();
        var rest = new StringBuilder();
        foreach (var line in code.Split('\n')) (Using().IsMatch(line) ? usings : rest).Append(line).Append('\n');
        var text = rest.ToString();
        // A block of types alone is a program that does nothing.
        if (!CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot().Members.Any(member => member is Microsoft.CodeAnalysis.CSharp.Syntax.GlobalStatementSyntax)) text = "_ = 0;\n" + text;
        return usings.Append(text).ToString();
    }

    [GeneratedRegex("^```csharp\\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^using (?!var )[\w.]+;$")]
    private static partial Regex Using();
}
