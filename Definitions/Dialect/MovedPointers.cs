namespace FlowEngine.Definitions;

/// <summary>Where the pointers of a rewritten definition lead in the definition as written.</summary>
internal sealed class MovedPointers(IReadOnlyDictionary<string, string> moved)
{
    /// <summary>The pointer in the definition as written. What stands nowhere there keeps its name below the nearest that does.</summary>
    public string Written(string pointer)
    {
        for (var end = pointer.Length; end > 0; end = pointer.LastIndexOf('/', end - 1))
        {
            if (moved.TryGetValue(pointer[..end], out var origin)) return origin + pointer[end..];
        }

        return pointer;
    }
}
