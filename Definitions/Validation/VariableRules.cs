namespace FlowEngine.Definitions;

/// <summary>InitializeVariable: where it stands, what it names, which types there are.</summary>
internal static class VariableRules
{
    private const int MaximumVariables = 250;
    private const int MaximumNameLength = 80;

    private static readonly string[] Types = ["String", "Integer", "Float", "Boolean", "Array", "Object"];

    /// <summary>A variable that an action initialises.</summary>
    public sealed record Declaration(string Name, ActionNode Node, string Pointer, FlowValue Entry);

    /// <summary>All variables that the flow initialises, in document order.</summary>
    public static IEnumerable<Declaration> Declarations(ValidationContext context)
    {
        foreach (var node in context.Index.All)
        {
            if (node.Action.Type != "InitializeVariable" || node.Action.Inputs["variables"].AsArrayOrNull is not { } variables) continue;
            var pointer = JsonPointer.Append(JsonPointer.Append(node.Action.Path, "inputs"), "variables");
            for (var i = 0; i < variables.Count; i++)
            {
                if (variables[i]["name"].AsStringOrNull is { } name) yield return new Declaration(name, node, JsonPointer.Append(pointer, i), variables[i]);
            }
        }
    }

    public static void Check(ValidationContext context)
    {
        foreach (var node in context.Index.All)
        {
            if (node.Action.Type != "InitializeVariable") continue;
            CheckNames(context, node);
            if (node.Parent is not { } parent) continue;
            context.Faults.Error(
                DiagnosticCodes.VariableNotAtTopLevel,
                $"The workflow run action '{node.Action.Name}' of type 'InitializeVariable' is nested in action '{parent.Action.Name}'. Variables can only be initialized at the top level.",
                FaultPlace.Name(node.Action.Path),
                "InvalidVariableInitialization",
                node.Action.Name);
        }

        var seen = new Dictionary<string, Declaration>(StringComparer.OrdinalIgnoreCase);
        foreach (var declaration in Declarations(context))
        {
            if (!seen.TryAdd(declaration.Name, declaration)) Twice(context, declaration, seen[declaration.Name]);
            CheckType(context, declaration);
            if (declaration.Name.Length <= MaximumNameLength) continue;
            context.Faults.WarningUnlessStrict(
                DiagnosticCodes.NameTooLong,
                $"The variable name '{declaration.Name}' has {declaration.Name.Length} characters; the service allows {MaximumNameLength}.",
                JsonPointer.Append(declaration.Pointer, "name"),
                null,
                declaration.Node.Action.Name);
        }

        if (seen.Count <= MaximumVariables) return;
        context.Faults.WarningUnlessStrict(
            DiagnosticCodes.TooMany,
            $"The definition has {seen.Count} variables; the service allows {MaximumVariables}.",
            FaultPlace.Name(JsonPointer.Append(context.Definition.Path, "actions")),
            "InvalidTemplate");
    }

    private static void CheckNames(ValidationContext context, ActionNode node)
    {
        var variables = node.Action.Inputs["variables"];
        for (var i = 0; i < (variables.AsArrayOrNull?.Count ?? 0); i++)
        {
            if (variables.AsArray[i]["name"].AsStringOrNull is { Length: > 0 }) continue;
            context.Faults.Error(
                DiagnosticCodes.MissingProperty,
                $"The inputs of workflow run action '{node.Action.Name}' of type 'InitializeVariable' are not valid. The property 'name' of a variable must be specified.",
                JsonPointer.Append(JsonPointer.Append(node.Action.Path, "inputs", "variables"), i),
                "WorkflowRunActionInputsMissingProperty",
                node.Action.Name);
        }
    }

    private static void Twice(ValidationContext context, Declaration declaration, Declaration first) => context.Faults.Error(
        DiagnosticCodes.VariableInitialisedTwice,
        $"The inputs of workflow run action '{declaration.Node.Action.Name}' of type 'InitializeVariable' are not valid. The variable '{declaration.Name}' is initialized in action '{first.Node.Action.Name}' already. A variable must only be initialized once.",
        JsonPointer.Append(declaration.Pointer, "name"),
        "InvalidVariableInitialization",
        declaration.Node.Action.Name,
        "Use SetVariable to change it.");

    private static void CheckType(ValidationContext context, Declaration declaration)
    {
        var written = declaration.Entry["type"].AsStringOrNull;
        if (written is not null && (written.Contains('@', StringComparison.Ordinal) || Types.Contains(written, StringComparer.OrdinalIgnoreCase)))
        {
            CheckValue(context, declaration, Types.FirstOrDefault(type => type.Equals(written, StringComparison.OrdinalIgnoreCase)));
            return;
        }

        context.Faults.Error(
            DiagnosticCodes.UnknownVariableType,
            $"The inputs of workflow run action '{declaration.Node.Action.Name}' of type 'InitializeVariable' are not valid. The variable '{declaration.Name}' {(written is null ? "has no type" : $"has the type '{written}'")}; supported types are '{string.Join(", ", Types)}'.",
            written is null ? FaultPlace.Name(JsonPointer.Append(declaration.Pointer, "name")) : JsonPointer.Append(declaration.Pointer, "type"),
            "InvalidVariableInitialization",
            declaration.Node.Action.Name,
            written is null ? null : ValidationContext.DidYouMean(written, Types));
    }

    // A literal of another type is saved and fails when it is reached; text with an expression may give anything.
    private static void CheckValue(ValidationContext context, Declaration declaration, string? type)
    {
        var value = declaration.Entry["value"];
        var fits = (type, value.Kind) switch
        {
            (null, _) or (_, FlowValueKind.Null) => true,
            (_, FlowValueKind.String) when value.AsString.StartsWith('@') => true,
            ("Integer", FlowValueKind.Integer) or ("Boolean", FlowValueKind.Boolean) or ("String", FlowValueKind.String) => true,
            ("Array", FlowValueKind.Array) or ("Object", FlowValueKind.Object) => true,
            ("Float", _) => value.IsNumber,
            _ => false,
        };
        if (fits) return;
        context.Faults.Warning(
            DiagnosticCodes.VariableValueType,
            $"The variable '{declaration.Name}' of type '{type}' cannot be initialized or updated with value of type '{value.Kind}'. The variable '{declaration.Name}' only supports values of types '{type}'.",
            JsonPointer.Append(declaration.Pointer, "value"),
            "InvalidTemplate",
            declaration.Node.Action.Name);
    }
}
