using Acornima.Ast;

namespace FlowEngine.Actions;

/// <summary>Which actions' records a script reads, so that only those are copied for it.</summary>
internal static class WorkflowContextUse
{
    /// <summary>The names in <c>workflowContext.actions.NAME</c>; null where the script uses the context in another way, so that any action may be meant.</summary>
    public static IReadOnlyCollection<string>? Of(Node script)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new Stack<Node>();
        open.Push(script);
        while (open.TryPop(out var node))
        {
            switch (node)
            {
                // Longest first: what is found here is not looked into again.
                case MemberExpression { Object: MemberExpression actions } read when IsContextMember(actions, "actions"):
                    if (NameOf(read) is not { } name) return null;
                    names.Add(name);
                    continue;
                case MemberExpression read when IsContextMember(read, "trigger") || IsContextMember(read, "workflow"):
                    continue;
                case Identifier { Name: "workflowContext" }:
                    return null;
                default:
                    foreach (var child in node.ChildNodes) open.Push(child);
                    break;
            }
        }

        return names;
    }

    private static bool IsContextMember(MemberExpression read, string member) => read.Object is Identifier { Name: "workflowContext" } && NameOf(read) == member;

    private static string? NameOf(MemberExpression read) => read switch
    {
        { Computed: false, Property: Identifier name } => name.Name,
        { Computed: true, Property: StringLiteral text } => text.Value,
        _ => null,
    };
}
