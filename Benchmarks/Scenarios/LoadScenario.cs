namespace FlowEngine.Benchmarks.Scenarios;

/// <summary>From text to a compiled workflow: parse, validate, compile.</summary>
internal sealed class LoadScenario(int actions)
{
    private readonly Lazy<string> _text = new(() => Flows.Whole(Flows.Large(actions)));

    public static LoadScenario Thousand { get; } = new(1_000);

    public string Name { get; } = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"load.actions-{actions}");

    public int Items { get; } = actions;

    public Workflow Load() => Workflow.Parse(_text.Value);
}
