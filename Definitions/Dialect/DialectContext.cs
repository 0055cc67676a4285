using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>What the rules of the tutorial's dialect share while they rewrite one definition.</summary>
internal sealed class DialectContext(DefinitionOptions options, FlowValue definition, TemplateTextCache templates, DiagnosticBag faults)
{
    private readonly HashSet<string> _computed = new(StringComparer.Ordinal);
    private HashSet<string>? _variables;
    private bool? _callsExtensions;

    private static readonly string[] ConnectorTypes = ["ApiConnection", "OpenApiConnection", "ServiceProvider", "Function", "ApiManagement", "Swagger"];

    /// <summary>The definition's texts, parsed.</summary>
    public TemplateTextCache Templates => templates;

    /// <summary>Whether a form was met that the service refuses to save.</summary>
    public bool HasForms { get; private set; }

    /// <summary>Whether the lenient rules hold: a form was met, or expressions call what the service has not.</summary>
    /// <remarks>Expressions are looked through only for a stage that asks. That they call such a function the validator sees anyway; looking here too took 0.3 of 5.5 ms (<c>load.actions-1000</c>).</remarks>
    public bool IsDialect => HasForms || (_callsExtensions ??= ExtensionUses.AreIn(definition, templates, options.Functions));

    /// <summary>The workflow's <c>connectionReferences</c>, with those of its credential groups.</summary>
    public FlowValue ConnectionReferences { get; set; }

    /// <summary>Where texts stand that were exchanged for others: pieces of those have no place in the file.</summary>
    public IReadOnlyCollection<string> Computed => _computed;

    /// <summary>Whether the definition has a static result of that name.</summary>
    public bool IsStaticResult(string name) => definition["staticResults"].TryGetMember(name, out _);

    /// <summary>Whether a variable of that name is initialised anywhere.</summary>
    public bool IsVariable(string name) => (_variables ??= Variables(definition["actions"].AsObjectOrNull ?? FlowObject.Empty)).Contains(name);

    /// <summary>Whether there is an action type of that name.</summary>
    public bool IsType(string type) => options.Catalog.TryGet(type, out _);

    /// <summary>Whether actions of that type send requests by a <c>retryPolicy</c> in their inputs.</summary>
    public bool TakesRetryPolicy(string? type) =>
        type is not null
        && ((options.Catalog.TryGet(type, out var info) && info.InputMembers?.Contains("retryPolicy", StringComparer.OrdinalIgnoreCase) == true)
            || ConnectorTypes.Contains(type, StringComparer.OrdinalIgnoreCase));

    /// <summary>Notes that something only we run is used, which is told elsewhere.</summary>
    public void Mark() => HasForms = true;

    /// <summary>Notes that the text at a pointer was exchanged.</summary>
    public void NoteComputed(string pointer) => _computed.Add(pointer);

    /// <summary>Says that a form of the dialect is used: worth knowing, and an error where only what the service takes will do.</summary>
    /// <param name="code">The rule's code.</param>
    /// <param name="message">What was met.</param>
    /// <param name="standard">The standard form, as a sentence.</param>
    /// <param name="place">Where it is written.</param>
    /// <param name="action">The action concerned.</param>
    public void Report(string code, string message, string standard, FaultPlace place, string action)
    {
        HasForms = true;
        faults.InformationUnlessStrict(code, message + " The service refuses this.", place, null, action, standard);
    }

    /// <summary>Says that two parts of the file can't both hold.</summary>
    public void Conflict(string message, FaultPlace place, string action) => faults.Error(DiagnosticCodes.DialectConflict, message, place, null, action);

    private static HashSet<string> Variables(FlowObject actions)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var action in actions.Values)
        {
            if (string.Equals(action["type"].AsStringOrNull, "InitializeVariable", StringComparison.OrdinalIgnoreCase))
            {
                foreach (var variable in action["inputs"]["variables"].AsArrayOrNull ?? FlowArray.Empty)
                {
                    if (variable["name"].AsStringOrNull is { } name) names.Add(name);
                }
            }

            foreach (var (_, nested) in NestedActions.Of(action)) names.UnionWith(Variables(nested));
        }

        return names;
    }
}
