namespace FlowEngine.Definitions;

/// <summary>Types of actions, and the members that each type has and must have; the facts come from the <see cref="ActionCatalog"/>.</summary>
internal static class TypeRules
{
    private static readonly string[] CommonMembers =
        ["type", "kind", "inputs", "runAfter", "limit", "runtimeConfiguration", "operationOptions", "trackedProperties", "description", "metadata"];

    public static void Check(ValidationContext context)
    {
        var (ownShapes, inputShapes) = (new KnownShapes(), new KnownShapes());
        foreach (var node in context.Index.All)
        {
            var action = node.Action;
            if (action.Type.Length == 0)
            {
                context.Faults.Error(
                    DiagnosticCodes.MissingType,
                    $"The template action '{action.Name}' at {DiagnosticBag.LineAndColumn} is not valid: required property 'type' not found in JSON.",
                    FaultPlace.Name(action.Path),
                    "InvalidTemplate",
                    action.Name);
            }
            else if (action.TypeInfo is not { } info)
            {
                context.Faults.WarningUnlessStrict(
                    DiagnosticCodes.UnknownActionType,
                    $"The action '{action.Name}' has the type '{action.Type}', which is not known; it fails when it is reached, unless a mock answers for it.",
                    JsonPointer.Append(action.Path, "type"),
                    null,
                    action.Name,
                    ValidationContext.DidYouMean(action.Type, context.Options.Catalog.TypeNames));
            }
            else
            {
                CheckOwnMembers(context, action, info, ownShapes);
                if (info.TakesInputs) CheckInputs(context, action, info, inputShapes);
            }
        }
    }

    private static void CheckOwnMembers(ValidationContext context, ActionDefinition action, ActionTypeInfo info, KnownShapes known)
    {
        var shape = action.Raw.AsObject.Shape;
        if (known.Contains(shape, info)) return;
        var fits = true;
        foreach (var name in shape.Names)
        {
            if (IsKnown(name, info)) continue;
            fits = false;
            context.Faults.Warning(
                DiagnosticCodes.UnknownProperty,
                $"The workflow run action '{action.Name}' of type '{action.Type}' should not have the property '{name}'.",
                FaultPlace.Name(JsonPointer.Append(action.Path, name)),
                null,
                action.Name,
                ValidationContext.DidYouMean(name, KnownMembers(info)));
        }

        foreach (var member in info.RequiredMembers)
        {
            if (shape.Find(member) >= 0) continue;
            fits = false;
            context.Faults.Error(
                DiagnosticCodes.MissingProperty,
                $"The template action '{action.Name}' at {DiagnosticBag.LineAndColumn} is not valid: The property '{member}' is required on action type '{action.Type}'.",
                FaultPlace.Name(action.Path),
                "InvalidTemplate",
                action.Name);
        }

        if (fits) known.Add(shape, info);
    }

    private static bool IsKnown(string name, ActionTypeInfo info) =>
        (Contains(CommonMembers, name) && (info.TakesInputs || !name.Equals("inputs", StringComparison.OrdinalIgnoreCase)))
        || Contains(info.OwnMembers, name)
        || Contains(info.RequiredMembers, name);

    private static IEnumerable<string> KnownMembers(ActionTypeInfo info) =>
        CommonMembers.Where(member => member != "inputs" || info.TakesInputs).Concat(info.OwnMembers).Concat(info.RequiredMembers);

    private static bool Contains(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static void CheckInputs(ValidationContext context, ActionDefinition action, ActionTypeInfo info, KnownShapes known)
    {
        // An expression may stand for all of the inputs: what it gives is seen when it runs.
        if (action.Inputs.AsStringOrNull is { } text && text.Contains('@', StringComparison.Ordinal)) return;
        if (action.Inputs.AsObjectOrNull is not { } inputs)
        {
            if (info.RequiredInputs.Count == 0) return;
            var missing = action.Inputs.IsNull ? "is missing" : $"is of type '{action.Inputs.Kind}'";
            context.Faults.Error(
                DiagnosticCodes.MissingProperty,
                $"The inputs of workflow run action '{action.Name}' of type '{action.Type}' are not valid. The property 'inputs' {missing}; an object with '{string.Join("', '", info.RequiredInputs)}' was expected.",
                action.Inputs.IsNull ? FaultPlace.Name(action.Path) : JsonPointer.Append(action.Path, "inputs"),
                "WorkflowRunActionInputsMissingProperty",
                action.Name);
            return;
        }

        if (known.Contains(inputs.Shape, info)) return;
        var fits = true;
        foreach (var name in inputs.Names)
        {
            if (info.InputMembers is null || Contains(info.InputMembers, name) || name.StartsWith('@')) continue;
            fits = false;
            context.Faults.Error(
                DiagnosticCodes.UnknownInput,
                $"The 'inputs' of workflow run action '{action.Name}' of type '{action.Type}' should not have the property '{name}'.",
                FaultPlace.Name(JsonPointer.Append(action.Path, "inputs", name)),
                "WorkflowRunActionInputsInvalidProperty",
                action.Name,
                ValidationContext.DidYouMean(name, info.InputMembers));
        }

        foreach (var member in info.RequiredInputs)
        {
            if (inputs.Contains(member)) continue;
            fits = false;
            context.Faults.Error(
                DiagnosticCodes.MissingProperty,
                $"The inputs of workflow run action '{action.Name}' of type '{action.Type}' are not valid. The property '{member}' must be specified.",
                FaultPlace.Name(JsonPointer.Append(action.Path, "inputs")),
                "WorkflowRunActionInputsMissingProperty",
                action.Name);
        }

        if (fits) known.Add(inputs.Shape, info);
    }
}
