namespace FlowEngine.Testing.NUnit;

/// <summary>The first Response that a run sent.</summary>
public sealed class ResponseConstraint : ExpectationConstraint
{
    private readonly FlowObjectBuilder _response = new();
    private readonly FlowObjectBuilder _headers = new();
    private string _description = "a response";

    internal ResponseConstraint(int? statusCode)
    {
        if (statusCode is not { } status) return;
        _response.Set("statusCode", status);
        _description += $" {status}";
    }

    /// <inheritdoc/>
    public override string Description => _description;

    /// <inheritdoc/>
    protected override FlowValue Expectations
    {
        get
        {
            if (_headers.Count > 0) _response.Set("headers", _headers.ToValue());
            return FlowValue.Object(("response", _response.ToValue()));
        }
    }

    /// <summary>Its body.</summary>
    public ResponseConstraint WithBody(FlowValue body)
    {
        _response.Set("body", body);
        _description += $", body {Short(body)}";
        return this;
    }

    /// <summary>Its body is a text; <c>*</c> stands for any run of characters.</summary>
    public ResponseConstraint WithText(string text) => WithBody(FlowValue.Object(("$matches", FlowValue.String(text))));

    /// <summary>Its body: this JSON text.</summary>
    public ResponseConstraint WithBodyJson(string json) => WithBody(FlowValue.Parse(json));

    /// <summary>Its body has these members: this JSON text.</summary>
    public ResponseConstraint WithBodyLike(string json) => WithBody(FlowValue.Object(("$subset", FlowValue.Parse(json))));

    /// <summary>A header; <c>*</c> stands for any run of characters, names ignore case.</summary>
    public ResponseConstraint WithHeader(string name, string value)
    {
        _headers.Set(name, FlowValue.String(value));
        _description += $", header '{name}'";
        return this;
    }
}
