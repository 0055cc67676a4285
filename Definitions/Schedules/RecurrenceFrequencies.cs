namespace FlowEngine.Definitions;

/// <summary>The frequencies of a <c>recurrence</c>, and what is known of each before it is computed.</summary>
internal static class RecurrenceFrequencies
{
    /// <summary>Names and lengths in days; months and years as the service counts them for its limits.</summary>
    public static IReadOnlyList<(string Name, double Days)> All { get; } =
        [("Second", 1 / 86400d), ("Minute", 1 / 1440d), ("Hour", 1 / 24d), ("Day", 1), ("Week", 7), ("Month", 30), ("Year", 365)];

    /// <summary>The names, shortest first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(entry => entry.Name)];

    /// <summary>Those that a <c>schedule</c> goes with.</summary>
    public static IReadOnlyList<string> Scheduled { get; } = ["Day", "Week", "Month"];

    /// <summary>The name as it is spelt; null where the value is none.</summary>
    public static string? Find(FlowValue written) => Names.FirstOrDefault(name => name.Equals(written.AsStringOrNull, StringComparison.OrdinalIgnoreCase));

    /// <summary>The length in days.</summary>
    public static double DaysOf(string name) => All.First(entry => entry.Name == name).Days;
}
