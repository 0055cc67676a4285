using System.Text;
using FlowEngine.Expressions;

namespace FlowEngine.Tests;

/// <summary>docs/functions.md, made of the rows of the function table.</summary>
internal static class FunctionPage
{
    public static string Render()
    {
        var functions = BuiltInFunctions.Table.OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase).ToArray();
        var page = new StringBuilder(
            """
            # Functions

            Every function that expressions may call. Names ignore case. Each example is a test: what stands behind the arrow is the value as JSON.

            This page is made of the tables in `Expressions/Functions`; [testing.md](testing.md#generated-pages) says how to write it anew.


            """);

        Section(page, "Functions of the service", "They are in the official reference.", functions, FunctionOrigin.Reference);
        Section(page, "Functions that no reference names", "The service has them all the same.", functions, FunctionOrigin.Undocumented);
        Section(page, "Extensions", "The service does not have these, and `--strict` refuses them. Those that bear the name of a function of the service stand in for it where extensions are allowed.", functions, FunctionOrigin.Extension);
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static void Section(StringBuilder page, string title, string introduction, FunctionSpec[] functions, FunctionOrigin origin)
    {
        page.Append("## ").Append(title).Append("\n\n").Append(introduction).Append("\n\n");
        foreach (var function in functions)
        {
            if (function.Origin == origin) Function(page, function);
        }
    }

    private static void Function(StringBuilder page, FunctionSpec function)
    {
        page.Append("### ").Append(function.Name).Append("\n\n").Append(function.Summary).Append("\n\n");
        foreach (var parameter in function.Parameters)
        {
            var colon = parameter.IndexOf(':', StringComparison.Ordinal);
            page.Append("* ").Append(colon < 0 ? parameter : $"`{parameter[..colon]}`{parameter[colon..]}").Append('\n');
        }

        page.Append(function.Parameters.Count == 0 ? "No arguments" : "\nArguments: " + Count(function)).Append(". Source: ").Append(function.Source).Append(".\n\n");
        if (function.Examples.Count == 0) return;
        page.Append("```text\n");
        foreach (var example in function.Examples) page.Append(example).Append('\n');
        page.Append("```\n\n");
    }

    private static string Count(FunctionSpec function) => (function.MinimumArguments, function.MaximumArguments) switch
    {
        var (least, most) when least == most => $"{least}",
        (var least, FunctionSpec.Any) => $"{least} or more",
        var (least, most) => $"{least} to {most}",
    };
}
