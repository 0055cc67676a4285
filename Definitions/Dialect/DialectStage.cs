using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Rewrites the forms of the tutorial's dialect to the standard ones before a definition is read.</summary>
/// <remarks>
/// One rule a file; <c>docs/dialect.md</c> lists them. A definition without such forms leaves as it came. Pointers of what was moved
/// lead back to the file as written, so that diagnostics and errors of runs name the place that the reader sees.
/// </remarks>
internal static class DialectStage
{
    /// <summary>The definition in standard form.</summary>
    public static FoundDefinition Rewrite(FoundDefinition found, DefinitionOptions options, TemplateTextCache templates, DiagnosticBag faults)
    {
        if (found.Definition.AsObjectOrNull is not { } definition || found.Definition["actions"].AsObjectOrNull is not { } actions) return found;
        var context = new DialectContext(options, found.Definition, templates, faults) { ConnectionReferences = found.ConnectionReferences };
        var forms = DialectSurvey.Of(actions, context);
        if (forms == DialectForms.None) return found;
        DraftObject? draft = null;
        if (forms.HasFlag(DialectForms.Form))
        {
            draft = new DraftObject(definition, found.Pointer);
            Rewrite(draft.Open("actions")!, context); // an object, as seen above
        }

        // What was rewritten may have an open order that the survey didn't see.
        if (draft is not null || forms.HasFlag(DialectForms.OpenOrder))
        {
            var current = draft?.ToValue() ?? found.Definition;
            foreach (var (path, runAfter) in DataFlowOrder.Find(current, found.Pointer, context))
            {
                draft ??= new DraftObject(definition, found.Pointer);
                var action = draft;
                foreach (var name in path) action = action.Open(name)!; // the path was found in this very value
                action.Set("runAfter", runAfter);
            }
        }

        // An If whose condition is text fails in the service, but is saved: only beside other forms it is one. What was rewritten may hold some
        // that the survey didn't see.
        if (context.IsDialect && (draft is not null || forms.HasFlag(DialectForms.TextCondition)))
        {
            draft ??= new DraftObject(definition, found.Pointer);
            RewriteConditions(draft.Open("actions")!, context); // an object, as seen above
        }

        if (draft is null) return found with { IsDialect = context.HasForms };
        var moved = new Dictionary<string, string>(StringComparer.Ordinal);
        draft.CollectMoved(found.Pointer, moved);
        var pointers = new MovedPointers(moved);
        var rebase = found.Rebase;
        return found with
        {
            Definition = draft.ToValue(),
            Rebase = rebase is null ? pointers.Written : pointer => rebase(pointers.Written(pointer)),
            ConnectionReferences = context.ConnectionReferences,
            IsDialect = context.HasForms,
            Draft = draft,
            Computed = context.Computed,
        };
    }

    private static void Rewrite(DraftObject actions, DialectContext context)
    {
        var policy = RetryPolicyEntries.Take(actions, context);
        foreach (var member in actions.Members)
        {
            if (member.Open() is not { } action) continue;
            UntypedEntries.Rewrite(member.Name, action, context);
            TypeAliases.Rewrite(member.Name, action, context);
            RuntimeSettings.Rewrite(member.Name, action, context);
            TextInputs.Rewrite(member.Name, action, context);
            MemberVariables.Rewrite(member.Name, action, context);
            foreach (var nested in ActionMaps(action)) Rewrite(nested, context);
        }

        if (policy is not null) RetryPolicyEntries.Apply(policy, actions, context);
    }

    private static void RewriteConditions(DraftObject actions, DialectContext context)
    {
        foreach (var member in actions.Members)
        {
            if (member.Open() is not { } action) continue;
            if (TextConditions.Is(action.ToValue(), context)) TextConditions.Rewrite(member.Name, action, context);
            foreach (var nested in ActionMaps(action)) RewriteConditions(nested, context);
        }
    }

    /// <summary>The <c>actions</c> maps of an action.</summary>
    public static IEnumerable<DraftObject> ActionMaps(DraftObject action)
    {
        if (action.Open("actions") is { } own) yield return own;
        foreach (var name in NestedActions.Branches(action["type"]))
        {
            if (action.Open(name)?.Open("actions") is { } branch) yield return branch;
        }

        if (NestedActions.BranchList(action["type"]) is not { } list || action.Open(list) is not { } branches) yield break;
        foreach (var one in branches.Members)
        {
            if (one.Open()?.Open("actions") is { } branch) yield return branch;
        }
    }
}
