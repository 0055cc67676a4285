using System.Globalization;
using System.Text;

namespace FlowEngine.Definitions;

/// <summary>A flow as a picture: its trigger, its actions, what runs after what, and what contains what.</summary>
public static class FlowGraph
{
    /// <summary>A flowchart for Mermaid.</summary>
    public static string Mermaid(WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var writer = new MermaidWriter();
        return writer.Write(definition);
    }

    /// <summary>A digraph for Graphviz.</summary>
    public static string Dot(WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var writer = new DotWriter();
        return writer.Write(definition);
    }

    /// <summary>A self-contained SVG picture, for light and dark pages.</summary>
    public static string Svg(WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return SvgGraph.Of(definition);
    }

    /// <summary>What both languages have in common: each names nodes, groups and edges.</summary>
    private abstract class Writer
    {
        private int _nodes;

        protected StringBuilder Text { get; } = new();

        public string Write(WorkflowDefinition definition)
        {
            Begin();
            var triggers = definition.Triggers.Select(trigger => (Id: Next(), trigger)).ToList();
            foreach (var (id, trigger) in triggers) Node(id, trigger.Name, trigger.Type, isTrigger: true, 1);
            Branch(definition.Root, triggers.Select(entry => entry.Id).ToList(), 1);
            End();
            return Text.ToString();
        }

        protected abstract void Begin();

        protected abstract void End();

        protected abstract void Node(string id, string name, string type, bool isTrigger, int level);

        protected abstract void OpenGroup(string id, string label, int level);

        protected abstract void CloseGroup(int level);

        protected abstract void Edge(string from, string to, string? label, int level);

        protected void Line(int level, string text) => Text.Append(' ', level * 2).Append(text).Append('\n');

        private string Next() => string.Create(CultureInfo.InvariantCulture, $"n{_nodes++}");

        private void Branch(BranchDefinition branch, IReadOnlyList<string> before, int level)
        {
            var ids = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var action in branch.Actions)
            {
                var id = Next();
                ids.TryAdd(action.Name, id);
                Node(id, action.Name, action.Type, isTrigger: false, level);
                foreach (var nested in action.Branches.Where(nested => nested.Actions.Count > 0))
                {
                    OpenGroup(Next(), $"{action.Name}: {nested.Label}", level);
                    Branch(nested, [id], level + 1);
                    CloseGroup(level);
                }
            }

            foreach (var action in branch.Actions)
            {
                if (action.RunAfter.Count == 0)
                {
                    foreach (var from in before) Edge(from, ids[action.Name], null, level);
                }

                foreach (var after in action.RunAfter)
                {
                    if (!ids.TryGetValue(after.Action, out var from)) continue;
                    Edge(from, ids[action.Name], after.Statuses == RunAfterStatuses.Succeeded ? null : string.Join(", ", after.Written), level);
                }
            }
        }
    }

    private sealed class MermaidWriter : Writer
    {
        protected override void Begin() => Line(0, "flowchart TD");

        protected override void End()
        {
        }

        protected override void Node(string id, string name, string type, bool isTrigger, int level) =>
            Line(level, isTrigger ? $"{id}([\"{Quote(name)}<br/>{Quote(type)}\"])" : $"{id}[\"{Quote(name)}<br/>{Quote(type)}\"]");

        protected override void OpenGroup(string id, string label, int level) => Line(level, $"subgraph {id}[\"{Quote(label)}\"]");

        protected override void CloseGroup(int level) => Line(level, "end");

        protected override void Edge(string from, string to, string? label, int level) => Line(level, label is null ? $"{from} --> {to}" : $"{from} -->|\"{Quote(label)}\"| {to}");

        // Mermaid has entities of its own: #quot; and the like.
        private static string Quote(string text) => text.Replace("#", "#35;", StringComparison.Ordinal).Replace("\"", "#quot;", StringComparison.Ordinal)
            .Replace("<", "#lt;", StringComparison.Ordinal).Replace(">", "#gt;", StringComparison.Ordinal).ReplaceLineEndings(" ");
    }

    private sealed class DotWriter : Writer
    {
        protected override void Begin() => Line(0, "digraph flow {\n  compound=true;\n  node [shape=box];");

        protected override void End() => Line(0, "}");

        protected override void Node(string id, string name, string type, bool isTrigger, int level) =>
            Line(level, $"{id} [label=\"{Quote(name)}\\n{Quote(type)}\"{(isTrigger ? ", shape=oval" : "")}];");

        protected override void OpenGroup(string id, string label, int level) => Line(level, $"subgraph cluster_{id} {{ label=\"{Quote(label)}\";");

        protected override void CloseGroup(int level) => Line(level, "}");

        protected override void Edge(string from, string to, string? label, int level) => Line(level, label is null ? $"{from} -> {to};" : $"{from} -> {to} [label=\"{Quote(label)}\"];");

        private static string Quote(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings(" ");
    }
}
