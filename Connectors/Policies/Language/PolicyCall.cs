namespace FlowEngine.Connectors;

/// <summary>A call of a member: its arguments, evaluated.</summary>
internal sealed record PolicyCall(PolicyEvaluator Evaluator, IReadOnlyList<string> TypeArguments, object?[] Arguments, int At)
{
    public int Count => Arguments.Length;

    public PolicyBudget Budget => Evaluator.Budget;

    public object? this[int index] => index < Arguments.Length ? Arguments[index] : null;

    public string Text(int index) => this[index] is null ? throw Fail($"Argument {index + 1} is missing or null.") : PolicyCasts.Text(this[index]);

    public string? TextOrNull(int index) => this[index] is { } value && !PolicyOperators.IsNull(value) ? PolicyCasts.Text(value) : null;

    public int Integer(int index) => PolicyCasts.Integer(this[index], At);

    public long Long(int index) => this[index] is { } value ? (long)PolicyCasts.To("long", value, At)! : throw Fail($"Argument {index + 1} is missing or null."); // A number gives a number.

    public double Number(int index) => PolicyCasts.Number(this[index], At);

    public byte[] Bytes(int index) => this[index] as byte[] ?? throw Fail($"Argument {index + 1} must be an array of bytes.");

    public PolicyLambda Lambda(int index) => this[index] as PolicyLambda ?? throw Fail($"Argument {index + 1} must be a lambda.");

    public string Built(string text) => Budget.Text(text, At);

    public byte[] Built(byte[] bytes)
    {
        Budget.Charge(bytes.Length, At);
        return bytes;
    }

    /// <summary>The key of a map; hashing it goes through all of it.</summary>
    public string Key(object? value)
    {
        var key = PolicyCasts.Text(value);
        Budget.Scan(key.Length, At);
        return key;
    }

    /// <summary>A text that escapes may make six times as long: that is charged before.</summary>
    public string ToEscape(int index)
    {
        var text = Text(index);
        Budget.Charge(4L * text.Length, At);
        return text;
    }

    /// <summary>Charges that a member goes through its arguments.</summary>
    public void ScanArguments()
    {
        foreach (var argument in Arguments) Budget.Scan(SizeOf(argument), At);
    }

    /// <summary>Characters or bytes of what members go through; zero for what charges its items.</summary>
    public static long SizeOf(object? value) => value switch
    {
        string text => text.Length,
        byte[] bytes => bytes.Length,
        System.Text.StringBuilder builder => builder.Length,
        Newtonsoft.Json.Linq.JValue { Value: string text } => text.Length,
        BodyView body => body.Bytes.Length,
        _ => 0,
    };

    public PolicyExpressionException Fail(string message) => new(message, At);
}
