using System.CommandLine;
using FlowEngine.Definitions;

namespace FlowEngine.Cli;

/// <summary><c>flow diff</c>: what is different between two definitions, by what they mean.</summary>
internal static class DiffCommand
{
    private const int ValueWidth = 90;

    public static Command Create(CommandConsole console)
    {
        var before = new Argument<string>("BEFORE") { Description = "A flow: a file, an archive or a folder." };
        var after = new Argument<string>("AFTER") { Description = "The flow to compare with it." };
        var flow = new Option<string?>("--flow") { HelpName = "NAME", Description = "The workflow, where there are several; of both sides." };
        var json = new Option<bool>("--json") { Description = "Prints one object with all differences." };
        var check = new Option<bool>("--check") { Description = "Exit code 2 where there is a difference." };
        var command = new Command("diff", "Compares two definitions by what they mean.") { before, after, flow, json, check };
        command.SetAction(parsed =>
        {
            var first = ReadFlow.Of(parsed.GetRequiredValue(before), NameIn(parsed.GetRequiredValue(before), parsed.GetValue(flow)), console);
            var second = ReadFlow.Of(parsed.GetRequiredValue(after), NameIn(parsed.GetRequiredValue(after), parsed.GetValue(flow)), console);
            if (first is null || second is null) return ExitCodes.Invalid;
            var changes = DefinitionDiff.Compare(first, second);
            if (parsed.GetValue(json)) console.Out.WriteLine(FlowJson.WriteIndented(Json(changes)));
            else foreach (var change in changes) Write(change, console.Out);
            return parsed.GetValue(check) && changes.Count > 0 ? ExitCodes.Invalid : ExitCodes.Succeeded;
        });
        return command;
    }

    // A lone definition needs no name, and may have another one or none.
    private static string? NameIn(string path, string? flow) => flow is not null && File.Exists(path) && !FlowPackage.IsPackage(path) && Workflow.ReadDocument(path).FlowNames.Count <= 1 ? null : flow;

    private static void Write(DefinitionChange change, TextWriter output)
    {
        var part = change.Subject == "definition" ? "definition" : $"{change.Subject} {change.Name}{(change.Type is null ? "" : $" ({change.Type})")}";
        var inside = change.Container is null ? "" : $" in {change.Container}";
        output.WriteLine(TerminalText.Clean(change.Kind switch
        {
            ChangeKind.Added => $"+ {part}{inside}",
            ChangeKind.Removed => $"- {part}{inside}",
            ChangeKind.Renamed => $"= {part}{inside}, was {change.From}",
            ChangeKind.Moved => $"> {part} to {change.Container ?? "the top level"}, from {change.From ?? "the top level"}",
            _ => $"~ {part}{inside}",
        }));
        foreach (var member in change.Members) output.WriteLine(TerminalText.Clean($"    {(member.Path.Length == 0 ? "/" : member.Path)}: {Text(member)}"));
    }

    private static string Text(MemberChange member) =>
        !member.HasBefore ? $"added {Shown(member.After)}" : !member.HasAfter ? $"removed {Shown(member.Before)}" : $"{Shown(member.Before)} -> {Shown(member.After)}";

    private static string Shown(FlowValue value) => TerminalText.Shorten(value.ToJson(), ValueWidth);

    private static FlowValue Json(IReadOnlyList<DefinitionChange> changes) => new FlowObjectBuilder()
        .Add("equal", changes.Count == 0)
        .Add("changes", FlowValue.Array([.. changes.Select(Json)]))
        .ToValue();

    private static FlowValue Json(DefinitionChange change)
    {
        var json = new FlowObjectBuilder().Add("kind", FlowValue.String(Word(change.Kind))).Add("subject", FlowValue.String(change.Subject)).Add("name", FlowValue.String(change.Name));
        if (change.Type is { } type) json.Add("type", FlowValue.String(type));
        if (change.From is { } from) json.Add("from", FlowValue.String(from));
        if (change.Container is { } container) json.Add("container", FlowValue.String(container));
        if (change.Members.Count > 0) json.Add("members", FlowValue.Array([.. change.Members.Select(Json)]));
        return json.ToValue();
    }

    private static FlowValue Json(MemberChange member)
    {
        var json = new FlowObjectBuilder().Add("path", FlowValue.String(member.Path));
        if (member.HasBefore) json.Add("before", member.Before);
        if (member.HasAfter) json.Add("after", member.After);
        return json.ToValue();
    }

    private static string Word(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => "added",
        ChangeKind.Removed => "removed",
        ChangeKind.Renamed => "renamed",
        ChangeKind.Moved => "moved",
        _ => "changed",
    };
}
