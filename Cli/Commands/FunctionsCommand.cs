using System.CommandLine;
using System.Globalization;
using FlowEngine.Expressions;

namespace FlowEngine.Cli;

/// <summary><c>flow functions</c>: lists the functions, or shows one with its parameters and examples.</summary>
internal static class FunctionsCommand
{
    public static Command Create(CommandConsole console)
    {
        var name = new Argument<string?>("NAME") { Arity = ArgumentArity.ZeroOrOne, Description = "The function to show; without one all are listed." };
        var command = new Command("functions", "Shows what expressions may call.") { name };
        command.SetAction(parsed => parsed.GetValue(name) is { } one ? Show(one, console) : List(console));
        return command;
    }

    private static int List(CommandConsole console)
    {
        var functions = BuiltInFunctions.Table.OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase).ToArray();
        var width = functions.Max(function => function.Name.Length);
        foreach (var function in functions)
        {
            console.Out.WriteLine($"{function.Name.PadRight(width)}  {function.Summary}{(function.Origin == FunctionOrigin.Extension ? " (extension)" : string.Empty)}");
        }

        return ExitCodes.Succeeded;
    }

    private static int Show(string name, CommandConsole console)
    {
        var rows = BuiltInFunctions.Table.Where(function => function.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (rows.Length == 0)
        {
            var nearest = NearestName.Find(name, BuiltInFunctions.Table.Select(function => function.Name));
            throw new UsageException($"There is no function '{name}'.{(nearest is null ? string.Empty : $" Did you mean '{nearest}'?")}");
        }

        foreach (var function in rows)
        {
            console.Out.WriteLine($"{function.Name}{(function.Origin == FunctionOrigin.Extension ? " (extension, refused by --strict)" : string.Empty)}: {function.Summary}");
            foreach (var parameter in function.Parameters) console.Out.WriteLine("  " + parameter);
            console.Out.WriteLine("  arguments: " + Count(function));
            foreach (var example in function.Examples) console.Out.WriteLine("  example: " + example);
            console.Out.WriteLine("  source: " + function.Source);
        }

        return ExitCodes.Succeeded;
    }

    private static string Count(FunctionSpec function) => (function.MinimumArguments, function.MaximumArguments) switch
    {
        var (least, most) when least == most => least.ToString(CultureInfo.InvariantCulture),
        (var least, FunctionSpec.Any) => string.Create(CultureInfo.InvariantCulture, $"{least} or more"),
        var (least, most) => string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"),
    };
}
