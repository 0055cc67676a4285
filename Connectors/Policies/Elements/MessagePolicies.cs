using System.Text;
using FlowEngine.Actions;

namespace FlowEngine.Connectors;

/// <summary><c>set-header</c>: of the request before it is sent, of the answer once there is one.</summary>
internal sealed class SetHeaderPolicy(PolicyValue name, string action, IReadOnlyList<PolicyValue> values) : IPolicy, IReplyPart
{
    /// <summary>Elements <c>value</c>.</summary>
    public static IReadOnlyDictionary<string, PolicyShape> Values { get; } = new Dictionary<string, PolicyShape> { ["value"] = PolicyShape.OnlyText };

    public static PolicyRow Row { get; } = new("set-header", Create) { Shape = new() { Required = ["name"], Optional = ["exists-action"], Children = Values } };

    public static SetHeaderPolicy Create(PolicyElement element, PolicyReader reader) => new(reader.Needed(element, "name"), ActionOf(element, reader), ValuesOf(element, reader));

    /// <summary>What happens where it exists; values beside <c>delete</c> are told.</summary>
    public static string ActionOf(PolicyElement element, PolicyReader reader)
    {
        var action = reader.Word(element, "exists-action", "override", "override", "skip", "append", "delete");
        if (action == "delete" && element.Children.Count > 0)
            reader.Faults.Add(Definitions.DiagnosticCodes.PolicyWithoutEffect, Definitions.DiagnosticSeverity.Warning, $"Values of '{element.Name}' have no effect where it deletes.", element.Children[0].Start, element.Children[0].Name.Length);
        return action;
    }

    public static IReadOnlyList<PolicyValue> ValuesOf(PolicyElement element, PolicyReader reader) => [.. element.Children.Where(child => child.Name == "value").Select(reader.Text)];

    public ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
    {
        if (context.Reply is { } reply) Apply(context, reply);
        else SetOn(context.Request, Header(context, out var texts), texts);
        return default;
    }

    public void Apply(PolicyContext context, ConnectorReply reply) => SetOn(reply, Header(context, out var texts), texts);

    private string Header(PolicyContext context, out List<string> texts)
    {
        var header = name.EvaluateText(context);
        texts = [.. values.Select(value => value.EvaluateText(context))];
        foreach (var text in texts.Prepend(string.Empty)) Check(header, text);
        return header;
    }

    private void SetOn(ConnectorRequest request, string header, List<string> texts)
    {
        if (header.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
        {
            if (action != "skip" || request.ContentType is null) request.ContentType = action == "delete" ? null : texts.LastOrDefault();
            return;
        }

        var exists = request.Headers.Exists(one => one.Key.Equals(header, StringComparison.OrdinalIgnoreCase));
        if (action == "skip" && exists) return;
        if (action != "append") request.RemoveHeader(header);
        if (action != "delete") request.Headers.AddRange(texts.Select(text => new KeyValuePair<string, string>(header, text)));
    }

    private void SetOn(ConnectorReply reply, string header, List<string> texts)
    {
        var known = reply.Headers[header].AsStringOrNull;
        if (action == "skip" && known is not null) return;
        if (action == "append" && known is not null) texts.Insert(0, known);
        reply.SetHeader(header, action == "delete" ? null : string.Join(',', texts));
    }

    private static void Check(string header, string text)
    {
        try
        {
            HeaderGuard.Check(header, text);
        }
        catch (MessageFormatException e)
        {
            throw new PolicyEndedException(new PolicyFailure("HeaderInvalid", e.Message, "set-header"), null, e);
        }
    }
}

/// <summary><c>set-variable</c>.</summary>
internal sealed class SetVariablePolicy(PolicyValue name, PolicyValue value) : IPolicy
{
    public static PolicyRow Row { get; } = new("set-variable", (element, reader) => new SetVariablePolicy(reader.Needed(element, "name"), reader.Needed(element, "value"))) { Shape = new() { Required = ["name", "value"] } };

    public ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
    {
        context.Variables[name.EvaluateText(context)] = value.Evaluate(context);
        return default;
    }
}

/// <summary><c>set-query-parameter</c>.</summary>
internal sealed class SetQueryParameterPolicy(PolicyValue name, string action, IReadOnlyList<PolicyValue> values) : IPolicy
{
    public static PolicyRow Row { get; } = new(
        "set-query-parameter",
        (element, reader) => new SetQueryParameterPolicy(reader.Needed(element, "name"), SetHeaderPolicy.ActionOf(element, reader), SetHeaderPolicy.ValuesOf(element, reader)))
    {
        Shape = new() { Required = ["name"], Optional = ["exists-action"], Children = SetHeaderPolicy.Values },
    };

    public ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
    {
        var parameter = Uri.EscapeDataString(name.EvaluateText(context));
        var address = new UriBuilder(context.Request.Uri);
        var parts = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).ToList();
        bool IsOwn(string part) => part.Split('=')[0].Equals(parameter, StringComparison.Ordinal);
        if (action == "skip" && parts.Exists(IsOwn)) return default;
        if (action != "append") parts.RemoveAll(IsOwn);
        if (action != "delete") parts.AddRange(values.Select(value => $"{parameter}={Uri.EscapeDataString(value.EvaluateText(context))}"));
        address.Query = string.Join('&', parts);
        context.Request.Uri = address.Uri;
        return default;
    }
}

/// <summary><c>rewrite-uri</c>: another path below the API's address; <c>{names}</c> are parameters of the operation's path.</summary>
internal sealed class RewriteUriPolicy(PolicyValue template, bool copiesQuery) : IPolicy
{
    public static PolicyRow Row { get; } = new(
        "rewrite-uri",
        (element, reader) => new RewriteUriPolicy(reader.Needed(element, "template"), reader.Word(element, "copy-unmatched-params", "true", "true", "false") == "true"))
    {
        Shape = new() { Required = ["template"], Optional = ["copy-unmatched-params"] },
    };

    public ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
    {
        var path = template.EvaluateText(context);
        var server = context.Operation.Server ?? context.Request.Uri;
        var below = context.Request.Uri.AbsolutePath;
        var root = server.AbsolutePath.TrimEnd('/');
        if (below.StartsWith(root, StringComparison.Ordinal)) below = below[root.Length..];
        foreach (var (name, value) in PathTemplate.Match(context.Operation.Path, below)?.Values ?? context.MatchedParameters)
            path = path.Replace($"{{{name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
        var query = copiesQuery ? context.Request.Uri.Query : string.Empty;
        if (query.Length > 1 && path.Contains('?', StringComparison.Ordinal)) query = "&" + query[1..];
        var address = context.Request.Uri.GetLeftPart(UriPartial.Authority) + root + "/" + path.TrimStart('/') + query;
        context.Request.Uri = Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Authority == context.Request.Uri.Authority
            ? uri
            : throw new PolicyEndedException(new PolicyFailure("UriInvalid", $"'rewrite-uri' makes no address of '{path}'.", "rewrite-uri"), null);
        return default;
    }
}

/// <summary><c>set-backend-service</c>: another address for the API.</summary>
internal sealed class SetBackendServicePolicy(PolicyValue address) : IPolicy
{
    public static PolicyRow Row { get; } = new("set-backend-service", (element, reader) => new SetBackendServicePolicy(reader.Needed(element, "base-url"))) { Shape = new() { Required = ["base-url"] } };

    public ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
    {
        var text = address.EvaluateText(context);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var server) || (server.Scheme != Uri.UriSchemeHttp && server.Scheme != Uri.UriSchemeHttps))
            throw new PolicyEndedException(new PolicyFailure("UriInvalid", "'base-url' of 'set-backend-service' is no address.", "set-backend-service"), null);
        var root = (context.Operation.Server ?? context.Request.Uri).AbsolutePath.TrimEnd('/');
        var below = context.Request.Uri.AbsolutePath;
        if (below.StartsWith(root, StringComparison.Ordinal)) below = below[root.Length..];
        context.Request.Uri = new Uri(server.GetLeftPart(UriPartial.Path).TrimEnd('/') + below + context.Request.Uri.Query);
        return default;
    }
}

/// <summary><c>set-method</c>.</summary>
internal sealed class SetMethodPolicy(PolicyValue method) : IPolicy
{
    public static PolicyRow Row { get; } = new("set-method", (element, reader) => new SetMethodPolicy(reader.Text(element))) { Shape = PolicyShape.OnlyText };

    public ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
    {
        var text = method.EvaluateText(context).Trim();
        if (!HeaderGuard.IsToken(text)) throw new PolicyEndedException(new PolicyFailure("MethodInvalid", "'set-method' names no method.", "set-method"), null);
        context.Request.Method = new HttpMethod(text.ToUpperInvariant());
        return default;
    }
}

/// <summary><c>set-body</c>: of the request before it is sent, of the answer once there is one.</summary>
internal sealed class SetBodyPolicy(PolicyValue body) : IPolicy, IReplyPart
{
    public static PolicyRow Row { get; } = new("set-body", Create) { Shape = new() { Optional = ["template"], WithoutEffect = new Dictionary<string, string?> { ["xsi-nil"] = null }, TakesText = true } };

    public static SetBodyPolicy Create(PolicyElement element, PolicyReader reader)
    {
        if (element.Attributes.TryGetValue("template", out var template))
            reader.Faults.Add(Definitions.DiagnosticCodes.PolicyUnknown, Definitions.DiagnosticSeverity.Error, "Templates of 'set-body' are not carried out here; use an expression.", template.At(0), template.Value.Length);
        return new SetBodyPolicy(reader.Text(element));
    }

    public ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
    {
        if (context.Reply is { } reply) Apply(context, reply);
        else context.Request.Body = Bytes(context);
        return default;
    }

    public void Apply(PolicyContext context, ConnectorReply reply)
    {
        reply.Body = Bytes(context);
        reply.SetHeader("Content-Length", reply.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private byte[] Bytes(PolicyContext context) => body.Evaluate(context, static value => value as byte[] ?? Encoding.UTF8.GetBytes(PolicyCasts.Text(value)));
}

/// <summary><c>set-status</c>.</summary>
internal sealed class SetStatusPolicy(PolicyValue code, PolicyValue? reason) : IPolicy, IReplyPart
{
    public static PolicyRow Row { get; } = new("set-status", Create) { Shape = new() { Required = ["code"], Optional = ["reason"] } };

    public static SetStatusPolicy Create(PolicyElement element, PolicyReader reader) => new(reader.Needed(element, "code"), reader.Attribute(element, "reason"));

    public ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
    {
        Apply(context, context.Reply ?? throw new PolicyEndedException(new PolicyFailure("NoResponse", "'set-status' is for answers, and there is none yet.", "set-status"), null));
        return default;
    }

    public void Apply(PolicyContext context, ConnectorReply reply)
    {
        var status = code.EvaluateNumber(context);
        reply.StatusCode = status is >= 100 and <= 599 ? (int)status : throw new PolicyEndedException(new PolicyFailure("StatusInvalid", "'code' of 'set-status' must be a status from 100 to 599.", "set-status"), null);
        reply.Reason = reason?.EvaluateText(context);
    }
}

/// <summary><c>check-header</c>: ends the call where a header is missing or has another value.</summary>
internal sealed class CheckHeaderPolicy(PolicyValue name, PolicyValue code, PolicyValue message, bool ignoresCase, IReadOnlyList<PolicyValue> values) : IPolicy
{
    public static PolicyRow Row { get; } = new(
        "check-header",
        (element, reader) => new CheckHeaderPolicy(
            reader.Needed(element, "name"),
            reader.Needed(element, "failed-check-httpcode"),
            reader.Needed(element, "failed-check-error-message"),
            reader.Word(element, "ignore-case", "false", "true", "false", "True", "False").Equals("true", StringComparison.OrdinalIgnoreCase),
            SetHeaderPolicy.ValuesOf(element, reader)))
    {
        Shape = new() { Required = ["name", "failed-check-httpcode", "failed-check-error-message"], Optional = ["ignore-case"], Children = SetHeaderPolicy.Values },
    };

    public ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
    {
        var header = name.EvaluateText(context);
        var found = new HeadersView(context.RequestHeaders()).Values(header) is { } values ? string.Join(',', values) : null;
        var comparison = ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (found is not null && (Values.Count == 0 || Values.Any(value => value.EvaluateText(context).Trim().Equals(found, comparison)))) return default;
        var text = message.EvaluateText(context);
        throw new PolicyEndedException(
            new PolicyFailure(found is null ? "HeaderNotFound" : "HeaderValueNotAllowed", text, "check-header"),
            ConnectorReply.Error((int)code.EvaluateNumber(context), text));
    }

    private IReadOnlyList<PolicyValue> Values => values;
}
