using FlowEngine.Actions;
using FlowEngine.Expressions;
using Microsoft.OpenApi;

namespace FlowEngine.Connectors;

/// <summary>The values of one call, sorted into those of its parameters and its body; defaults filled in, everything checked.</summary>
internal sealed class CallParameters
{
    private readonly ConnectorOperation _operation;
    private readonly Dictionary<(string Name, ParameterLocation In), FlowValue> _values = [];

    // Names of query parameters that the path of the call has already.
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

    private FlowValue _body;

    private CallParameters(ConnectorOperation operation) => _operation = operation;

    /// <summary>The body; see <see cref="HasBody"/>.</summary>
    public FlowValue Body => _body;

    public bool HasBody { get; private set; }

    /// <summary>The parameters that have a value, in the document's order.</summary>
    public IEnumerable<(ConnectorParameter Parameter, FlowValue Value)> In(ParameterLocation place)
    {
        foreach (var parameter in _operation.Parameters)
        {
            if (parameter.In == place && _values.TryGetValue((parameter.Name, place), out var value)) yield return (parameter, value);
        }
    }

    /// <summary>Of a flat object: <c>body/x/y</c> is a member of the body, an array's index may stand among the names.</summary>
    /// <exception cref="ConnectorException">A parameter that the operation doesn't have, or one that is missing or doesn't fit.</exception>
    public static CallParameters OfFlat(ConnectorOperation operation, FlowObject parameters)
    {
        var result = new CallParameters(operation);
        foreach (var (name, value) in parameters) result.Take(name, value);
        result.Complete();
        return result;
    }

    /// <summary>Of a call that gives path, queries, headers and body apart. What the operation doesn't have goes out as it is.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="path">The values in the path.</param>
    /// <param name="query">The query behind the path as written: what it names needs no default and isn't sent again.</param>
    /// <param name="queries">Query parameters beside it.</param>
    /// <param name="headers">Headers.</param>
    /// <param name="body">The body; null for none.</param>
    /// <exception cref="ConnectorException">A parameter that is missing or doesn't fit.</exception>
    public static CallParameters OfParts(ConnectorOperation operation, IReadOnlyDictionary<string, string> path, string query, FlowObject queries, FlowObject headers, FlowValue body)
    {
        var result = new CallParameters(operation);
        foreach (var parameter in operation.Parameters)
        {
            var value = parameter.In switch
            {
                ParameterLocation.Path => path.TryGetValue(parameter.Name, out var text) ? FlowValue.String(text) : default,
                ParameterLocation.Query => queries[parameter.Name],
                ParameterLocation.Header => headers[parameter.Name],
                _ => default,
            };
            if (!value.IsNull) result._values[(parameter.Name, parameter.In)] = value;
        }

        foreach (var field in query.Split('&', StringSplitOptions.RemoveEmptyEntries)) result._written.Add(Uri.UnescapeDataString(field.Split('=')[0].Replace('+', ' ')));
        (result._body, result.HasBody) = (body, !body.IsNull);
        result.Complete();
        return result;
    }

    private void Take(string name, FlowValue value)
    {
        if (TakeAll(name, value, StringComparison.Ordinal)) return;

        if (_operation.Body is { } body && BodyPath(body, name) is { } path)
        {
            HasBody = true;
            _body = path.Length == 0 ? value : Set(_body, path.Split('/'), 0, value);
            return;
        }

        if (TakeAll(name, value, StringComparison.OrdinalIgnoreCase)) return;
        var names = _operation.Parameters.Select(parameter => parameter.Name).Concat(_operation.Body is null ? [] : [_operation.Body.Name]).ToList();
        var nearest = NearestName.Find(name, names);
        throw Refused(
            $"The operation '{_operation.Name}' has no parameter '{name}'. {(nearest is null ? $"It has: {(names.Count == 0 ? "none" : string.Join(", ", names))}." : $"Did you mean '{nearest}'?")}");
    }

    // One name may stand in several places: path and query, say.
    private bool TakeAll(string name, FlowValue value, StringComparison comparison)
    {
        var isThere = false;
        foreach (var parameter in _operation.Parameters)
        {
            if (!parameter.Name.Equals(name, comparison)) continue;
            isThere = true;

            // No value is as good as none: the default stands in (assumed).
            if (!value.IsNull) _values[(parameter.Name, parameter.In)] = value;
        }

        return isThere;
    }

    // Fields of a form stand beside the other parameters in documents of version 2.0.
    private static string? BodyPath(ConnectorBody body, string name)
    {
        foreach (var root in new[] { body.Name, "body" })
        {
            if (name.Equals(root, StringComparison.OrdinalIgnoreCase)) return string.Empty;
            if (name.StartsWith(root + "/", StringComparison.OrdinalIgnoreCase)) return name[(root.Length + 1)..];
        }

        return body.IsForm && body.Schema?.Properties?.ContainsKey(name) == true ? name : null;
    }

    private static FlowValue Set(FlowValue target, string[] path, int at, FlowValue value)
    {
        if (at == path.Length) return value;
        if (target.AsArrayOrNull is { } array && int.TryParse(path[at], out var index) && index >= 0 && index < array.Count)
        {
            var items = array.AsSpan().ToArray();
            items[index] = Set(items[index], path, at + 1, value);
            return FlowArray.Create(items);
        }

        var o = target.AsObjectOrNull ?? FlowObject.Empty;
        var changed = Set(o[path[at]], path, at + 1, value);
        return o.Contains(path[at]) ? o.ToBuilder().Replace(o.Names[o.IndexOf(path[at])], changed).ToValue() : o.ToBuilder().Add(path[at], changed).ToValue();
    }

    private void Complete()
    {
        foreach (var parameter in _operation.Parameters)
        {
            var key = (parameter.Name, parameter.In);
            if (!_values.TryGetValue(key, out var value))
            {
                if (parameter.In == ParameterLocation.Query && _written.Contains(parameter.Name)) continue;
                if (!parameter.Default.IsNull) _values[key] = value = parameter.Default;
                else if (parameter.Required && parameter.Name != PathTemplate.ConnectionId[1..^1]) throw Refused($"The operation '{_operation.Name}' needs the parameter '{parameter.Name}'.");
                else continue;
            }

            if (SchemaCheck.Fault(parameter.Schema, value, $"The parameter '{parameter.Name}'") is { } fault) throw Refused(fault);
        }

        CompleteBody();
    }

    private void CompleteBody()
    {
        if (_operation.Body is not { } body) return;
        if (!HasBody && body.IsForm && FillDefaults(body.Schema, FlowObject.Empty, 0) is { Count: > 0 } fields) (_body, HasBody) = (fields, true);
        if (!HasBody || _body.IsNull)
        {
            if (body.Required) throw Refused($"The operation '{_operation.Name}' needs a body ('{body.Name}').");
            return;
        }

        if (_body.AsObjectOrNull is { } o && BinaryContent.FromValue(_body) is null)
        {
            _body = FillDefaults(body.Schema, o, 0);
            if (SchemaCheck.Fault(body.Schema, _body, "The body") is { } fault) throw Refused(fault);
        }
    }

    // Required members of the body with a default are the designer's hidden ones: flows leave them out.
    private static FlowObject FillDefaults(IOpenApiSchema? schema, FlowObject value, int depth)
    {
        if (schema?.Properties is not { } properties || depth > 16) return value;
        foreach (var (name, property) in properties)
        {
            if (value.TryGetExact(name, out var member))
            {
                if (member.AsObjectOrNull is { } inner && FillDefaults(property, inner, depth + 1) is var filled && !ReferenceEquals(filled, inner)) value = value.ToBuilder().Replace(name, filled).ToObject();
            }
            else if (schema.Required?.Contains(name) == true && OperationReader.ValueOf(property.Default) is { IsNull: false } standard)
            {
                value = value.ToBuilder().Add(name, standard).ToObject();
            }
        }

        return value;
    }

    private static ConnectorException Refused(string message) => new(ActionCodes.BadRequest, message);
}
