namespace FlowEngine.Definitions;

/// <summary>One of the forms in which a definition is kept. Tried in the order of <see cref="DefinitionShapes.All"/>.</summary>
internal interface IDefinitionShape
{
    /// <summary>Finds the definitions in a file's root value; none where the file is of another shape.</summary>
    IReadOnlyList<FoundDefinition> Find(FlowValue root);
}

/// <summary>A definition found in a file, and what stands around it.</summary>
/// <param name="Pointer">JSON Pointer of the definition.</param>
/// <param name="Definition">The definition.</param>
/// <param name="Host">The product that the shape speaks of.</param>
internal sealed record FoundDefinition(string Pointer, FlowValue Definition, HostProfile Host)
{
    /// <summary>The workflow's name, where the file tells it.</summary>
    public string? Name { get; init; }

    /// <summary>The template whose expressions the definition may hold; null where it stands in none.</summary>
    public ArmScope? Template { get; init; }

    /// <summary>Where the pointers of the definition lead in the file, where it isn't there as it is read; null where they are those of the file.</summary>
    public Func<string, string>? Rebase { get; init; }

    /// <summary>The workflow's <c>kind</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Values of parameters beside the definition, by name.</summary>
    public IReadOnlyDictionary<string, FlowValue> ParameterValues { get; init; } = new Dictionary<string, FlowValue>();

    /// <summary>The <c>connectionReferences</c> beside the definition.</summary>
    public FlowValue ConnectionReferences { get; init; }

    /// <summary>Whether it has forms of the tutorial's dialect.</summary>
    public bool IsDialect { get; init; }

    /// <summary>The definition as the tutorial's forms were rewritten; null where there were none.</summary>
    public DraftObject? Draft { get; init; }

    /// <summary>Pointers in the file of texts that were exchanged for others.</summary>
    public IReadOnlyCollection<string> Computed { get; init; } = [];
}
