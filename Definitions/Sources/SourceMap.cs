using System.Globalization;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Where the names and values of a JSON text stand. Made only when the first place is asked for, so that a clean load pays nothing.</summary>
internal sealed class SourceMap
{
    private readonly string _file;
    private readonly string _text;
    private readonly Node? _root;
    private readonly Lock _lock = new();

    public SourceMap(string file, string text)
    {
        _file = file;
        _text = text;
        Lines = new LineIndex(text);
        _root = FirstValue();
    }

    /// <summary>A value; a name of no length is no name.</summary>
    private sealed class Node(TextSpan name, TextSpan value, JsonTokenKind kind)
    {
        public readonly TextSpan Name = name;
        public readonly bool IsObject = kind == JsonTokenKind.ObjectStart;
        public readonly bool IsArray = kind == JsonTokenKind.ArrayStart;

        /// <summary>The text of a scalar; of a container its opening bracket.</summary>
        public readonly TextSpan Value = value;

        /// <summary>Those found so far: they are looked for when somebody looks into the container, and no further than need be.</summary>
        public readonly List<Node> Children = [];

        /// <summary>Where the search for children goes on.</summary>
        public int Position = value.Start + 1;

        public bool IsComplete = kind is not (JsonTokenKind.ObjectStart or JsonTokenKind.ArrayStart);

        public bool IsContainer => IsObject || IsArray;
    }

    /// <summary>Whether no object has a name twice, nor in two cases: then a name is found without those behind it.</summary>
    public bool HasUniqueNames { get; init; }

    /// <summary>Pointers whose strings were computed: pieces of what they hold now have no place in the text.</summary>
    public IReadOnlySet<string> Computed { get; init; } = new HashSet<string>();

    /// <summary>Where the definition's pointers lead in the text, where they are not its own.</summary>
    public Func<string, string>? Rebase { get; init; }

    /// <summary>Lines of the text.</summary>
    public LineIndex Lines { get; }

    /// <summary>The place of the pointer: a scalar's value, a container's name. Where there is none, that of the nearest one above.</summary>
    public SourceLocation Locate(string pointer)
    {
        pointer = InText(pointer);
        var (node, _) = Find(pointer);
        return At(node, pointer, node.IsContainer);
    }

    /// <summary>The place of the name to which the pointer leads.</summary>
    public SourceLocation LocateName(string pointer)
    {
        pointer = InText(pointer);
        var (node, found) = Find(pointer);
        return At(node, pointer, found);
    }

    /// <summary>The place of a piece of the string to which the pointer leads; escapes are counted as what they stand for.</summary>
    public SourceLocation Locate(string pointer, TextSpan piece)
    {
        pointer = InText(pointer);
        var (node, found) = Find(pointer);
        if (!found || !IsString(node.Value) || Computed.Contains(pointer)) return At(node, pointer, node.IsContainer);
        return Place(Within(node.Value, piece), pointer);
    }

    /// <summary>The place of a piece of the name to which the pointer leads.</summary>
    public SourceLocation LocateName(string pointer, TextSpan piece)
    {
        pointer = InText(pointer);
        var (node, found) = Find(pointer);
        if (!found || !IsString(node.Name)) return At(node, pointer, found);
        return Place(Within(node.Name, piece), pointer);
    }

    /// <summary>Where a piece of the string, or of the name, stands in the text; null where the string is computed or not in double quotes.</summary>
    public TextSpan? PieceAt(string pointer, TextSpan piece, bool inName)
    {
        pointer = InText(pointer);
        var (node, found) = Find(pointer);
        var quoted = inName ? node.Name : node.Value;
        return found && quoted.Length > 1 && _text[quoted.Start] == '"' && !Computed.Contains(pointer) ? Within(quoted, piece) : null;
    }

    /// <summary>The text of the value to which the pointer leads, as it is written; null where there is none.</summary>
    public string? TextOf(string pointer)
    {
        return ValueAt(InText(pointer)) is { } span ? _text.Substring(span.Start, span.Length) : null;
    }

    /// <summary>The text of the value at a pointer of the file; null where there is none.</summary>
    public TextSpan? ValueAt(string pointer)
    {
        return Find(pointer) is (var node, true) ? WholeOf(node) : null;
    }

    /// <summary>The members of the object at a pointer of the file, in order: name, text of the name, text of the value.</summary>
    public IReadOnlyList<(string Name, TextSpan NameSpan, TextSpan Value)> MembersAt(string pointer) =>
        Find(pointer) is ({ IsObject: true } node, true) ? [.. Children(node).Select(child => (Unescape(child.Name), child.Name, WholeOf(child)))] : [];

    /// <summary>The place of a piece of the text.</summary>
    public SourceLocation Place(TextSpan span, string pointer)
    {
        var (line, column) = Lines.Find(span.Start);
        var (endLine, endColumn) = Lines.Find(Math.Max(span.End, span.Start));
        if (endLine != line) endColumn = Lines.Line(line).Length + 1;
        return new SourceLocation(_file, line, column, Math.Max(endColumn, column + 1), pointer);
    }

    /// <summary>Members that one object names twice, or that differ by case only: the pointer and the places of the earlier and the later name.</summary>
    public IEnumerable<(string Pointer, TextSpan Earlier, TextSpan Later, bool SameSpelling)> RepeatedNames()
    {
        var pending = new Stack<(Node Node, string Pointer)>();
        if (_root is not null) pending.Push((_root, string.Empty));
        while (pending.TryPop(out var entry))
        {
            var children = Children(entry.Node);
            var seen = new Dictionary<string, (TextSpan Span, string Name)>(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < children.Count; i++)
            {
                var child = children[i];
                var name = entry.Node.IsObject ? Unescape(child.Name) : i.ToString(CultureInfo.InvariantCulture);
                var pointer = JsonPointer.Append(entry.Pointer, name);
                if (entry.Node.IsObject && !seen.TryAdd(name, (child.Name, name)))
                {
                    var (span, first) = seen[name];
                    yield return (pointer, span, child.Name, first == name);
                }

                if (child.IsContainer) pending.Push((child, pointer));
            }
        }
    }

    private string InText(string pointer) => Rebase is null ? pointer : Rebase(pointer);

    private (Node Node, bool Found) Find(string pointer)
    {
        if (_root is null) return (new Node(default, new TextSpan(0, Math.Min(1, _text.Length)), JsonTokenKind.Bare), false);
        var at = _root;
        foreach (var segment in JsonPointer.Segments(pointer))
        {
            if (Child(at, segment) is not { } next) return (at, false);
            at = next;
        }

        return (at, true);
    }

    private Node? Child(Node node, string segment)
    {
        if (node.IsArray) return int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? ChildAt(node, index) : null;
        if (HasUniqueNames)
        {
            for (var i = 0; ChildAt(node, i) is { } child; i++)
            {
                if (Unescape(child.Name).Equals(segment, StringComparison.OrdinalIgnoreCase)) return child;
            }

            return null;
        }

        // From the last to the first: of several equal names the last one's value counts.
        Node? otherCase = null;
        var children = Children(node);
        for (var i = children.Count - 1; i >= 0; i--)
        {
            var name = Unescape(children[i].Name);
            if (name == segment) return children[i];
            if (name.Equals(segment, StringComparison.OrdinalIgnoreCase)) otherCase = children[i];
        }

        return otherCase;
    }

    private SourceLocation At(Node node, string pointer, bool name)
    {
        var span = name && node.Name.Length > 0 ? node.Name : node.IsContainer ? new TextSpan(node.Value.Start, 1) : node.Value;
        return Place(span, pointer);
    }

    private bool IsString(TextSpan span) => span.Length > 0 && _text[span.Start] is '"' or '\'';

    private TextSpan Within(TextSpan quoted, TextSpan piece)
    {
        var start = JsonEscapes.ToSource(_text, quoted, piece.Start);
        var end = Math.Max(JsonEscapes.ToSource(_text, quoted, piece.End), start);
        return new TextSpan(start, end - start);
    }

    private string Unescape(TextSpan name) => JsonEscapes.Unescape(_text, name);

    private Node? FirstValue()
    {
        var scanner = new JsonScanner(_text);
        while (scanner.Read())
        {
            if (scanner.Kind is JsonTokenKind.ObjectStart or JsonTokenKind.ArrayStart or JsonTokenKind.String or JsonTokenKind.Bare)
                return new Node(default, new TextSpan(scanner.Start, scanner.End - scanner.Start), scanner.Kind);
        }

        return null;
    }

    // Only what a pointer leads through is looked into: all places of 1,000 actions for one warning were 1,000 of 15,000 bytes an action (load.actions-1000).
    private List<Node> Children(Node container)
    {
        lock (_lock)
        {
            while (!container.IsComplete) FindNext(container);
            return container.Children;
        }
    }

    private Node? ChildAt(Node container, int index)
    {
        lock (_lock)
        {
            while (container.Children.Count <= index && !container.IsComplete) FindNext(container);
            return index < container.Children.Count ? container.Children[index] : null;
        }
    }

    private TextSpan WholeOf(Node node)
    {
        var scanner = new JsonScanner(_text, node.Value.Start + 1);
        return node.IsContainer && scanner.SkipContainer() ? new TextSpan(node.Value.Start, scanner.End - node.Value.Start) : node.Value;
    }

    // Adds the next child, or says that there is none.
    private void FindNext(Node container)
    {
        var scanner = new JsonScanner(_text, container.Position);
        if (container.Children is [.., { IsContainer: true }]) scanner.SkipContainer(); // the search stopped behind its bracket
        TextSpan name = default, pendingName = default;
        while (scanner.Read())
        {
            var span = new TextSpan(scanner.Start, scanner.End - scanner.Start);
            switch (scanner.Kind)
            {
                case JsonTokenKind.ObjectEnd or JsonTokenKind.ArrayEnd:
                    container.IsComplete = true;
                    return;
                case JsonTokenKind.String or JsonTokenKind.Bare when name.Length == 0 && container.IsObject:
                    pendingName = span;
                    break;
                case JsonTokenKind.String or JsonTokenKind.Bare or JsonTokenKind.ObjectStart or JsonTokenKind.ArrayStart:
                    container.Children.Add(new Node(name, span, scanner.Kind));
                    container.Position = scanner.End;
                    return;
                case JsonTokenKind.Colon:
                    name = pendingName;
                    break;
                case JsonTokenKind.Comma:
                    name = pendingName = default;
                    break;
            }
        }

        container.IsComplete = true;
    }
}
