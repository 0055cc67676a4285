using FlowEngine.Actions;

namespace FlowEngine.Connectors;

/// <summary><c>choose</c>: the first <c>when</c> that is true, else <c>otherwise</c>.</summary>
internal sealed class ChoosePolicy(IReadOnlyList<(PolicyValue Condition, PolicySequence Policies)> cases, PolicySequence? otherwise) : IPolicy
{
    public static PolicyRow Row { get; } = new("choose", Create)
    {
        Shape = new()
        {
            Children = new Dictionary<string, PolicyShape>
            {
                ["when"] = new() { Required = ["condition"], HoldsPolicies = true },
                ["otherwise"] = new() { HoldsPolicies = true, IsSingle = true },
            },
        },
    };

    public async ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
    {
        foreach (var (condition, policies) in cases)
        {
            if (!condition.EvaluateTruth(context)) continue;
            await policies.RunAsync(context, cancellation);
            return;
        }

        if (otherwise is not null) await otherwise.RunAsync(context, cancellation);
    }

    private static ChoosePolicy Create(PolicyElement element, PolicyReader reader)
    {
        var cases = new List<(PolicyValue, PolicySequence)>();
        foreach (var when in element.Children.Where(child => child.Name == "when")) cases.Add((reader.Needed(when, "condition"), reader.Sequence(when)));
        if (cases.Count == 0) reader.Faults.Error(Definitions.DiagnosticCodes.PolicyValue, "'choose' needs a 'when'.", element);
        return new ChoosePolicy(cases, element.Child("otherwise") is { } other ? reader.Sequence(other) : null);
    }
}

/// <summary><c>return-response</c>: an answer of its own, made anew; nothing else runs after it.</summary>
internal sealed class ReturnResponsePolicy(IReadOnlyList<IReplyPart> parts) : IPolicy
{
    public static PolicyRow Row { get; } = new("return-response", Create)
    {
        Shape = new()
        {
            WithoutEffect = new Dictionary<string, string?> { ["response-variable-name"] = null }, // No policy here keeps an answer in a variable.
            Children = new Dictionary<string, PolicyShape>
            {
                ["set-status"] = SetStatusPolicy.Row.Shape with { IsSingle = true },
                ["set-header"] = SetHeaderPolicy.Row.Shape,
                ["set-body"] = SetBodyPolicy.Row.Shape with { IsSingle = true },
            },
        },
    };

    public ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
    {
        // Expressions of its parts still see the answer of the API; what they set goes into the new one.
        var made = new ConnectorReply { StatusCode = 200 };
        foreach (var part in parts) part.Apply(context, made);
        context.Reply = made;
        throw new ReplyReturnedException();
    }

    private static ReturnResponsePolicy Create(PolicyElement element, PolicyReader reader)
    {
        var parts = new List<IReplyPart>();
        foreach (var child in element.Children)
        {
            if (child.Name == "set-status") parts.Add(SetStatusPolicy.Create(child, reader));
            if (child.Name == "set-header") parts.Add(SetHeaderPolicy.Create(child, reader));
            if (child.Name == "set-body") parts.Add(SetBodyPolicy.Create(child, reader));
        }

        return new ReturnResponsePolicy(parts);
    }
}

/// <summary><c>forward-request</c>: sends the request. Implied where <c>backend</c> has none.</summary>
internal sealed class ForwardRequestPolicy(PolicyValue? timeout) : IPolicy
{
    public static PolicyRow Row { get; } = new("forward-request", (element, reader) => new ForwardRequestPolicy(reader.Attribute(element, "timeout")))
    {
        Shape = new()
        {
            Optional = ["timeout"],
            WithoutEffect = new Dictionary<string, string?>
            {
                ["follow-redirects"] = null, // Redirects are followed as the engine's host says.
                ["buffer-request-body"] = "true",
                ["buffer-response"] = "true",
                ["fail-on-error-status-code"] = "false",
                ["timeout-ms"] = null,
                ["continue-timeout"] = null,
                ["http-version"] = null,
            },
        },
    };

    public static async ValueTask SendAsync(PolicyContext context, CancellationToken cancellation) => context.Reply = await context.Send(context.Request, cancellation);

    public async ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
    {
        if (timeout is null)
        {
            await SendAsync(context, cancellation);
            return;
        }

        using var limit = new RequestTimeLimit(PolicyWait.Of(timeout.EvaluateNumber(context)), context.Scope.Time, cancellation);
        try
        {
            await SendAsync(context, limit.Token);
        }
        catch (Exception) when (limit.HasPassed)
        {
            throw new ConnectorException(HttpFailures.Timeout.Code, HttpFailures.Timeout.Message, isRetryable: true);
        }
    }
}

/// <summary><c>retry</c>: carries out what is in it, again while the condition holds, up to a count.</summary>
internal sealed class RetryPolicyElement(PolicyValue condition, PolicyValue count, PolicyValue interval, PolicyValue? longest, PolicyValue? delta, PolicyValue? firstFast, PolicySequence policies) : IPolicy
{
    public static PolicyRow Row { get; } = new("retry", Create) { Shape = new() { Required = ["condition", "count", "interval"], Optional = ["max-interval", "delta", "first-fast-retry"], HoldsPolicies = true } };

    public async ValueTask RunAsync(PolicyContext context, CancellationToken cancellation)
    {
        var retries = Math.Clamp((int)count.EvaluateNumber(context), 0, 50);
        for (var retry = 0; ; retry++)
        {
            ConnectorException? failure = null;
            try
            {
                await policies.RunAsync(context, cancellation);
            }
            catch (ConnectorException e) when (e.IsRetryable && retry < retries)
            {
                // Nobody answered: there is nothing that the condition could look at.
                (failure, context.Reply) = (e, null);
            }

            if (retry >= retries || (failure is null && !condition.EvaluateTruth(context))) return;
            await context.Scope.DelayAsync(Wait(context, retry), cancellation);
        }
    }

    // API Management: fixed by itself, linear with delta, exponential with delta and a longest one.
    private TimeSpan Wait(PolicyContext context, int retry)
    {
        if (retry == 0 && firstFast?.EvaluateTruth(context) == true) return TimeSpan.Zero;
        var seconds = interval.EvaluateNumber(context);
        if (delta is not null)
        {
            var step = delta.EvaluateNumber(context);
            seconds += longest is null ? step * retry : step * (Math.Pow(2, retry) - 1);
        }

        return PolicyWait.Of(Math.Min(seconds, longest?.EvaluateNumber(context) ?? double.MaxValue));
    }

    private static RetryPolicyElement Create(PolicyElement element, PolicyReader reader) => new(
        reader.Needed(element, "condition"),
        reader.Needed(element, "count"),
        reader.Needed(element, "interval"),
        reader.Attribute(element, "max-interval"),
        reader.Attribute(element, "delta"),
        reader.Attribute(element, "first-fast-retry"),
        reader.Sequence(element));
}
