namespace FlowEngine.Definitions;

/// <summary>The arguments of a call in a template expression.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Values">The arguments.</param>
/// <param name="Budget">Pays for what is made.</param>
internal readonly record struct ArmArguments(string Function, IReadOnlyList<FlowValue> Values, ArmBudget Budget)
{
    public int Count => Values.Count;

    public FlowValue this[int index] => index < Values.Count ? Values[index] : throw new ArmException($"'{Function}' has too few arguments");

    /// <summary>An argument that must be text.</summary>
    public string Text(int index) => this[index].AsStringOrNull ?? throw Wrong(index, "text");

    /// <summary>An argument that must be an integer.</summary>
    public long Integer(int index) => this[index].IsInteger ? this[index].AsInteger : throw Wrong(index, "an integer");

    /// <summary>An argument that must be an array.</summary>
    public FlowArray Array(int index) => this[index].AsArrayOrNull ?? throw Wrong(index, "an array");

    /// <summary>An argument that must be a Boolean.</summary>
    public bool Boolean(int index) => this[index].IsBoolean ? this[index].AsBoolean : throw Wrong(index, "a Boolean");

    /// <summary>An argument as text, whatever it is.</summary>
    public string AnyText(int index) => TextOf(this[index]);

    /// <summary>A value as <c>string()</c> gives it.</summary>
    public static string TextOf(FlowValue value) => value.AsStringOrNull ?? (value.IsBoolean ? value.AsBoolean ? "True" : "False" : value.ToJson());

    /// <summary>An argument of the wrong type.</summary>
    public ArmException Wrong(int index, string expected) => new($"argument {index + 1} of '{Function}' is not {expected}");
}
