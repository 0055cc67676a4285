using System.Xml;

namespace FlowEngine.Testing;

/// <summary>A mock that answers in place of an action or of a connector's operation.</summary>
public sealed class ActionMockBuilder
{
    private readonly List<FlowValue> _responses = [];
    private readonly List<FlowValue> _callbacks = [];
    private Func<MockedAction, MockOutcome>? _answer;
    private FlowValue _repetition;
    private FlowValue _calls;

    /// <summary>How often it must answer; null where that doesn't matter.</summary>
    internal Times? Expected { get; private set; }

    /// <summary>Only in that repetition: a loop index, or one for each loop around, outermost first.</summary>
    public ActionMockBuilder At(params int[] repetition)
    {
        ArgumentNullException.ThrowIfNull(repetition);
        _repetition = FlowArray.Create(repetition.Select(index => FlowValue.Integer(index)));
        return this;
    }

    /// <summary>Only the executions of these numbers, from 1, of those that fit.</summary>
    public ActionMockBuilder OnCall(params int[] numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        _calls = FlowArray.Create(numbers.Select(number => FlowValue.Integer(number)));
        return this;
    }

    /// <summary>Gives the outcome of each execution: <c>action => MockOutcome.Succeeds(action.Inputs["body"])</c>. What it throws fails the action.</summary>
    public ActionMockBuilder Answers(Func<MockedAction, MockOutcome> answer)
    {
        _answer = answer;
        return this;
    }

    /// <summary>Succeeds without outputs.</summary>
    public ActionMockBuilder Succeeds() => Answer(new FlowObjectBuilder().Add("status", FlowValue.String("Succeeded")));

    /// <summary>Succeeds with outputs.</summary>
    public ActionMockBuilder Succeeds(FlowValue outputs) => Answer(new FlowObjectBuilder().Add("status", FlowValue.String("Succeeded")).Add("outputs", outputs));

    /// <summary>Succeeds with this JSON text as the outputs.</summary>
    public ActionMockBuilder SucceedsJson(string outputs) => Succeeds(FlowValue.Parse(outputs));

    /// <summary>Succeeds with outputs whose <c>body</c> is this JSON text.</summary>
    public ActionMockBuilder SucceedsWithBodyJson(string body) => Succeeds(FlowValue.Object(("body", FlowValue.Parse(body))));

    /// <summary>Fails with a code and a message.</summary>
    public ActionMockBuilder Fails(string code, string message = "") => Answer(new FlowObjectBuilder()
        .Add("status", FlowValue.String("Failed"))
        .Add("code", FlowValue.String(code))
        .Add("error", FlowValue.Object(("code", FlowValue.String(code)), ("message", FlowValue.String(message)))));

    /// <summary>Times out.</summary>
    public ActionMockBuilder TimesOut() => Answer(new FlowObjectBuilder().Add("status", FlowValue.String("TimedOut")));

    /// <summary>Makes the last answer take that long on the run's clock; the action's time limit counts meanwhile.</summary>
    public ActionMockBuilder After(TimeSpan delay)
    {
        if (_responses.Count == 0) Succeeds();
        _responses[^1] = _responses[^1].AsObject.ToBuilder().Set("delay", FlowValue.String(XmlConvert.ToString(delay))).ToValue();
        return this;
    }

    /// <summary>Does not stand for the action: it runs, waits to be called back, and is called back with this body after that time on the run's clock.</summary>
    public ActionMockBuilder CalledBack(FlowValue body, TimeSpan after = default)
    {
        _callbacks.Add(FlowValue.Object(("after", FlowValue.String(XmlConvert.ToString(after))), ("body", body)));
        return this;
    }

    /// <summary>The same with this JSON text as the body.</summary>
    public ActionMockBuilder CalledBackJson(string body, TimeSpan after = default) => CalledBack(FlowValue.Parse(body), after);

    /// <summary>The test fails unless it answers so often.</summary>
    public ActionMockBuilder Verifiable(Times times)
    {
        Expected = times;
        return this;
    }

    /// <summary>The test fails unless it answers once or more.</summary>
    public ActionMockBuilder Verifiable() => Verifiable(Times.AtLeastOnce);

    /// <summary>As an entry of the mocks format.</summary>
    internal FlowValue ToEntry(FlowObjectBuilder which)
    {
        if (_callbacks.Count > 0 && _responses.Count > 0) throw new InvalidOperationException("A mock stands for its action or calls it back, not both.");
        if (_callbacks.Count > 0) return Which(which).Add("callback", FlowArray.Create(_callbacks)).ToValue();
        if (_responses.Count == 0) Succeeds();
        return Which(which).Add("respond", FlowArray.Create(_responses)).ToValue();
    }

    /// <summary>The mock that the entry gave, with what only code can say.</summary>
    internal ActionMock Complete(ActionMock mock) => mock with { Answer = _answer };

    private FlowObjectBuilder Which(FlowObjectBuilder which) => which.AddUnlessNull("repetition", _repetition).AddUnlessNull("call", _calls);

    private ActionMockBuilder Answer(FlowObjectBuilder response)
    {
        _responses.Add(response.ToValue());
        return this;
    }
}
