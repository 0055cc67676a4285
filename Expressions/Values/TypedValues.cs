using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;

namespace FlowEngine;

/// <summary>Values as types of the host, through Newtonsoft.Json and its attributes. Not for native binaries: it reads types by reflection.</summary>
public static class TypedValues
{
    private const string Reflection = "The members of the type are found by reflection.";

    private static JsonSerializerSettings? _settings;

    /// <summary>The value as a type of the host. Names ignore case; what the type has no member for is passed over; a member without a value keeps its default.</summary>
    /// <exception cref="InvalidCastException">It does not fit; the message says where.</exception>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public static T? To<T>(this FlowValue value)
    {
        if (value is T same) return same;
        try
        {
            return value.ToJToken().ToObject<T>(Serializer());
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException or ArgumentException or InvalidCastException)
        {
            throw new InvalidCastException($"The value of type '{value.TypeName}' is no '{typeof(T).Name}': {e.Message}", e);
        }
    }

    /// <summary>An object of the host as a value; names in camel case unless its attributes say otherwise. A <see cref="FlowValue"/> and a <see cref="JToken"/> stay what they are.</summary>
    /// <exception cref="InvalidCastException">It can't be written as JSON; the message says why.</exception>
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    public static FlowValue ToFlowValue(object? value)
    {
        if (value is FlowValue same) return same;
        if (value is null) return default;
        try
        {
            return (value as JToken ?? JToken.FromObject(value, Serializer())).ToFlowValue();
        }
        catch (JsonException e)
        {
            throw new InvalidCastException($"A '{value.GetType().Name}' can't be written as JSON: {e.Message}", e);
        }
    }

    // The resolver remembers what it has found of types, so there is one.
    [RequiresUnreferencedCode(Reflection)]
    [RequiresDynamicCode(Reflection)]
    private static JsonSerializer Serializer() => JsonSerializer.Create(_settings ??= new JsonSerializerSettings
    {
        ContractResolver = new DefaultContractResolver { NamingStrategy = new CamelCaseNamingStrategy(processDictionaryKeys: false, overrideSpecifiedNames: false) },
        DateParseHandling = DateParseHandling.None,
        MaxDepth = 1_000,
    });
}
