using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Tests;

/// <summary>Reads documents as the tests of this folder want them.</summary>
internal static class Documents
{
    public static DefinitionOptions Options { get; } = new() { Catalog = BuiltInActions.Catalog, Functions = BuiltInFunctions.Table };

    public static WorkflowDocument Read(string text, bool strict = false) => WorkflowDocument.Read(text, "flow.json", Options with { Strict = strict });

    /// <summary>A definition with these actions, behind a Request trigger.</summary>
    public static WorkflowDocument Actions(string actions, bool strict = false) =>
        Read("""{"triggers":{"manual":{"type":"Request","kind":"Http","inputs":{}}},"actions":""" + actions + "}", strict);
}
