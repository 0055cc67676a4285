namespace FlowEngine.Actions;

/// <summary>One schema with its keywords resolved. Filled by the compiler, read-only afterwards.</summary>
internal sealed class SchemaNode(string id)
{
    /// <summary>JSON Pointer, or the text of the reference that led here.</summary>
    public string Id { get; } = id;

    /// <summary>None where any type will do.</summary>
    public SchemaTypes Types { get; set; }

    public long? MaxLength { get; set; }

    public long? MinLength { get; set; }

    public string? Format { get; set; }

    public FlowValue Maximum { get; set; }

    public FlowValue Minimum { get; set; }

    public bool ExclusiveMaximum { get; set; }

    public bool ExclusiveMinimum { get; set; }

    public FlowValue MultipleOf { get; set; }

    public FlowArray? Enum { get; set; }

    public bool HasConst { get; set; }

    public FlowValue Const { get; set; }

    public Dictionary<string, SchemaNode>? Properties { get; set; }

    public SchemaNode? AdditionalProperties { get; set; }

    public bool AllowsAdditionalProperties { get; set; } = true;

    public IReadOnlyList<string> Required { get; set; } = [];

    public long? MaxProperties { get; set; }

    public long? MinProperties { get; set; }

    public IReadOnlyList<(string Property, IReadOnlyList<string> Keys)> KeyDependencies { get; set; } = [];

    public IReadOnlyList<(string Property, SchemaNode Schema)> SchemaDependencies { get; set; } = [];

    /// <summary>The schema of every item; null where there is none or <see cref="ItemsByPosition"/> has them.</summary>
    public SchemaNode? Items { get; set; }

    public IReadOnlyList<SchemaNode>? ItemsByPosition { get; set; }

    public SchemaNode? AdditionalItems { get; set; }

    public bool AllowsAdditionalItems { get; set; } = true;

    public bool UniqueItems { get; set; }

    public long? MaxItems { get; set; }

    public long? MinItems { get; set; }

    public IReadOnlyList<SchemaNode> AllOf { get; set; } = [];

    public IReadOnlyList<SchemaNode> AnyOf { get; set; } = [];

    public IReadOnlyList<SchemaNode> OneOf { get; set; } = [];

    public SchemaNode? Not { get; set; }
}

/// <summary>Types that a schema may name, in the order in which messages list them.</summary>
[Flags]
internal enum SchemaTypes
{
    None = 0,
    String = 1,
    Number = 2,
    Integer = 4,
    Boolean = 8,
    Object = 16,
    Array = 32,
    Null = 64,
}
