using System.Text;
using FlowEngine.Actions;
using FlowEngine.Definitions;

namespace FlowEngine.Tests;

/// <summary>docs/actions.md, made of the action table.</summary>
internal static class ActionPage
{
    public static string Render()
    {
        var page = new StringBuilder(
            """
            # Actions

            The action types that the engine runs, and what their `inputs` and the action itself may hold besides the members that every action has
            (`type`, `runAfter`, `limit`, `runtimeConfiguration`, `operationOptions`, `trackedProperties`, `description`, `metadata`). Required members are **bold**; type names ignore case.

            This page is made of `Actions/BuiltInActions.cs`; [testing.md](testing.md#generated-pages) says how to write it anew.

            | type | inputs | members of the action |
            | --- | --- | --- |

            """);

        foreach (var spec in BuiltInActions.Table) Row(page, spec.Info);

        var others = BuiltInActions.Catalog.Types.Where(type => !type.IsImplemented).Select(type => type.Type).Order(StringComparer.OrdinalIgnoreCase).Select(type => $"`{type}`");
        page.Append(
            """

            ## Types that are known but not run

            The service has them, so a definition may; reached in a run they fail, unless a [mock](mocks.md) answers in their place.


            """);
        page.AppendJoin(", ", others).Append('\n');
        page.Append(
            """

            ## Triggers

            What starts a run. A host fires them; `flow run` fires any by hand, with `--body` as the request's body or the outputs.


            """);
        page.AppendJoin(", ", TriggerTypes.All.Select(type => $"[`{type}`](#trigger-{type.ToLowerInvariant()})")).Append('\n');
        page.Append(
            """

            ## Examples

            A test runs each of these and looks at what `expect` says: the run's status, and of actions their status and outputs. `flow actions TYPE` shows them too, and
            `flow actions TYPE --to FOLDER` writes them as files for `flow run`. `mocks` are a [mocks file](mocks.md), `workflows` are found beside the flow by name, and so are `artifacts` by path.

            """);
        foreach (var spec in BuiltInActions.Table) Example(page, spec.Info.Type, TypeExample.TryGetAction(spec.Info.Type, out var example) ? example : null);
        foreach (var type in TriggerTypes.All) Example(page, "Trigger " + type, TypeExample.TryGetTrigger(type, out var example) ? example : null);
        return page.ToString();
    }

    private static void Example(StringBuilder page, string title, TypeExample? example)
    {
        if (example is null) return;
        page.Append("\n### ").Append(title).Append("\n\n").Append(example.About).Append("\n\n```json\n").Append(example.Shown.TrimEnd()).Append("\n```\n");
    }

    private static void Row(StringBuilder page, ActionTypeInfo info)
    {
        var inputs = info.TakesInputs
            ? info.InputMembers is { } members ? List(members.Union(info.RequiredInputs, StringComparer.Ordinal), info.RequiredInputs) : "any value"
            : "–";
        var own = List(info.OwnMembers.Union(info.RequiredMembers, StringComparer.Ordinal), info.RequiredMembers);
        page.Append("| ").Append(info.Type).Append(" | ").Append(inputs).Append(" | ").Append(own.Length == 0 ? "–" : own).Append(" |\n");
    }

    private static string List(IEnumerable<string> members, IReadOnlyList<string> required) =>
        string.Join(", ", members.Select(member => required.Contains(member) ? $"**`{member}`**" : $"`{member}`"));
}
