namespace FlowEngine.Definitions;

/// <summary>A piece of a picture: an action, a trigger, or a group of them, with its place.</summary>
/// <param name="Title">Its first line; the label of a group.</param>
/// <param name="Subtitle">Its second line; empty for a group.</param>
internal sealed record GraphBox(string Title, string Subtitle)
{
    /// <summary>The left edge, in pixels.</summary>
    public double X { get; set; }

    /// <summary>The upper edge, in pixels.</summary>
    public double Y { get; set; }

    /// <summary>The width, in pixels.</summary>
    public double Width { get; set; }

    /// <summary>The height, in pixels.</summary>
    public double Height { get; set; }

    /// <summary>Whether it is a trigger.</summary>
    public bool IsTrigger { get; init; }

    /// <summary>The groups in it, one for each branch with actions.</summary>
    public List<GraphGroup> Groups { get; } = [];

    /// <summary>Moves it with all that is in it.</summary>
    public void Move(double x, double y)
    {
        X += x;
        Y += y;
        foreach (var group in Groups) group.Move(x, y);
    }
}

/// <summary>An arrow from the lower edge of one box to the upper edge of another.</summary>
/// <param name="From">What runs first.</param>
/// <param name="To">What runs after it.</param>
/// <param name="Label">The statuses, where they are not just Succeeded.</param>
internal sealed record GraphArrow(GraphBox From, GraphBox To, string? Label);

/// <summary>The actions of one branch, laid out in rows: each stands in the first row below all it runs after.</summary>
internal sealed class GraphGroup
{
    private const double BoxHeight = 40;
    private const double MinimumWidth = 120;
    private const double Gap = 24;
    private const double RowGap = 44;
    private const double Padding = 14;
    private const double TitleHeight = 22;
    private const double CharacterWidth = 7.2;

    private GraphGroup(string label) => Label = label;

    /// <summary>The branch's label; empty where its container has only one.</summary>
    public string Label { get; }

    /// <summary>The boxes, in document order.</summary>
    public List<GraphBox> Boxes { get; } = [];

    /// <summary>The arrows between them.</summary>
    public List<GraphArrow> Arrows { get; } = [];

    /// <summary>The left edge, in pixels.</summary>
    public double X { get; private set; }

    /// <summary>The upper edge, in pixels.</summary>
    public double Y { get; private set; }

    /// <summary>The width, in pixels.</summary>
    public double Width { get; private set; }

    /// <summary>The height, in pixels.</summary>
    public double Height { get; private set; }

    /// <summary>A whole definition: its triggers in a row above its actions.</summary>
    public static GraphGroup Of(WorkflowDefinition definition)
    {
        var group = new GraphGroup(string.Empty);
        var triggers = definition.Triggers.Select(trigger => Leaf(trigger.Name, trigger.Type, isTrigger: true)).ToList();
        group.Place(definition.Root, triggers);
        return group;
    }

    /// <summary>Moves it with all that is in it.</summary>
    public void Move(double x, double y)
    {
        X += x;
        Y += y;
        foreach (var box in Boxes) box.Move(x, y);
    }

    private static GraphGroup Of(BranchDefinition branch, string label)
    {
        var group = new GraphGroup(label);
        group.Place(branch, []);
        return group;
    }

    private void Place(BranchDefinition branch, List<GraphBox> before)
    {
        var boxes = new Dictionary<string, GraphBox>(StringComparer.OrdinalIgnoreCase);
        foreach (var action in branch.Actions)
        {
            var box = Of(action);
            Boxes.Add(box);
            boxes.TryAdd(action.Name, box);
        }

        var rows = Rows(branch, boxes);
        if (before.Count > 0)
        {
            Boxes.InsertRange(0, before);
            rows.Insert(0, before);
        }

        foreach (var action in branch.Actions)
        {
            if (action.RunAfter.Count == 0) Arrows.AddRange(before.Select(from => new GraphArrow(from, boxes[action.Name], null)));
            foreach (var after in action.RunAfter)
            {
                if (boxes.TryGetValue(after.Action, out var from)) Arrows.Add(new GraphArrow(from, boxes[action.Name], after.Statuses == RunAfterStatuses.Succeeded ? null : string.Join(", ", after.Written)));
            }
        }

        Arrange(rows);
    }

    // In the order of runAfter; what a faulty definition has in a circle, or behind one, comes last.
    private static List<List<GraphBox>> Rows(BranchDefinition branch, Dictionary<string, GraphBox> boxes)
    {
        var level = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var waiting = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var followers = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        var ready = new Queue<string>();
        foreach (var action in branch.Actions)
        {
            // A name that is there twice has one box.
            if (waiting.ContainsKey(action.Name)) continue;
            var before = action.RunAfter.Select(after => after.Action).Where(boxes.ContainsKey).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            waiting[action.Name] = before.Count;
            if (before.Count == 0) ready.Enqueue(action.Name);
            foreach (var name in before)
            {
                if (!followers.TryGetValue(name, out var list)) followers.Add(name, list = []);
                list.Add(action.Name);
            }
        }

        while (ready.TryDequeue(out var name))
        {
            var own = level[name] = level.GetValueOrDefault(name);
            foreach (var follower in followers.GetValueOrDefault(name) ?? [])
            {
                level[follower] = Math.Max(level.GetValueOrDefault(follower), own + 1);
                if (--waiting[follower] == 0) ready.Enqueue(follower);
            }
        }

        var last = level.Values.DefaultIfEmpty(-1).Max() + 1;
        foreach (var name in boxes.Keys.Where(name => waiting.GetValueOrDefault(name) > 0)) level[name] = last;
        return [.. boxes.GroupBy(entry => level[entry.Key]).OrderBy(row => row.Key).Select(row => row.Select(entry => entry.Value).ToList())];
    }

    private void Arrange(List<List<GraphBox>> rows)
    {
        var width = rows.Select(row => row.Sum(box => box.Width) + (Gap * (row.Count - 1))).DefaultIfEmpty(0).Max();
        var y = 0.0;
        foreach (var row in rows)
        {
            var x = (width - row.Sum(box => box.Width) - (Gap * (row.Count - 1))) / 2;
            foreach (var box in row)
            {
                box.Move(x, y);
                x += box.Width + Gap;
            }

            y += row.Max(box => box.Height) + RowGap;
        }

        Width = width;
        Height = Math.Max(y - RowGap, 0);
    }

    private static GraphBox Leaf(string title, string subtitle, bool isTrigger = false) =>
        new(title, subtitle) { IsTrigger = isTrigger, Width = Math.Max(MinimumWidth, (Math.Max(title.Length, subtitle.Length) * CharacterWidth) + (2 * Padding)), Height = BoxHeight };

    private static GraphBox Of(ActionDefinition action)
    {
        var box = Leaf(action.Name, action.Type);
        foreach (var branch in action.Branches.Where(branch => branch.Actions.Count > 0)) box.Groups.Add(Of(branch, action.Branches.Count == 1 ? string.Empty : branch.Label));
        if (box.Groups.Count == 0) return box;
        var hasLabels = box.Groups.Exists(group => group.Label.Length > 0);
        var top = BoxHeight + (hasLabels ? TitleHeight : 0);
        var width = box.Groups.Sum(group => Math.Max(group.Width, group.Label.Length * CharacterWidth)) + (Gap * (box.Groups.Count - 1)) + (2 * Padding);
        var x = Padding + (Math.Max(0, box.Width - width) / 2);
        foreach (var group in box.Groups)
        {
            var own = Math.Max(group.Width, group.Label.Length * CharacterWidth);
            group.Move(x + ((own - group.Width) / 2), top);
            x += own + Gap;
        }

        box.Width = Math.Max(box.Width, width);
        box.Height = top + box.Groups.Max(group => group.Height) + Padding;
        return box;
    }
}
