using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Connectors;

/// <summary>Checks elements against what they may have: what is unknown is an error, what changes nothing a warning; nothing is passed over in silence.</summary>
internal sealed class PolicyShapes(PolicyFaults faults)
{
    /// <summary>Checks an element and those in it, except policies, which have their own rows.</summary>
    public void Check(PolicyElement element, PolicyShape shape)
    {
        if (shape.IsWithoutEffect) faults.Add(DiagnosticCodes.PolicyWithoutEffect, DiagnosticSeverity.Warning, $"'{element.Name}' has no effect here.", element.Start, element.Name.Length);
        CheckAttributes(element, shape);
        CheckText(element, shape);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var child in element.Children)
        {
            if (shape.Children.TryGetValue(child.Name, out var inner))
            {
                if (inner.IsSingle && !seen.Add(child.Name)) faults.Error(DiagnosticCodes.PolicyValue, $"'{child.Name}' stands twice in '{element.Name}'.", child);
                Check(child, inner);
            }
            else if (!shape.HoldsPolicies)
            {
                Unknown(child, shape.Children.Keys, $"'{element.Name}' has no element '{child.Name}'.");
            }
        }
    }

    public void Unknown(PolicyElement element, IEnumerable<string> known, string message)
    {
        var nearest = NearestName.Find(element.Name, known);
        faults.Error(DiagnosticCodes.PolicyUnknown, message, element, nearest is null ? null : $"Did you mean '{nearest}'?");
    }

    private void CheckAttributes(PolicyElement element, PolicyShape shape)
    {
        foreach (var name in shape.Required)
        {
            if (!element.Attributes.ContainsKey(name)) faults.Error(DiagnosticCodes.PolicyValue, $"'{element.Name}' needs the attribute '{name}'.", element);
        }

        foreach (var (name, source) in element.Attributes)
        {
            var given = name.ToLowerInvariant();
            if (shape.Required.Contains(given) || shape.Optional.Contains(given)) continue;
            if (shape.WithoutEffect.TryGetValue(given, out var harmless))
            {
                if (!source.Value.Equals(harmless, StringComparison.OrdinalIgnoreCase))
                    faults.Add(DiagnosticCodes.PolicyWithoutEffect, DiagnosticSeverity.Warning, $"The attribute '{name}' of '{element.Name}' has no effect here.", source.At(0), source.Value.Length);
                continue;
            }

            var nearest = NearestName.Find(given, shape.Required.Concat(shape.Optional));
            faults.Add(DiagnosticCodes.PolicyUnknown, DiagnosticSeverity.Error, $"'{element.Name}' has no attribute '{name}' here.", source.At(0), source.Value.Length, nearest is null ? null : $"Did you mean '{nearest}'?");
        }
    }

    private void CheckText(PolicyElement element, PolicyShape shape)
    {
        if (shape.TakesText || element.Text.Trimmed() is not { Value.Length: > 0 } text) return;
        faults.Add(DiagnosticCodes.PolicyWithoutEffect, DiagnosticSeverity.Warning, $"Text in '{element.Name}' has no effect.", text.At(0), text.Value.Length);
    }
}
