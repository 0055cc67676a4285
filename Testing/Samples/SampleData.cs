using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Made-up data for a flow, of what its expressions read of it: what could start it, what its calls could answer, its parameters.</summary>
/// <remarks>
/// A list that a loop takes has an item, a text that becomes a date is one, what is compared with a literal equals it. Schemas (of the trigger, of ParseJson) come
/// first, and what they leave open is made of the readers. Nothing of it is ever chance: the same flow has the same data.
/// </remarks>
internal sealed class SampleData
{
    private readonly DataReads _reads;
    private readonly int _variation;

    private SampleData(DataReads reads, int variation)
    {
        _reads = reads;
        _variation = variation;
        Variations = 1 + Shapes().Select(shape => shape.Choices.Count + shape.Shunned.Count).DefaultIfEmpty(0).Max() + (Shapes().Any(shape => shape.IsAskedForNothing || shape.Items is not null) ? 1 : 0);
    }

    /// <summary>How many sets of data there are: one with each value that the flow compares with, one with none of them, and one in which what may be empty is.</summary>
    public int Variations { get; }

    /// <summary>The data for a flow.</summary>
    public static SampleData Of(WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new SampleData(DataReads.Of(definition), 0);
    }

    /// <summary>Another set of data for the same flow.</summary>
    /// <param name="variation">From 0 to <see cref="Variations"/> - 1; 0 makes most conditions true.</param>
    public SampleData With(int variation) => new(_reads, variation);

    /// <summary>What could start the flow; a bare request where neither the trigger nor anything else says something.</summary>
    public TriggerRequest Trigger(TriggerDefinition trigger)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        return SampleTrigger.Of(trigger, _reads.Trigger, Maker());
    }

    /// <summary>Values for the parameters that have none, or an empty text by default.</summary>
    /// <param name="given">The values that there are; they stay.</param>
    /// <param name="workflow">The flow.</param>
    public FlowObject Parameters(FlowObject given, Workflow workflow)
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(workflow);
        var values = given.ToBuilder();
        if (workflow.Document.Definition is not { } definition) return given;
        foreach (var parameter in definition.Parameters)
        {
            if (given.TryGet(parameter.Name, out _) || workflow.Document.ParameterValues.ContainsKey(parameter.Name) || parameter.Name is "$connections" or "$authentication") continue;
            if (!parameter.HasDefault || IsLeftOpen(parameter)) values.Set(parameter.Name, Value(parameter));
        }

        return values.ToObject();
    }

    /// <summary>Application settings: those given, and a text for each other one that the flow names.</summary>
    public FlowObject AppSettings(FlowObject? given)
    {
        var settings = (given ?? FlowObject.Empty).ToBuilder();
        foreach (var name in _reads.AppSettings)
        {
            if (given?.TryGet(name, out _) != true) settings.Set(name, FlowValue.String("text"));
        }

        return settings.ToObject();
    }

    /// <summary>What a call answers: <c>statusCode</c>, <c>headers</c>, <c>body</c>; an empty <c>value</c> list where nothing reads the body.</summary>
    internal FlowValue Outputs(string action)
    {
        var plain = FlowValue.Object(("statusCode", 200), ("headers", FlowValue.EmptyObject));
        if (!_reads.Calls.TryGetValue(action, out var shape) || !shape.IsRead) return With(plain, "body", FlowValue.Object(("value", FlowValue.EmptyArray)));
        var outputs = Maker().Make(shape, plain);
        return shape.Members.TryGetValue("body", out var body) && body.IsRead ? outputs : With(outputs, "body", FlowValue.Object(("value", FlowValue.EmptyArray)));
    }

    private static FlowValue With(FlowValue outputs, string name, FlowValue value) =>
        outputs.TryGetMember(name, out var there) && there.IsObject ? outputs : (outputs.AsObjectOrNull ?? FlowObject.Empty).ToBuilder().Set(name, value).ToValue();

    // An empty text, or the text of a template in place of another type: a deployment was to fill it.
    private static bool IsLeftOpen(ParameterDefinition parameter) => parameter.Default.AsStringOrNull is { } text && (text.Length == 0 || parameter.Type is not ("String" or "SecureString"));

    private FlowValue Value(ParameterDefinition parameter)
    {
        if (parameter.AllowedValues is { Count: > 0 } allowed) return allowed[_variation % allowed.Count];
        var given = parameter.Type switch
        {
            "Int" => (FlowValue)1,
            "Float" => 1.5,
            "Bool" => true,
            "Array" => FlowValue.EmptyArray,
            "Object" or "SecureObject" => FlowValue.EmptyObject,
            _ => FlowValue.String("text"),
        };
        var made = _reads.Parameters.TryGetValue(parameter.Name, out var shape) ? Maker().Make(shape, given) : given;
        return made.Kind == given.Kind || (made.IsNumber && given.IsNumber) ? made : given;
    }

    private ShapedValue Maker() => new(_variation, _variation > 0 && _variation == Variations - 1);

    private IEnumerable<DataShape> Shapes() => _reads.Calls.Values.Append(_reads.Trigger).Concat(_reads.Parameters.Values).SelectMany(shape => shape.All());
}
