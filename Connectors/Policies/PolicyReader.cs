using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Connectors;

/// <summary>Makes policies of elements; every fault has its place.</summary>
internal sealed class PolicyReader(PolicyFaults faults)
{
    private static readonly Dictionary<string, PolicyRow> Rows = PolicyTable.Rows.ToDictionary(row => row.Name, StringComparer.Ordinal);

    private readonly PolicyShapes _shapes = new(faults);

    public PolicyFaults Faults => faults;

    /// <summary>Checks an element that is no policy.</summary>
    public void Check(PolicyElement element, PolicyShape shape) => _shapes.Check(element, shape);

    /// <summary>The policies that stand in an element.</summary>
    public PolicySequence Sequence(PolicyElement parent) => new([.. parent.Children.Select(Policy).OfType<IPolicy>()]);

    /// <summary>An attribute; null where it is missing.</summary>
    public PolicyValue? Attribute(PolicyElement element, string name) =>
        element.Attributes.TryGetValue(name, out var source) ? PolicyValue.Read(source, $"'{name}' of '{element.Name}'", faults) : null;

    /// <summary>An attribute that must be there; its absence has been diagnosed.</summary>
    public PolicyValue Needed(PolicyElement element, string name) => Attribute(element, name) ?? PolicyValue.Read(new PolicySource(string.Empty, element.Start, null), name, faults);

    /// <summary>An element's text.</summary>
    public PolicyValue Text(PolicyElement element) => PolicyValue.Read(element.Text, $"'{element.Name}'", faults);

    /// <summary>An attribute that is one of some words; an error where it is another.</summary>
    public string Word(PolicyElement element, string name, string otherwise, params IReadOnlyList<string> words)
    {
        if (!element.Attributes.TryGetValue(name, out var source)) return otherwise;
        if (words.Contains(source.Value)) return source.Value;
        var nearest = NearestName.Find(source.Value, words);
        faults.Add(DiagnosticCodes.PolicyValue, DiagnosticSeverity.Error, $"'{name}' of '{element.Name}' must be one of {string.Join(", ", words)}.", source.At(0), source.Value.Length, nearest is null ? null : $"Did you mean '{nearest}'?");
        return otherwise;
    }

    private IPolicy? Policy(PolicyElement element)
    {
        if (!Rows.TryGetValue(element.Name, out var row))
        {
            _shapes.Unknown(element, Rows.Keys, $"There is no policy '{element.Name}' here.");
            return null;
        }

        _shapes.Check(element, row.Shape);
        return row.Create(element, this);
    }
}
