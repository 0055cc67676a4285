using System.Collections.Immutable;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>What the rules see of a definition.</summary>
internal sealed class ValidationContext
{
    /// <summary>The definition.</summary>
    public required WorkflowDefinition Definition { get; init; }

    /// <summary>Its actions by name.</summary>
    public required FlowIndex Index { get; init; }

    /// <summary>Every text with an expression.</summary>
    public required ImmutableArray<TemplateUse> Templates { get; init; }

    /// <summary>The product whose limits hold.</summary>
    public required HostProfile Host { get; init; }

    /// <summary>Types, functions, strictness.</summary>
    public required DefinitionOptions Options { get; init; }

    /// <summary>Where faults go.</summary>
    public required DiagnosticBag Faults { get; init; }

    /// <summary>Whether expressions call what the service has not; known when the rules are through.</summary>
    public bool CallsExtensions { get; set; }

    /// <summary>The functions that there are in this reading.</summary>
    public ExpressionDialect Dialect => Options.Strict ? ExpressionDialect.Strict : ExpressionDialect.Extended;

    /// <summary>Whether the file uses a form of the tutorial's dialect, so that its lenient rules hold when it runs.</summary>
    public bool IsDialect { get; init; }

    /// <summary>A sentence that names the nearest candidate, or null.</summary>
    public static string? DidYouMean(string name, IEnumerable<string> candidates) =>
        NearestName.Find(name, candidates) is { } nearest ? $"Did you mean '{nearest}'?" : null;
}
