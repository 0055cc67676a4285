namespace FlowEngine.Definitions;

/// <summary>What resolving a template may cost. Variables can double each other, so every result is weighed before it is used.</summary>
internal sealed class ArmBudget
{
    /// <summary>Values and pieces of 16 characters; the largest template met in the wild needs a hundredth of it.</summary>
    private const long MaximumWeight = 5_000_000;

    /// <summary>Calls, variables, defaults and the containers in them that may wait for each other; each takes a few frames of the stack.</summary>
    private const int MaximumDepth = 250;

    private long _spent;
    private int _depth;

    /// <summary>Pays for a value with everything in it.</summary>
    /// <exception cref="ArmException">The budget is spent.</exception>
    public FlowValue Weigh(FlowValue value)
    {
        var pending = new Stack<FlowValue>();
        pending.Push(value);
        while (pending.TryPop(out var next))
        {
            Pay(1 + ((next.AsStringOrNull?.Length ?? 0) / 16));
            if (next.AsArrayOrNull is { } array)
            {
                foreach (var item in array) pending.Push(item);
            }
            else if (next.AsObjectOrNull is { } members)
            {
                foreach (var item in members.Values) pending.Push(item);
            }
        }

        return value;
    }

    /// <summary>Pays for text of a length before it is made.</summary>
    public void PayText(long length) => Pay(1 + (length / 16));

    /// <summary>Goes one level deeper.</summary>
    public void Enter()
    {
        if (_depth >= MaximumDepth) throw new ArmException($"its parts wait for each other more than {MaximumDepth} levels deep");
        _depth++;
    }

    /// <summary>Comes back.</summary>
    public void Leave() => _depth--;

    private void Pay(long weight)
    {
        _spent += weight;
        if (_spent > MaximumWeight) throw new ArmException("the template's expressions make more text than is read");
    }
}
