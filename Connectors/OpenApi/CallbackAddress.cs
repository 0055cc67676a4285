using FlowEngine.Actions;
using Microsoft.OpenApi;

namespace FlowEngine.Connectors;

/// <summary>Tells an operation where its action waits to be called back: in what its document marks with <c>x-ms-notification-url</c>.</summary>
internal static class CallbackAddress
{
    private const string Mark = "x-ms-notification-url";

    // Schemas may contain themselves.
    private const int MaxDepth = 16;

    public static bool IsMarked(IDictionary<string, IOpenApiExtension>? extensions) =>
        extensions?.TryGetValue(Mark, out var mark) is true && mark is JsonNodeExtension { Node: { } node } && node.ToString() is "true" or "True";

    /// <summary>The call with the address wherever it belongs and the flow has not written one itself.</summary>
    public static ConnectorCall Fill(ConnectorCall call, ConnectorOperation operation, FlowValue address)
    {
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.IsCallbackAddress))
        {
            if (call.Path is null) call = call with { Parameters = With(call.Parameters, parameter.Name, address) };
            else if (parameter.In == ParameterLocation.Query) call = call with { Queries = With(call.Queries, parameter.Name, address) };
            else if (parameter.In == ParameterLocation.Header) call = call with { Headers = With(call.Headers, parameter.Name, address) };
        }

        if (operation.Body is not { } body || PathIn(body.Schema, 0, []) is not { } path) return call;
        return call.Path is null
            ? call with { Parameters = With(call.Parameters, $"{body.Name}/{string.Join('/', path)}", address) }
            : call with { Body = With(call.Body.AsObjectOrNull ?? FlowObject.Empty, path, 0, address) };
    }

    private static List<string>? PathIn(IOpenApiSchema? schema, int depth, HashSet<object> seen)
    {
        if (schema is OpenApiSchemaReference { RecursiveTarget: { } target }) schema = target;
        if (schema?.Properties is not { } properties || depth == MaxDepth || !seen.Add(schema)) return null;
        foreach (var (name, property) in properties)
        {
            if (IsMarked(property.Extensions)) return [name];
            if (PathIn(property, depth + 1, seen) is { } inner) return [name, .. inner];
        }

        return null;
    }

    private static FlowObject With(FlowObject values, string name, FlowValue address) => values[name].IsNull ? values.ToBuilder().Set(name, address).ToObject() : values;

    private static FlowValue With(FlowObject values, List<string> path, int at, FlowValue address) => at == path.Count - 1
        ? With(values, path[at], address)
        : values.ToBuilder().Set(path[at], With(values[path[at]].AsObjectOrNull ?? FlowObject.Empty, path, at + 1, address)).ToValue();
}
