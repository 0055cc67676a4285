namespace FlowEngine.Testing;

/// <summary>How exactly two JSON values must be alike.</summary>
/// <param name="IgnoresOrder">Whether elements of arrays may come in another order.</param>
/// <param name="IgnoresExtra">Whether there may be further members, and further elements of arrays.</param>
/// <param name="Text">Compares texts: wanted, found; null compares exactly.</param>
internal sealed record JsonMatch(bool IgnoresOrder, bool IgnoresExtra, Func<string, string, bool>? Text = null)
{
    // Placeholders of WireMock's equalToJson.
    private const string Ignore = "${json-unit.ignore}";
    private const string AnyText = "${json-unit.any-string}";
    private const string AnyNumber = "${json-unit.any-number}";
    private const string AnyBoolean = "${json-unit.any-boolean}";

    public bool Fits(FlowValue wanted, FlowValue found)
    {
        switch (wanted.AsStringOrNull)
        {
            case Ignore:
                return true;
            case AnyText:
                return found.IsString;
            case AnyNumber:
                return found.IsNumber;
            case AnyBoolean:
                return found.IsBoolean;
            case { } text when Text is not null && found.AsStringOrNull is { } other:
                return Text(text, other);
        }

        if (wanted.AsObjectOrNull is { } members) return found.AsObjectOrNull is { } others && FitsMembers(members, others);
        if (wanted.AsArrayOrNull is not { } items) return wanted == found;
        return found.AsArrayOrNull is { } elements && (IgnoresOrder ? FitsInAnyOrder(items, elements) : FitsInOrder(items, elements));
    }

    private bool FitsMembers(FlowObject wanted, FlowObject found)
    {
        foreach (var (name, value) in wanted)
        {
            if (!found.TryGetExact(name, out var other))
            {
                if (value.AsStringOrNull == Ignore) continue;
                return false;
            }

            if (!Fits(value, other)) return false;
        }

        return IgnoresExtra || found.All(member => wanted.TryGetExact(member.Key, out _));
    }

    private bool FitsInOrder(FlowArray wanted, FlowArray found)
    {
        if (IgnoresExtra ? found.Count < wanted.Count : found.Count != wanted.Count) return false;
        for (var i = 0; i < wanted.Count; i++)
        {
            if (!Fits(wanted[i], found[i])) return false;
        }

        return true;
    }

    private bool FitsInAnyOrder(FlowArray wanted, FlowArray found)
    {
        if (IgnoresExtra ? found.Count < wanted.Count : found.Count != wanted.Count) return false;
        var taken = new bool[found.Count];
        foreach (var value in wanted)
        {
            var at = Enumerable.Range(0, found.Count).FirstOrDefault(i => !taken[i] && Fits(value, found[i]), -1);
            if (at < 0) return false;
            taken[at] = true;
        }

        return true;
    }
}
