namespace FlowEngine.Testing;

/// <summary>What the expressions of a flow read of a value that nobody has given: its members, its items, what it is compared with.</summary>
internal sealed class DataShape
{
    private const int MostChoices = 12;

    private readonly Dictionary<string, DataShape> _members = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<FlowValue> _choices = [];
    private readonly List<FlowValue> _shunned = [];
    private readonly Dictionary<string, int> _pieces = new(StringComparer.Ordinal);

    /// <summary>The members that are read, by name.</summary>
    public IReadOnlyDictionary<string, DataShape> Members => _members;

    /// <summary>Its items, all alike; null where none is read.</summary>
    public DataShape? Items { get; private set; }

    /// <summary>How many items are read by position at least.</summary>
    public int Count { get; private set; } = 1;

    /// <summary>What it is taken for.</summary>
    public DataUse Use { get; private set; }

    /// <summary>What it holds, where it is a text that another value is read out of.</summary>
    public DataShape? Held { get; private set; }

    /// <summary>How it holds that.</summary>
    public Holding Holding { get; private set; }

    /// <summary>Values it is compared with, in the order of the flow.</summary>
    public IReadOnlyList<FlowValue> Choices => _choices;

    /// <summary>Values with which the flow would end at once.</summary>
    public IReadOnlyList<FlowValue> Shunned => _shunned;

    /// <summary>Whether the flow looks for those that are null or empty.</summary>
    public bool IsBestAsNothing { get; private set; }

    /// <summary>Whether the flow asks if it is null, empty or without items.</summary>
    public bool IsAskedForNothing { get; private set; }

    /// <summary>What it is cut at, and how many pieces there must be.</summary>
    public IReadOnlyDictionary<string, int> Pieces => _pieces;

    /// <summary>The schema of a ParseJson that takes it; null where there is none.</summary>
    public FlowValue Schema { get; set; }

    /// <summary>Whether anything is known of it.</summary>
    public bool IsRead => _members.Count > 0 || Items is not null || Use != DataUse.Any || Held is not null || _choices.Count > 0 || _shunned.Count > 0 || _pieces.Count > 0 || !Schema.IsNull;

    /// <summary>All shapes from here on.</summary>
    public IEnumerable<DataShape> All()
    {
        yield return this;
        IEnumerable<DataShape> inner = _members.Values;
        if (Items is not null) inner = inner.Append(Items);
        if (Held is not null) inner = inner.Append(Held);
        foreach (var shape in inner.SelectMany(child => child.All())) yield return shape;
    }

    /// <summary>A member; a name with slashes walks through objects, as it does in expressions.</summary>
    public DataShape Member(string name)
    {
        var at = this;
        foreach (var step in name.Contains("//", StringComparison.Ordinal) ? [name] : name.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!at._members.TryGetValue(step, out var next)) at._members.Add(step, next = new DataShape());
            at = next;
        }

        return at;
    }

    /// <summary>Takes a shape of elsewhere as a member.</summary>
    public void Put(string name, DataShape shape) => _members[name] = shape;

    /// <summary>An item by its position, or any.</summary>
    public DataShape Item(int index = 0)
    {
        if (index is >= 0 and < 10) Count = Math.Max(Count, index + 1);
        return Items ??= new DataShape();
    }

    /// <summary>What is read out of it as a text.</summary>
    public DataShape HeldAs(Holding holding)
    {
        if (Held is not null) return Held;
        Holding = holding;
        return Held = new DataShape();
    }

    /// <summary>Takes note of a use; the strongest stays.</summary>
    public void TakeFor(DataUse use)
    {
        if (use > Use) Use = use;
    }

    /// <summary>Takes note of a value that would make a condition true.</summary>
    public void Choose(FlowValue value)
    {
        if (value.IsNull || value.AsStringOrNull is { Length: 0 }) IsAskedForNothing = true;
        else if (_choices.Count < MostChoices && !_choices.Contains(value)) _choices.Add(value);
    }

    /// <summary>Takes note of a value that would end the flow.</summary>
    public void Shun(FlowValue value)
    {
        if (value.IsNull || value.AsStringOrNull is { Length: 0 }) IsAskedForNothing = true;
        else if (_shunned.Count < MostChoices && !_shunned.Contains(value) && !_choices.Contains(value)) _shunned.Add(value);
    }

    /// <summary>Takes note that the flow looks for what is null or empty.</summary>
    public void PreferNothing() => IsAskedForNothing = IsBestAsNothing = true;

    /// <summary>Takes note that the flow asks whether there is anything.</summary>
    public void AskForNothing() => IsAskedForNothing = true;

    /// <summary>Takes note that it is cut at a text, and how many pieces are read.</summary>
    public void CutAt(string separator, int pieces)
    {
        if (separator.Length == 0 || pieces > 50) return;
        _pieces[separator] = Math.Max(pieces, _pieces.GetValueOrDefault(separator));
    }
}
