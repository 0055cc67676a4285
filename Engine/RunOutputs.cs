using System.Diagnostics.CodeAnalysis;

namespace FlowEngine;

/// <summary>The outputs of a workflow: each name with its type and value.</summary>
public readonly struct RunOutputs : IEquatable<RunOutputs>
{
    internal RunOutputs(FlowValue value) => Value = value;

    /// <summary>As the record has them: name to <c>{type, value}</c>; null where the definition has none.</summary>
    public FlowValue Value { get; }

    /// <summary>Whether the definition has no outputs, or the run did not come to them.</summary>
    public bool IsNull => Value.IsNull;

    /// <summary>Name to value, without the types.</summary>
    public FlowObject Values
    {
        get
        {
            if (Value.AsObjectOrNull is not { } outputs) return FlowObject.Empty;
            var values = new FlowObjectBuilder(outputs.Count);
            foreach (var (name, output) in outputs) values.Add(name, output["value"]);
            return values.ToObject();
        }
    }

    /// <summary>The entry <c>{type, value}</c> of an output; null where there is none.</summary>
    public FlowValue this[string name] => Value[name];

    /// <summary>The values as a type of the host: <c>run.Outputs.To&lt;Invoice&gt;()</c>; see <see cref="TypedValues.To"/>.</summary>
    /// <exception cref="InvalidCastException">They don't fit; the message says where.</exception>
    [RequiresUnreferencedCode("The members of the type are found by reflection.")]
    [RequiresDynamicCode("The members of the type are found by reflection.")]
    public T? To<T>() => FlowValue.Object(Values).To<T>();

    /// <summary>The outputs as a value.</summary>
    public static implicit operator FlowValue(RunOutputs outputs) => outputs.Value;

    /// <summary>The same as <see cref="Value"/>.</summary>
    public FlowValue ToFlowValue() => Value;

    /// <summary>The outputs as JSON.</summary>
    public override string ToString() => Value.ToString();

    /// <summary>Whether both hold equal values.</summary>
    public bool Equals(RunOutputs other) => Value == other.Value;

    /// <summary>Whether both hold equal values.</summary>
    public override bool Equals(object? obj) => obj is RunOutputs other && Equals(other);

    /// <summary>Of the value.</summary>
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>Whether both hold equal values.</summary>
    public static bool operator ==(RunOutputs left, RunOutputs right) => left.Equals(right);

    /// <summary>Whether their values differ.</summary>
    public static bool operator !=(RunOutputs left, RunOutputs right) => !left.Equals(right);
}
