using System.CommandLine;
using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Cli;

/// <summary><c>flow actions</c>: lists the types of actions and triggers, or shows what one takes, with an example; or writes the example as files.</summary>
internal static class ActionsCommand
{
    public static Command Create(CommandConsole console)
    {
        var name = new Argument<string?>("TYPE") { Arity = ArgumentArity.ZeroOrOne, Description = "The type of action or trigger to show; without one all are listed." };
        var trigger = new Option<bool>("--trigger") { Description = "The trigger is meant where an action has the same type." };
        var folder = new Option<string?>("--to") { HelpName = "FOLDER", Description = "Writes the example there, as files for flow run." };
        var command = new Command("actions", "Shows which actions and triggers run here, with examples.") { name, trigger, folder };
        command.SetAction(parsed => (parsed.GetValue(name), parsed.GetValue(folder)) switch
        {
            (null, null) => List(console),
            (null, _) => throw new UsageException("--to goes with a type."),
            ({ } type, { } to) => Write(type, parsed.GetValue(trigger), to, console),
            ({ } type, null) => Show(type, parsed.GetValue(trigger), console),
        });
        return command;
    }

    private static int List(CommandConsole console)
    {
        foreach (var type in BuiltInActions.Catalog.Types.OrderBy(type => type.Type, StringComparer.OrdinalIgnoreCase))
        {
            console.Out.WriteLine(type.IsImplemented ? type.Type : type.Type + "  (known, runs only mocked)");
        }

        console.Out.WriteLine();
        console.Out.WriteLine("Triggers: " + string.Join(", ", TriggerTypes.All));
        return ExitCodes.Succeeded;
    }

    private static int Show(string name, bool wantsTrigger, CommandConsole console)
    {
        var trigger = Trigger(name);
        var isAction = BuiltInActions.Catalog.TryGet(name, out var type);
        if (!isAction && trigger is null) throw Unknown(name);
        if (isAction && !wantsTrigger) ShowAction(type!, console); // There is one.
        if (trigger is not null) ShowTrigger(trigger, console);
        else if (wantsTrigger) throw new UsageException($"There is no trigger type '{name}'.");
        return ExitCodes.Succeeded;
    }

    private static void ShowAction(ActionTypeInfo type, CommandConsole console)
    {
        console.Out.WriteLine(type.IsImplemented ? type.Type : type.Type + " (known, runs only mocked)");
        Line("members", type.OwnMembers);
        Line("inputs", type.InputMembers ?? (type.TakesInputs ? ["anything"] : []));
        Line("required", [.. type.RequiredMembers, .. type.RequiredInputs.Select(input => "inputs." + input)]);
        if (TypeExample.TryGetAction(type.Type, out var example)) Show(example, console);

        void Line(string label, IReadOnlyList<string> names)
        {
            if (names.Count > 0) console.Out.WriteLine($"  {label}: {string.Join(", ", names)}");
        }
    }

    private static void ShowTrigger(string type, CommandConsole console)
    {
        console.Out.WriteLine(type + " (trigger)");
        if (TypeExample.TryGetTrigger(type, out var example)) Show(example, console);
    }

    private static void Show(TypeExample example, CommandConsole console)
    {
        console.Out.WriteLine("  " + example.About);
        console.Out.WriteLine();
        console.Out.WriteLine(example.Shown);
    }

    private static int Write(string name, bool wantsTrigger, string folder, CommandConsole console)
    {
        TypeExample? example = null;
        if (!wantsTrigger && BuiltInActions.Catalog.TryGet(name, out var type)) TypeExample.TryGetAction(type.Type, out example);
        if (example is null && Trigger(name) is { } trigger) TypeExample.TryGetTrigger(trigger, out example);
        if (example is null) throw Unknown(name);
        console.Out.WriteLine(ExampleFiles.Write(example, folder));
        return ExitCodes.Succeeded;
    }

    private static string? Trigger(string name) => TriggerTypes.All.FirstOrDefault(type => type.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static UsageException Unknown(string name)
    {
        var nearest = NearestName.Find(name, BuiltInActions.Catalog.TypeNames.Concat(TriggerTypes.All));
        return new UsageException($"There is no action type '{name}'.{(nearest is null ? string.Empty : $" Did you mean '{nearest}'?")}");
    }
}
