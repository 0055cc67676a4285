namespace FlowEngine.Definitions;

/// <summary>An ARM template with workflow resources: among its resources, in those, in nested deployments and in the templates of content packages.</summary>
internal sealed class ArmTemplateShape : IDefinitionShape
{
    /// <summary>Deployments in deployments beyond this are not looked into.</summary>
    private const int MaximumDepth = 16;

    /// <summary>Whether a file is an ARM template.</summary>
    public static bool IsTemplate(FlowValue root) =>
        (root["$schema"].AsStringOrNull?.Contains("deploymentTemplate", StringComparison.OrdinalIgnoreCase) ?? false)
        || (root["resources"].IsArray && !DefinitionShapes.IsDefinition(root));

    public IReadOnlyList<FoundDefinition> Find(FlowValue root)
    {
        if (!IsTemplate(root)) return [];
        var found = new List<FoundDefinition>();
        Collect(root, string.Empty, new ArmScope(root, new Dictionary<string, FlowValue>()), 0, found);
        return found;
    }

    // Resources are a list, or an object of them by symbolic name.
    private static void Collect(FlowValue owner, string pointer, ArmScope scope, int depth, List<FoundDefinition> found)
    {
        if (depth > MaximumDepth) return;
        var at = JsonPointer.Append(pointer, "resources");
        if (owner["resources"].AsArrayOrNull is { } resources)
        {
            for (var i = 0; i < resources.Count; i++) Resource(resources[i], JsonPointer.Append(at, i), scope, depth, found);
        }
        else if (owner["resources"].AsObjectOrNull is { } named)
        {
            for (var i = 0; i < named.Count; i++) Resource(named.Values[i], JsonPointer.Append(at, named.Names[i]), scope, depth, found);
        }
    }

    private static void Resource(FlowValue resource, string pointer, ArmScope scope, int depth, List<FoundDefinition> found)
    {
        var properties = resource["properties"];
        var inProperties = JsonPointer.Append(pointer, "properties");
        if (IsWorkflow(resource) && properties.TryGetMember("definition", out var definition) && !definition.IsNull)
        {
            var name = NameOf(resource, scope);
            found.Add(new FoundDefinition(JsonPointer.Append(inProperties, "definition"), definition, HostProfile.Consumption)
            {
                Name = name,
                Kind = resource["kind"].AsStringOrNull is { } kind && !kind.StartsWith('[') ? kind : null,
                Template = scope,
                ParameterValues = DefinitionShapes.ReadParameterValues(properties["parameters"]),
            });
        }

        Collect(resource, pointer, scope, depth + 1, found);
        if (properties["template"].IsObject) Collect(properties["template"], JsonPointer.Append(inProperties, "template"), Nested(properties, scope), depth + 1, found);
        if (properties["mainTemplate"] is { IsObject: true } package)
        {
            // Brackets are doubled in it: the deployment of the package takes it as data.
            Collect(package, JsonPointer.Append(inProperties, "mainTemplate"), new ArmScope(package, new Dictionary<string, FlowValue>(), scope, isQuoted: true), depth + 1, found);
        }
    }

    // Without inner scope a nested template reads the parameters and variables of the outer one.
    private static ArmScope Nested(FlowValue properties, ArmScope scope)
    {
        var isInner = string.Equals(properties["expressionEvaluationOptions"]["scope"].AsStringOrNull, "inner", StringComparison.OrdinalIgnoreCase);
        return isInner ? new ArmScope(properties["template"], DefinitionShapes.ReadParameterValues(properties["parameters"]), scope) : scope;
    }

    private static bool IsWorkflow(FlowValue resource)
    {
        var type = resource["type"].AsStringOrNull;
        return type is not null && (type.Equals("Microsoft.Logic/workflows", StringComparison.OrdinalIgnoreCase) || type.StartsWith("Microsoft.Logic/workflows@", StringComparison.OrdinalIgnoreCase));
    }

    private static string NameOf(FlowValue resource, ArmScope scope)
    {
        if (resource["name"].AsStringOrNull is not { } name) return "workflow";
        try
        {
            return scope.Resolve(name).AsStringOrNull is { Length: > 0 } resolved ? resolved : name;
        }
        catch (ArmException)
        {
            return name; // Its text tells it apart as well.
        }
    }
}
