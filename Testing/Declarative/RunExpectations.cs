using System.Globalization;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Testing;

/// <summary>Compares a run with what a test expects of it. Of records only the members named are compared.</summary>
internal sealed class RunExpectations(FlowTestRun run, ValueExpectation values)
{
    public void Check(FlowValue expect)
    {
        if (expect.AsObjectOrNull is not { } members) return;
        foreach (var (name, value) in members)
        {
            switch (name.ToUpperInvariant())
            {
                case "STATUS":
                    values.Action = run.Result.FirstFailure?.Path;
                    values.Compare(value, FlowValue.String(run.Status.ToString()), "status");
                    values.Explain("status", FailureCause.Of(run.Result) is { Length: > 0 } cause ? ":" + cause : string.Empty);
                    values.Action = null;
                    break;
                case "CODE":
                    values.Compare(value, FlowValue.String(run.Code), "code");
                    break;
                case "ERROR":
                    Members(value, run.Error?.ToValue(), "error");
                    break;
                case "OUTPUTS":
                    Members(value, run.Outputs.IsNull ? (FlowValue?)null : run.Outputs, "outputs");
                    break;
                case "VARIABLES":
                    Members(value, Variables(), "variables");
                    break;
                case "RESPONSE":
                    Response(value);
                    break;
                case "ACTIONS":
                    foreach (var (path, expected) in value.AsObject) Action(path, expected);
                    break;
                case "REQUESTS":
                    for (var i = 0; i < value.AsArray.Count; i++) Request(value[i], string.Create(CultureInfo.InvariantCulture, $"requests[{i}]"));
                    break;
                case "ELAPSED":
                    Elapsed(value);
                    break;
                default:
                    foreach (var condition in value.AsArray) That(condition);
                    break;
            }
        }
    }

    private void Action(string path, FlowValue expected)
    {
        IReadOnlyList<FlowTestAction> found = ActionPath.TryParse(path, out _) ? run.All(path) : [];
        if (found.Count == 0)
        {
            values.Add($"actions.{path}", expected, default, run.NoSuchActionText(path));
            return;
        }

        foreach (var action in found)
        {
            values.Action = action.Path;
            var at = "actions." + action.Path;
            if (expected.IsString) values.Compare(expected, FlowValue.String(action.Status.ToString()), at + ".status");
            else Members(expected, RecordOf(action), at);
            values.Explain(at + ".status", FailureCause.ErrorOf(action.Record, run.Result));
        }

        values.Action = null;
    }

    private static FlowValue RecordOf(FlowTestAction action)
    {
        var record = new FlowObjectBuilder()
            .Add("status", FlowValue.String(action.Status.ToString()))
            .Add("code", FlowValue.String(action.Code))
            .Add("attempts", FlowValue.Integer(action.Attempts));
        if (action.Record.HasInputs) record.Add("inputs", action.Inputs);
        if (action.Record.HasOutputs) record.Add("outputs", action.Outputs);
        if (action.Error is { } error) record.Add("error", error.ToValue());
        return record.AddUnlessNull("trackedProperties", action.Record.TrackedProperties).ToValue();
    }

    // A record: members that are not named are not compared; the values in it are.
    private void Members(FlowValue expected, FlowValue? actual, string path)
    {
        if (actual is not { } record || ValueExpectation.Operator(expected, out _) is not null || expected.AsObjectOrNull is not { } named)
        {
            values.Compare(expected, actual, path);
            return;
        }

        foreach (var (name, value) in named)
        {
            FlowValue? found = record.TryGetMember(name, out var member) ? member : (FlowValue?)null;
            if (name.Equals("error", StringComparison.OrdinalIgnoreCase)) Members(value, found, $"{path}.{name}");
            else values.Compare(value, found, $"{path}.{name}");
        }
    }

    private FlowValue Variables()
    {
        var variables = new FlowObjectBuilder();
        foreach (var (name, value) in run.Variables) variables.Set(name, value);
        return variables.ToValue();
    }

    private void Response(FlowValue expected)
    {
        if (run.Response is not { } response)
        {
            values.Compare(expected, null, "response");
            foreach (var action in RunActions.Of(run.Result).Where(action => action.Type == "Response").Take(1))
            {
                values.Explain("response", $": '{action.Path}' is {action.Status}{FailureCause.ErrorOf(action, run.Result)}");
                values.Failures[^1] = values.Failures[^1] with { Action = action.Path };
            }

            return;
        }

        var record = new FlowObjectBuilder().Add("statusCode", FlowValue.Integer(response.StatusCode));
        if (response.HasBody) record.Add("body", response.Body);
        foreach (var (name, value) in expected.AsObject)
        {
            if (name.Equals("headers", StringComparison.OrdinalIgnoreCase)) Headers(value, response.Headers, "response.headers", values);
            else Members(FlowValue.Object((name, value)), record.ToValue(), "response");
        }
    }

    private static void Headers(FlowValue expected, FlowValue actual, string path, ValueExpectation into)
    {
        if (expected.AsObjectOrNull is not { } named) return;
        foreach (var (name, value) in named)
        {
            var found = actual[name];
            if (value.AsStringOrNull is { } pattern && found.AsStringOrNull is { } text && Wildcard.Fits(pattern, text)) continue;
            into.Compare(value, found.IsNull ? (FlowValue?)null : found, $"{path}.{name}");
        }
    }

    private void Request(FlowValue expected, string path)
    {
        var fitting = run.Requests.Count(request => Fits(expected, request));
        var times = expected["count"] is { IsInteger: true } count ? Times.Exactly((int)Math.Min(count.AsInteger, int.MaxValue)) : Times.AtLeastOnce;
        if (times.Allow(fitting)) return;
        var nearest = fitting > 0 || run.Requests.Count == 0 ? string.Empty : NearestText(expected);
        var sent = run.Requests.Count == 0 ? "none was sent" : "sent were " + string.Join(", ", run.Requests.Take(10).Select(request => $"{request.Method} {request.MaskedUri}"));
        values.Add(path, expected, FlowValue.Integer(fitting), $"{path} should fit {times}, but fits {fitting} of {run.Requests.Count} requests; {sent}.{nearest}");
    }

    // What keeps the nearest request from fitting: where only the body differs, nobody finds it in a list of addresses.
    private string NearestText(FlowValue expected)
    {
        var (request, differences) = run.Requests.Select(request => (request, Differences: Differences(expected, request))).MinBy(found => found.Differences.Count);
        return request.MaskedUri == Scrubber.Mark
            ? $" Nearest is that of {request.Path}, whose inputs are secured."
            : $" Nearest is {request.Method} {request.MaskedUri} ({request.Path}): {string.Join(" ", differences.Take(3))}";
    }

    private bool Fits(FlowValue expected, RequestRecord request) => Differences(expected, request).Count == 0;

    private IReadOnlyList<string> Differences(FlowValue expected, RequestRecord request)
    {
        var trial = new ValueExpectation(values.Folder);
        if (expected["method"].AsStringOrNull is { } method && !method.Equals(request.Method, StringComparison.OrdinalIgnoreCase)) trial.Add("method", expected["method"], default, $"The method is {request.Method}.");
        if (expected["uri"].AsStringOrNull is { } uri && !Wildcard.Fits(uri, request.Uri) && (uri.Contains('?', StringComparison.Ordinal) || !Wildcard.Fits(uri, request.Uri.Split('?')[0])))
            trial.Add("uri", expected["uri"], default, "The uri differs.");
        if (expected["action"].AsStringOrNull is { } action && !action.Equals(request.Action, StringComparison.OrdinalIgnoreCase)) trial.Add("action", expected["action"], default, $"The action is '{request.Action}'.");
        Headers(expected["headers"], request.Headers, "headers", trial);
        for (var i = 0; i < trial.Failures.Count; i++)
        {
            var failure = trial.Failures[i];
            if (failure.Path.StartsWith("headers.", StringComparison.Ordinal) && MockRequest.IsSecret(failure.Path["headers.".Length..]))
                trial.Failures[i] = failure with { Message = $"{failure.Path} differs." };
        }

        if (expected.TryGetMember("statusCode", out var status)) trial.Compare(status, request.StatusCode is { } answered ? FlowValue.Integer(answered) : (FlowValue?)null, "statusCode");
        if (expected.TryGetMember("body", out var body)) trial.Compare(body, request.HasBody ? request.Body : (FlowValue?)null, "body");
        return [.. trial.Failures.Select(failure => failure.Message)];
    }

    private void Elapsed(FlowValue expected)
    {
        // The reader has checked that these are durations.
        var actual = FlowValue.String(run.Elapsed.ToString("c", CultureInfo.InvariantCulture));
        if (IsoDuration.TryParse(expected["min"].AsStringOrNull, out var least) && run.Elapsed < least) values.Add("elapsed.min", expected["min"], actual, $"The run should take at least {least:c}, but took {run.Elapsed:c}.");
        if (IsoDuration.TryParse(expected["max"].AsStringOrNull, out var most) && run.Elapsed > most) values.Add("elapsed.max", expected["max"], actual, $"The run should take at most {most:c}, but took {run.Elapsed:c}.");
    }

    private void That(FlowValue condition)
    {
        try
        {
            var value = run.Result.Evaluate(condition);
            if (value != FlowValue.True) values.Add("that", condition, value, $"{condition.AsString} should be true, but is {ValueExpectation.Short(value)}{ThatArguments.Text(run.Result, condition.AsString)}.");
        }
        catch (ExpressionException e)
        {
            values.Add("that", condition, default, $"{condition.AsString} can't be evaluated: {e.Message}{ThatArguments.Suggestion(run.Result, condition.AsString, e.Message)}");
        }
    }
}
