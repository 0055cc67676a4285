using NUnit.Framework.Constraints;

namespace FlowEngine.Testing.NUnit;

/// <summary>Requests that a run sent.</summary>
public sealed class RequestConstraint : ExpectationConstraint
{
    private readonly FlowObjectBuilder _request = new();
    private readonly FlowObjectBuilder _headers = new();
    private string _description;

    internal RequestConstraint(string method, string uri)
    {
        _request.Set("method", FlowValue.String(method)).Set("uri", FlowValue.String(uri));
        _description = $"{method} {uri} sent";
    }

    /// <inheritdoc/>
    public override string Description => _description;

    /// <summary>Exactly one such request.</summary>
    public RequestConstraint Once => Times(1);

    /// <summary>No such request.</summary>
    public RequestConstraint Never => Times(0);

    /// <inheritdoc/>
    protected override FlowValue Expectations
    {
        get
        {
            if (_headers.Count > 0) _request.Set("headers", _headers.ToValue());
            return FlowValue.Object(("requests", FlowValue.Array([_request.ToValue()])));
        }
    }

    /// <summary>Exactly so many such requests, retries included.</summary>
    public RequestConstraint Times(int count) => Set("count", count, count switch { 0 => "never", 1 => "once", _ => $"{count} times" });

    /// <summary>Only those of that action.</summary>
    public RequestConstraint By(string action) => Set("action", FlowValue.String(action), $"by '{action}'");

    /// <summary>Only those that were answered with that status.</summary>
    public RequestConstraint Answered(int statusCode) => Set("statusCode", statusCode, $"answered {statusCode}");

    /// <summary>Only those with this body: JSON text.</summary>
    public RequestConstraint WithBodyJson(string json) => Set("body", FlowValue.Parse(json), $"with body {json}");

    /// <summary>Only those whose body is a text; <c>*</c> stands for any run of characters.</summary>
    public RequestConstraint WithText(string text) => Set("body", FlowValue.Object(("$matches", FlowValue.String(text))), $"with body '{text}'");

    /// <summary>Only those whose body has these members: JSON text.</summary>
    public RequestConstraint WithBodyLike(string json) => Set("body", FlowValue.Object(("$subset", FlowValue.Parse(json))), $"with a body like {json}");

    /// <summary>Only those with this header; <c>*</c> stands for any run of characters, names ignore case.</summary>
    public RequestConstraint WithHeader(string name, string value)
    {
        _headers.Set(name, FlowValue.String(value));
        _description += $", with header '{name}'";
        return this;
    }

    private RequestConstraint Set(string member, FlowValue value, string words)
    {
        _request.Set(member, value);
        _description += $" {words}";
        return this;
    }
}

/// <summary>The order of requests that a run sent.</summary>
public sealed class RequestOrderConstraint : Constraint
{
    private readonly string[] _requests;

    internal RequestOrderConstraint(string[] requests) => _requests = requests;

    /// <inheritdoc/>
    public override string Description => "sent in order " + string.Join(", ", _requests);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The value is no run of a test.</exception>
    public override ConstraintResult ApplyTo<TActual>(TActual actual)
    {
        if (actual is not FlowTestRun run) throw new ArgumentException($"The constraint is for a {nameof(FlowTestRun)}.", nameof(actual));
        try
        {
            run.Requests.VerifyOrder(_requests);
            return new ConstraintResult(this, actual, isSuccess: true);
        }
        catch (FlowTestException e)
        {
            return new ExplainedResult(this, actual, false, () => e.Message);
        }
    }
}
