namespace FlowEngine.Testing;

/// <summary>How cassettes write <see cref="CassetteMatch"/>.</summary>
internal static class CassetteMatches
{
    public static IReadOnlyList<(string Name, CassetteMatch Match)> Names { get; } =
        [("order", CassetteMatch.Order), ("method", CassetteMatch.Method), ("uri", CassetteMatch.Uri), ("body", CassetteMatch.Body)];

    public static FlowArray Write(CassetteMatch match) => FlowArray.Create(Names.Where(name => match.HasFlag(name.Match)).Select(name => FlowValue.String(name.Name)));
}
