using System.Globalization;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Where the names and values of a JSON text stand. Made only when the first place is asked for, so that a clean load pays nothing.</summary>
internal sealed class SourceMap
{
    private readonly string _file;
    private readonly string _text;
    private readonly List<Node> _nodes = [];

    public SourceMap(string file, string text)
    {
        _file = file;
        _text = text;
        Lines = new LineIndex(text);
        Build();
    }

    /// <summary>A value: links are indexes into the list of nodes, -1 for none; a name of no length is no name.</summary>
    private struct Node
    {
        public TextSpan Name;
        public TextSpan Value;
        public int LastChild;
        public int PreviousSibling;
        public int Index;
        public bool IsObject;
        public bool IsArray;
    }

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
        return At(ref node, pointer, node.IsObject || node.IsArray);
    }

    /// <summary>The place of the name to which the pointer leads.</summary>
    public SourceLocation LocateName(string pointer)
    {
        pointer = InText(pointer);
        var (node, found) = Find(pointer);
        return At(ref node, pointer, found);
    }

    /// <summary>The place of a piece of the string to which the pointer leads; escapes are counted as what they stand for.</summary>
    public SourceLocation Locate(string pointer, TextSpan piece)
    {
        pointer = InText(pointer);
        var (node, found) = Find(pointer);
        if (!found || !IsString(node.Value) || Computed.Contains(pointer)) return At(ref node, pointer, node.IsObject || node.IsArray);
        return Place(Within(node.Value, piece), pointer);
    }

    /// <summary>The place of a piece of the name to which the pointer leads.</summary>
    public SourceLocation LocateName(string pointer, TextSpan piece)
    {
        pointer = InText(pointer);
        var (node, found) = Find(pointer);
        if (!found || !IsString(node.Name)) return At(ref node, pointer, found);
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
        var (node, found) = Find(InText(pointer));
        return found ? _text.Substring(node.Value.Start, node.Value.Length) : null;
    }

    /// <summary>The text of the value at a pointer of the file; null where there is none.</summary>
    public TextSpan? ValueAt(string pointer) => Find(pointer) is (var node, true) ? node.Value : null;

    /// <summary>The members of the object at a pointer of the file, in order: name, text of the name, text of the value.</summary>
    public IReadOnlyList<(string Name, TextSpan NameSpan, TextSpan Value)> MembersAt(string pointer) =>
        Find(pointer) is ({ IsObject: true } node, true) ? [.. Children(node).Select(child => (Unescape(_nodes[child].Name), _nodes[child].Name, _nodes[child].Value))] : [];

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
        var pending = new Stack<(int Node, string Pointer)>();
        if (_nodes.Count > 0) pending.Push((0, string.Empty));
        while (pending.TryPop(out var entry))
        {
            var node = _nodes[entry.Node];
            var seen = new Dictionary<string, (TextSpan Span, string Name)>(StringComparer.OrdinalIgnoreCase);
            foreach (var child in Children(node))
            {
                var name = node.IsObject ? Unescape(_nodes[child].Name) : _nodes[child].Index.ToString(CultureInfo.InvariantCulture);
                var pointer = JsonPointer.Append(entry.Pointer, name);
                if (node.IsObject && !seen.TryAdd(name, (_nodes[child].Name, name)))
                {
                    var (span, first) = seen[name];
                    yield return (pointer, span, _nodes[child].Name, first == name);
                }

                if (_nodes[child].IsObject || _nodes[child].IsArray) pending.Push((child, pointer));
            }
        }
    }

    private string InText(string pointer) => Rebase is null ? pointer : Rebase(pointer);

    private List<int> Children(Node node)
    {
        var children = new List<int>();
        for (var child = node.LastChild; child >= 0; child = _nodes[child].PreviousSibling) children.Add(child);
        children.Reverse();
        return children;
    }

    private (Node Node, bool Found) Find(string pointer)
    {
        if (_nodes.Count == 0) return (new Node { Value = new TextSpan(0, Math.Min(1, _text.Length)), LastChild = -1 }, false);
        var at = 0;
        foreach (var segment in JsonPointer.Segments(pointer))
        {
            var next = Child(_nodes[at], segment);
            if (next < 0) return (_nodes[at], false);
            at = next;
        }

        return (_nodes[at], true);
    }

    // Children are linked from the last to the first, so the last of several equal names is met first: the one whose value counts.
    private int Child(Node node, string segment)
    {
        if (node.IsArray && int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            for (var child = node.LastChild; child >= 0; child = _nodes[child].PreviousSibling)
            {
                if (_nodes[child].Index == index) return child;
            }
        }

        var otherCase = -1;
        for (var child = node.IsObject ? node.LastChild : -1; child >= 0; child = _nodes[child].PreviousSibling)
        {
            var name = Unescape(_nodes[child].Name);
            if (name == segment) return child;
            if (name.Equals(segment, StringComparison.OrdinalIgnoreCase)) otherCase = child;
        }

        return otherCase;
    }

    private SourceLocation At(ref Node node, string pointer, bool name)
    {
        var span = name && node.Name.Length > 0 ? node.Name : node.IsObject || node.IsArray ? new TextSpan(node.Value.Start, 1) : node.Value;
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

    // One pass with a stack of its own: text nested thousands deep must give an answer as well.
    private void Build()
    {
        var scanner = new JsonScanner(_text);
        var open = new Stack<int>();
        var name = default(TextSpan);
        var count = new Stack<int>();
        var pendingName = default(TextSpan);
        while (scanner.Read())
        {
            var span = new TextSpan(scanner.Start, scanner.End - scanner.Start);
            switch (scanner.Kind)
            {
                case JsonTokenKind.ObjectStart or JsonTokenKind.ArrayStart:
                    open.Push(Add(span, name, open, count, scanner.Kind));
                    count.Push(0);
                    name = default;
                    break;
                case JsonTokenKind.ObjectEnd or JsonTokenKind.ArrayEnd when open.Count > 0:
                    Close(open.Pop(), scanner.End);
                    count.Pop();
                    name = pendingName = default;
                    break;
                case JsonTokenKind.String or JsonTokenKind.Bare when name.Length == 0 && open.Count > 0 && _nodes[open.Peek()].IsObject:
                    pendingName = span;
                    break;
                case JsonTokenKind.String or JsonTokenKind.Bare:
                    Add(span, name, open, count, scanner.Kind);
                    name = default;
                    break;
                case JsonTokenKind.Colon:
                    name = pendingName;
                    break;
                case JsonTokenKind.Comma:
                    name = pendingName = default;
                    break;
            }
        }
    }

    private void Close(int container, int end)
    {
        var node = _nodes[container];
        node.Value = new TextSpan(node.Value.Start, end - node.Value.Start);
        _nodes[container] = node;
    }

    private int Add(TextSpan value, TextSpan name, Stack<int> open, Stack<int> count, JsonTokenKind kind)
    {
        var index = 0;
        var previous = -1;
        if (open.Count > 0)
        {
            index = count.Pop();
            count.Push(index + 1);
            var parent = _nodes[open.Peek()];
            previous = parent.LastChild;
            parent.LastChild = _nodes.Count;
            _nodes[open.Peek()] = parent;
        }

        _nodes.Add(new Node
        {
            Name = name,
            Value = value,
            LastChild = -1,
            PreviousSibling = previous,
            Index = index,
            IsObject = kind == JsonTokenKind.ObjectStart,
            IsArray = kind == JsonTokenKind.ArrayStart,
        });
        return _nodes.Count - 1;
    }
}
