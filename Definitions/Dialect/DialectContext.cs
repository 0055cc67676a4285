using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>What the rules of the tutorial's dialect share while they rewrite one definition.</summary>
internal sealed class DialectContext(ActionCatalog catalog, TemplateTextCache templates, DiagnosticBag faults)
{
    private static readonly string[] ConnectorTypes = ["ApiConnection", "OpenApiConnection", "ServiceProvider", "Function", "ApiManagement", "Swagger"];

    /// <summary>The definition's texts, parsed.</summary>
    public TemplateTextCache Templates => templates;

    /// <summary>Whether a form was met that the service refuses to save: only then do the lenient rules hold.</summary>
    public bool IsDialect { get; private set; }

    /// <summary>The workflow's <c>connectionReferences</c>, with those of its credential groups.</summary>
    public FlowValue ConnectionReferences { get; set; }

    /// <summary>Whether there is an action type of that name.</summary>
    public bool IsType(string type) => catalog.TryGet(type, out _);

    /// <summary>Whether actions of that type send requests by a <c>retryPolicy</c> in their inputs.</summary>
    public bool TakesRetryPolicy(string? type) =>
        type is not null
        && ((catalog.TryGet(type, out var info) && info.InputMembers?.Contains("retryPolicy", StringComparer.OrdinalIgnoreCase) == true)
            || ConnectorTypes.Contains(type, StringComparer.OrdinalIgnoreCase));

    /// <summary>Says that a form of the dialect is used: worth knowing, and an error where only what the service takes will do.</summary>
    /// <param name="code">The rule's code.</param>
    /// <param name="message">What was met.</param>
    /// <param name="standard">The standard form, as a sentence.</param>
    /// <param name="place">Where it is written.</param>
    /// <param name="action">The action concerned.</param>
    public void Report(string code, string message, string standard, FaultPlace place, string action)
    {
        IsDialect = true;
        faults.InformationUnlessStrict(code, message + " The service refuses this.", place, null, action, standard);
    }

    /// <summary>Says that two parts of the file can't both hold.</summary>
    public void Conflict(string message, FaultPlace place, string action) => faults.Error(DiagnosticCodes.DialectConflict, message, place, null, action);
}
