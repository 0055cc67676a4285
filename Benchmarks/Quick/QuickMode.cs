namespace FlowEngine.Benchmarks.Quick;

/// <summary>
/// <c>quick [FILTER]</c>: the scenarios whose names contain the filter, in seconds, as one JSON object on standard output. Times depend on the
/// machine; the ratio to a calibration loop that runs beside them, and the bytes, do not. What the figures mean: <c>docs/performance.md</c>.
/// </summary>
internal static class QuickMode
{
    public static void Run(string? filter, TextWriter output)
    {
        var scenarios = QuickScenarios.All().Where(scenario => filter is null || scenario.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)).ToArray();
        var calibrations = new List<double>(scenarios.Length + 1) { Calibration.Nanoseconds() };
        var results = new List<FlowValue>(scenarios.Length);
        foreach (var scenario in scenarios)
        {
            var measured = scenario.Measure();
            calibrations.Add(Calibration.Nanoseconds());
            // The calibrations before and after share the scenario's share of a busy or throttled machine.
            var beside = (calibrations[^2] + calibrations[^1]) / 2;
            results.Add(FlowValue.Object(
                ("name", FlowValue.String(scenario.Name)),
                ("value", Math.Round(measured.Value, 4)),
                ("unit", FlowValue.String(scenario.Unit)),
                ("bytes", measured.BytesPerItem),
                ("ratio", Math.Round(measured.NanosecondsPerItem / beside, 5))));
        }

        calibrations.Sort();
        output.WriteLine(FlowValue.Object(
            ("calibrationNs", Math.Round(calibrations[calibrations.Count / 2], 2)),
            ("scenarios", FlowArray.Create(results))).ToJson());
    }
}
