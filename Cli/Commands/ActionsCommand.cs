using System.CommandLine;
using FlowEngine.Actions;
using FlowEngine.Expressions;

namespace FlowEngine.Cli;

/// <summary><c>flow actions</c>: lists the action types, or shows what one takes.</summary>
internal static class ActionsCommand
{
    public static Command Create(CommandConsole console)
    {
        var name = new Argument<string?>("TYPE") { Arity = ArgumentArity.ZeroOrOne, Description = "The type to show; without one all are listed." };
        var command = new Command("actions", "Shows which actions run here.") { name };
        command.SetAction(parsed => parsed.GetValue(name) is { } one ? Show(one, console) : List(console));
        return command;
    }

    private static int List(CommandConsole console)
    {
        foreach (var type in BuiltInActions.Catalog.Types.OrderBy(type => type.Type, StringComparer.OrdinalIgnoreCase))
        {
            console.Out.WriteLine(type.IsImplemented ? type.Type : type.Type + "  (known, runs only mocked)");
        }

        return ExitCodes.Succeeded;
    }

    private static int Show(string name, CommandConsole console)
    {
        if (!BuiltInActions.Catalog.TryGet(name, out var type))
        {
            var nearest = NearestName.Find(name, BuiltInActions.Catalog.TypeNames);
            throw new UsageException($"There is no action type '{name}'.{(nearest is null ? string.Empty : $" Did you mean '{nearest}'?")}");
        }

        console.Out.WriteLine(type.IsImplemented ? type.Type : type.Type + " (known, runs only mocked)");
        Line("members", type.OwnMembers);
        Line("inputs", type.InputMembers ?? (type.TakesInputs ? ["anything"] : []));
        Line("required", [.. type.RequiredMembers, .. type.RequiredInputs.Select(input => "inputs." + input)]);
        return ExitCodes.Succeeded;

        void Line(string label, IReadOnlyList<string> names)
        {
            if (names.Count > 0) console.Out.WriteLine($"  {label}: {string.Join(", ", names)}");
        }
    }
}
