namespace FlowEngine.Actions;

/// <summary>Turns a schema object into <see cref="SchemaNode"/>s; references are resolved once, also where they form a circle.</summary>
internal sealed class SchemaCompiler(FlowValue root)
{
    // A chain of references that leads to no schema, or schemas deeper than any value can be read.
    private const int MaxDepth = 200;

    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);

    public SchemaNode Compile() => Node(root, "#", 0);

    private SchemaNode Node(FlowValue schema, string id, int depth)
    {
        if (depth > MaxDepth) throw new JsonSchemaException($"The schema at '{id}' refers to itself or is nested deeper than {MaxDepth} levels.");
        if (schema.AsObjectOrNull is not { } o) throw new JsonSchemaException($"The schema at '{id}' must be an object, but is of type '{ValueText.TypeName(schema)}'.");
        if (o.TryGetExact("$ref", out var reference) && reference.AsStringOrNull is { } target)
        {
            return _nodes.TryGetValue(target, out var known) ? known : Node(Resolve(target, id), target, depth + 1);
        }

        if (_nodes.TryGetValue(id, out var node)) return node;
        node = new SchemaNode(id);
        _nodes.Add(id, node);
        new Keywords(this, o, node, depth + 1).Read();
        return node;
    }

    private FlowValue Resolve(string reference, string from)
    {
        if (reference == "#") return root;
        if (reference.StartsWith("#/", StringComparison.Ordinal))
        {
            var current = root;
            foreach (var segment in reference[2..].Split('/'))
            {
                var name = Uri.UnescapeDataString(segment).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
                if (current.AsObjectOrNull is { } o && o.TryGetExact(name, out var member)) current = member;
                else if (current.IsArray && int.TryParse(name, out var index) && index >= 0 && index < current.AsArray.Count) current = current[index];
                else throw Unresolved(reference, from);
            }

            return current;
        }

        return FindById(root, reference, 0) ?? throw Unresolved(reference, from);
    }

    private static FlowValue? FindById(FlowValue value, string id, int depth)
    {
        if (depth > MaxDepth) return null;
        if (value.AsObjectOrNull is { } o)
        {
            if (o.TryGetExact("id", out var own) && own.AsStringOrNull == id) return value;
            foreach (var member in o.Values)
            {
                if (FindById(member, id, depth + 1) is { } found) return found;
            }
        }
        else if (value.AsArrayOrNull is { } items)
        {
            foreach (var item in items)
            {
                if (FindById(item, id, depth + 1) is { } found) return found;
            }
        }

        return null;
    }

    private static JsonSchemaException Unresolved(string reference, string from) => new($"The schema at '{from}' refers to '{reference}', which does not exist.");

    /// <summary>The keywords of one schema object.</summary>
    private readonly struct Keywords(SchemaCompiler compiler, FlowObject schema, SchemaNode node, int depth)
    {
        public void Read()
        {
            ReadTypes();
            node.MaxLength = Count("maxLength");
            node.MinLength = Count("minLength");
            node.Format = Member("format").AsStringOrNull;
            (node.Maximum, node.ExclusiveMaximum) = Bound("maximum", "exclusiveMaximum");
            (node.Minimum, node.ExclusiveMinimum) = Bound("minimum", "exclusiveMinimum");
            node.MultipleOf = Number("multipleOf");
            node.Enum = Member("enum").AsArrayOrNull;
            node.HasConst = schema.TryGetExact("const", out var constant);
            node.Const = constant;
            ReadObjectKeywords();
            ReadArrayKeywords();
            node.AllOf = List("allOf");
            node.AnyOf = List("anyOf");
            node.OneOf = List("oneOf");
            node.Not = Nested("not");
        }

        private void ReadObjectKeywords()
        {
            if (Member("properties").AsObjectOrNull is { } properties)
            {
                node.Properties = new Dictionary<string, SchemaNode>(StringComparer.Ordinal);
                foreach (var (name, property) in properties) node.Properties[name] = compiler.Node(property, $"{node.Id}/properties/{Escape(name)}", depth);
            }

            var additional = Member("additionalProperties");
            node.AllowsAdditionalProperties = !(additional.IsBoolean && !additional.AsBoolean);
            node.AdditionalProperties = additional.IsObject ? Nested("additionalProperties") : null;
            node.Required = Names(Member("required"));
            node.MaxProperties = Count("maxProperties");
            node.MinProperties = Count("minProperties");
            if (Member("dependencies").AsObjectOrNull is not { } dependencies) return;
            var keys = new List<(string, IReadOnlyList<string>)>();
            var schemas = new List<(string, SchemaNode)>();
            foreach (var (name, dependency) in dependencies)
            {
                if (dependency.IsObject) schemas.Add((name, compiler.Node(dependency, $"{node.Id}/dependencies/{Escape(name)}", depth)));
                else keys.Add((name, dependency.AsStringOrNull is { } one ? [one] : Names(dependency)));
            }

            node.KeyDependencies = keys;
            node.SchemaDependencies = schemas;
        }

        private void ReadArrayKeywords()
        {
            var items = Member("items");
            node.Items = items.IsObject ? Nested("items") : null;
            node.ItemsByPosition = items.IsArray ? List("items") : null;
            var additional = Member("additionalItems");
            node.AllowsAdditionalItems = !(additional.IsBoolean && !additional.AsBoolean);
            node.AdditionalItems = additional.IsObject ? Nested("additionalItems") : null;
            node.UniqueItems = Flag("uniqueItems");
            node.MaxItems = Count("maxItems");
            node.MinItems = Count("minItems");
        }

        private void ReadTypes()
        {
            var type = Member("type");
            if (type.IsNull) return;
            foreach (var name in type.AsArrayOrNull ?? FlowArray.Create(type))
            {
                node.Types |= name.AsStringOrNull switch
                {
                    "string" => SchemaTypes.String,
                    "number" => SchemaTypes.Number,
                    "integer" => SchemaTypes.Integer,
                    "boolean" => SchemaTypes.Boolean,
                    "object" => SchemaTypes.Object,
                    "array" => SchemaTypes.Array,
                    "null" => SchemaTypes.Null,
                    "any" => SchemaTypes.String | SchemaTypes.Number | SchemaTypes.Integer | SchemaTypes.Boolean | SchemaTypes.Object | SchemaTypes.Array | SchemaTypes.Null,
                    _ => throw new JsonSchemaException($"The schema at '{node.Id}' has the type '{ValueText.Of(name)}', which is none of JSON's."),
                };
            }
        }

        private FlowValue Member(string keyword) => schema.TryGetExact(keyword, out var value) ? value : default;

        private bool Flag(string keyword) => Member(keyword) is { IsBoolean: true, AsBoolean: true };

        private long? Count(string keyword) => Number(keyword) is { IsNull: false } number ? (long)number.AsDouble : null;

        private FlowValue Number(string keyword)
        {
            var value = Member(keyword);
            return value.IsNull || value.IsNumber ? value : throw new JsonSchemaException($"The '{keyword}' of the schema at '{node.Id}' must be a number.");
        }

        // Draft-04 has a flag beside the bound; later drafts write the exclusive bound itself.
        private (FlowValue Bound, bool IsExclusive) Bound(string keyword, string exclusive) =>
            Member(exclusive) is { IsNumber: true } own ? (own, true) : (Number(keyword), Flag(exclusive));

        private SchemaNode? Nested(string keyword) => schema.TryGetExact(keyword, out var value) ? compiler.Node(value, $"{node.Id}/{keyword}", depth) : null;

        private SchemaNode[] List(string keyword)
        {
            if (Member(keyword).AsArrayOrNull is not { } list) return [];
            var nodes = new SchemaNode[list.Count];
            for (var i = 0; i < nodes.Length; i++) nodes[i] = compiler.Node(list[i], $"{node.Id}/{keyword}/{i}", depth);
            return nodes;
        }

        private static string[] Names(FlowValue value) =>
            value.AsArrayOrNull is { } list ? [.. list.Select(name => name.AsStringOrNull).OfType<string>()] : [];

        private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
    }
}
