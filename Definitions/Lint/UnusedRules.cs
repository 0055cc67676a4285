using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Variables and parameters that nothing reads.</summary>
internal static class UnusedRules
{
    public static void Check(LintContext context)
    {
        var variables = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var parameters = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "$connections", "$authentication" };
        foreach (var call in context.Templates.SelectMany(use => use.Text.Calls()))
        {
            var into = call.Name.Equals("variables", StringComparison.OrdinalIgnoreCase) ? variables : call.Name.Equals("parameters", StringComparison.OrdinalIgnoreCase) ? parameters : null;
            if (into is null) continue;
            if (call.LiteralText(0) is not { } name) return; // A name that is computed may be any of them.
            into.Add(name);
        }

        foreach (var action in context.Definition.AllActions().Where(action => action.Type == "InitializeVariable"))
        {
            foreach (var variable in action.Inputs["variables"].AsArrayOrNull ?? FlowArray.Empty)
            {
                if (variable["name"].AsStringOrNull is { } name && !variables.Contains(name)) context.Report(LintRules.UnusedVariable, $"Nothing reads the variable '{name}'.", action.Path, action);
            }
        }

        // Those of the whole project are declared elsewhere, and others may use them.
        // The value of a parameter may use others, but a trigger is read for its templates above already.
        foreach (var parameter in context.Definition.Parameters.Where(parameter => !parameters.Contains(parameter.Name) && parameter.Path != context.Definition.Path))
            context.Report(LintRules.UnusedParameter, $"Nothing uses the parameter '{parameter.Name}'.", parameter.Path);
    }
}
