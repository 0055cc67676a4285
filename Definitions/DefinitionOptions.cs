using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>What a definition is read against: the layers above give it, nothing here knows them.</summary>
public sealed record DefinitionOptions
{
    /// <summary>The action types that there are.</summary>
    public required ActionCatalog Catalog { get; init; }

    /// <summary>The functions that expressions may call.</summary>
    public required FunctionTable Functions { get; init; }

    /// <summary>The types of triggers that the service has, in its spelling.</summary>
    public static IReadOnlyList<string> ServiceTriggerTypes => TriggerTypes.All;

    /// <summary>Types of triggers besides those of the service.</summary>
    public IReadOnlyList<string> OwnTriggerTypes { get; init; } = [];

    /// <summary>Whether what works here only, and what goes beyond the service's size limits, is an error.</summary>
    public bool Strict { get; init; }

    /// <summary>The product whose defaults hold; null finds it from the file.</summary>
    public HostProfile? Host { get; init; }

    /// <summary>Which workflow is meant where a file holds several; the name ignores case.</summary>
    public string? Flow { get; init; }

    /// <summary>The clock for what must not lie too far ahead.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>App settings that the <c>parameters.json</c> of a Standard project may ask for; null takes those of its <c>local.settings.json</c>.</summary>
    public FlowObject? AppSettings { get; init; }

    /// <summary>How long and how deep an expression may be (<see cref="ExpressionLimits.MaxLength"/>, <see cref="ExpressionLimits.MaxNesting"/>).</summary>
    public ExpressionLimits ExpressionLimits { get; init; } = ExpressionLimits.Default;

    /// <summary>What an archive may hold.</summary>
    public ArchiveLimits Archives { get; init; } = ArchiveLimits.Default;

    /// <summary>Files beyond this are refused. The largest definition met in the wild has 1.1 MB.</summary>
    public long MaximumFileBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Values for placeholders by name: <c>SITE</c> for <c>__SITE__</c>, <c>#{SITE}#</c>, <c>${SITE}</c>, <c>$(SITE)</c>, <c>{{SITE}}</c> and <c>#SITE#</c>. They are put into the text before it is read.</summary>
    public IReadOnlyDictionary<string, string> Placeholders { get; init; } = new Dictionary<string, string>();

    /// <summary>Values for the parameters of an ARM template, by name; the others have their default values. Names that the template does not declare mean nothing.</summary>
    public IReadOnlyDictionary<string, FlowValue> TemplateParameters { get; init; } = new Dictionary<string, FlowValue>();

    /// <summary>Parameters that the project of the flow declares for it; null finds them beside its file.</summary>
    internal IReadOnlyList<ProjectParameter>? ProjectParameters { get; init; }

    /// <summary>Whether more actions, or nested deeper, than the service allows are an error also where nothing else is strict.</summary>
    public bool RefusesBeyondService { get; init; }
}
