using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>The <c>expression</c> of If, Until and Switch, and the cases of a Switch.</summary>
internal static class ConditionRules
{
    public static void Check(ValidationContext context)
    {
        var trail = new PointerTrail();
        foreach (var node in context.Index.All)
        {
            switch (node.Action.Type)
            {
                case ContainerTypes.Switch:
                    CheckSwitch(context, node.Action, node.Action.Raw["expression"], JsonPointer.Append(node.Action.Path, "expression"));
                    CheckCases(context, node.Action);
                    break;
                case ContainerTypes.If or ContainerTypes.Until:
                    trail.Start(PointerSteps.None);
                    trail.Enter("expression");
                    CheckCondition(context, node.Action, node.Action.Raw["expression"], trail, isWhole: true);
                    break;
            }
        }
    }

    private static void CheckSwitch(ValidationContext context, ActionDefinition action, FlowValue expression, string pointer)
    {
        if (expression.AsStringOrNull is { } text)
        {
            if (text.Contains('@', StringComparison.Ordinal)) return;
            context.Faults.Error(
                DiagnosticCodes.SwitchOnLiteral,
                $"The property 'expression' of template action '{action.Name}' at {DiagnosticBag.LineAndColumn} is not a valid template language expression.",
                pointer,
                "InvalidTemplate",
                action.Name,
                $"An expression starts with '@'; a Switch on the text '{text}' always takes the same case.");
        }
        else if (!expression.IsObject && action.Raw.TryGetMember("expression", out _))
        {
            context.Faults.Error(
                DiagnosticCodes.SwitchOnLiteral,
                $"The template action '{action.Name}' at {DiagnosticBag.LineAndColumn} is not valid: Expression type '{expression.Kind}' is not supported. Expression must be either a 'String' or 'Object'.",
                pointer,
                "InvalidTemplate",
                action.Name);
        }
    }

    private static void CheckCases(ValidationContext context, ActionDefinition action)
    {
        var seen = new HashSet<FlowValue>();
        foreach (var branch in action.Branches)
        {
            if (branch.Path == $"{action.Path}/default/actions") continue;
            var at = branch.Path[..branch.Path.LastIndexOf('/')];
            if (branch.Case.IsNull)
            {
                context.Faults.Warning(DiagnosticCodes.CaseValue, $"The case '{branch.Label}' of action '{action.Name}' has no value; it is never taken.", FaultPlace.Name(at), null, action.Name);
            }
            else if (!branch.Case.IsString && !branch.Case.IsInteger)
            {
                var message = $"The case '{branch.Label}' of action '{action.Name}' is of type '{branch.Case.Kind}'; only values of types 'String, Integer' are compared.";
                context.Faults.Warning(DiagnosticCodes.CaseValue, message, JsonPointer.Append(at, "case"), null, action.Name);
            }
            else if (!seen.Add(branch.Case))
            {
                var message = $"The case '{branch.Label}' of action '{action.Name}' has the value of an earlier one; it is never taken.";
                context.Faults.Warning(DiagnosticCodes.CaseValue, message, JsonPointer.Append(at, "case"), null, action.Name);
            }
        }
    }

    // The trail leads from the action to the condition.
    private static void CheckCondition(ValidationContext context, ActionDefinition action, FlowValue condition, PointerTrail trail, bool isWhole)
    {
        string Pointer() => $"{action.Path}{trail.Steps()}";
        void Warn(string message, string? suggestion = null) => context.Faults.Warning(DiagnosticCodes.ConditionShape, message, Pointer(), null, action.Name, suggestion);

        if (condition.AsStringOrNull is { } text)
        {
            if (isWhole && !text.Contains('@', StringComparison.Ordinal)) Warn($"The condition of action '{action.Name}' is the text '{text}', which is no Boolean: it fails when it is reached.", "An expression starts with '@'.");
            return;
        }

        if (condition.AsObjectOrNull is not { } o)
        {
            if (isWhole && condition is { IsNull: false, IsBoolean: false }) Warn($"The condition of action '{action.Name}' is of type '{condition.Kind}', which is no Boolean.");
            return;
        }

        if (o.Count > 1) Warn($"A condition object must have exactly one member, the name of a function; it has '{string.Join("', '", o.Names.ToArray())}'.");
        for (var m = 0; m < o.Count; m++)
        {
            var (name, arguments) = (o.Names[m], o.Values[m]);
            trail.Enter(name);
            if (!context.Options.Functions.TryGet(name, context.Dialect, out var function))
            {
                var known = context.Options.Functions.Select(candidate => candidate.Name);
                context.Faults.Warning(
                    DiagnosticCodes.UnknownFunction,
                    $"The template function '{name}' is not defined or not valid.",
                    FaultPlace.Name(Pointer()),
                    "InvalidTemplate",
                    action.Name,
                    ValidationContext.DidYouMean(name, known));
            }
            else if (FunctionFaults.WrongCount(function, name, arguments.AsArrayOrNull?.Count ?? 1) is { } fault)
            {
                context.Faults.Warning(DiagnosticCodes.WrongArgumentCount, fault.Message, FaultPlace.Name(Pointer()), "InvalidTemplate", action.Name);
            }

            if (arguments.AsArrayOrNull is { } list)
            {
                for (var i = 0; i < list.Count; i++)
                {
                    trail.Enter(i);
                    if (list[i].IsArray) Warn($"An array can't be an argument of '{name}' in a condition.");
                    else CheckCondition(context, action, list[i], trail, isWhole: false);
                    trail.Leave();
                }
            }
            else if (arguments.IsObject)
            {
                CheckCondition(context, action, arguments, trail, isWhole: false);
            }
            else
            {
                Warn($"The arguments of '{name}' must be an array, or an object for a single one.");
            }

            trail.Leave();
        }
    }
}
