using System.Diagnostics.CodeAnalysis;

namespace FlowEngine;

/// <summary>What a type of a host says of the inputs that become it: a member for each property; required is what its constructor needs.</summary>
internal static class TypedInputs
{
    [RequiresUnreferencedCode("The members of the type are found by reflection.")]
    public static HostActionInputs Of(Type type, FlowValue schema)
    {
        if (type == typeof(FlowValue)) return HostActionInputs.Of(schema);
        var members = type.GetProperties().Where(property => property.GetIndexParameters().Length == 0).Select(property => CamelCase(property.Name)).ToArray();
        if (members.Length == 0) return HostActionInputs.Of(schema);
        var nullability = new System.Reflection.NullabilityInfoContext();
        var constructors = type.GetConstructors();
        var required = constructors is [var only]
            ? only.GetParameters().Where(parameter => !parameter.HasDefaultValue && nullability.Create(parameter).WriteState != System.Reflection.NullabilityState.Nullable).Select(parameter => CamelCase(parameter.Name ?? string.Empty)).ToArray()
            : [];
        return HostActionInputs.Of(schema, members, required);
    }

    // As the serializer writes them.
    private static string CamelCase(string name) => new Newtonsoft.Json.Serialization.CamelCaseNamingStrategy().GetPropertyName(name, hasSpecifiedName: false);
}
