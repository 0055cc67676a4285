namespace FlowEngine.Definitions;

/// <summary>Names that stand twice in one object. Of data the last one counts; two actions of one name the service refuses.</summary>
internal static class RepeatedNameRules
{
    public static void Check(SourceMap sources, WorkflowDefinition definition, DiagnosticBag faults)
    {
        var maps = definition.AllActions().SelectMany(action => action.Branches).Append(definition.Root).Select(branch => branch.Path).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (pointer, earlier, later, sameSpelling) in sources.RepeatedNames())
        {
            var name = JsonPointer.Last(pointer);
            var first = sources.Place(earlier, pointer);
            var at = new FaultPlace(pointer, Absolute: later);
            if (maps.Contains(pointer[..pointer.LastIndexOf('/')]))
            {
                // Names that differ by case are still two actions; the rule for names tells those.
                if (!sameSpelling) continue;
                faults.Error(
                    DiagnosticCodes.DuplicateActionName,
                    $"The action name '{name}' is used more than once; names are unique in the whole workflow, ignoring case.",
                    at,
                    "DuplicateActionName",
                    name,
                    $"The first one is at line {first.Line}, column {first.Column}.");
                continue;
            }

            var message = sameSpelling
                ? $"The name '{name}' is there already, at line {first.Line}, column {first.Column}; the last one counts."
                : $"The name '{name}' differs by case only from the one at line {first.Line}, column {first.Column}.";
            faults.Warning(sameSpelling ? DiagnosticCodes.DuplicateKey : DiagnosticCodes.KeysDifferByCase, message, at);
        }
    }
}
