namespace FlowEngine.Actions;

/// <summary>A condition as the definition has it, for messages, and its result, for the record.</summary>
internal static class ConditionText
{
    private static readonly ObjectShape Result = ObjectShape.Of("expressionResult");

    /// <summary>The Boolean that text stands for in the tutorial's dialect: True or False, in any case. Everything else is what it is.</summary>
    public static FlowValue AsBoolean(FlowValue result) => bool.TryParse(result.AsStringOrNull, out var value) ? value : result;

    /// <summary>What If and Switch show as their inputs: <c>{"expressionResult": …}</c>.</summary>
    public static FlowValue Recorded(FlowValue result) => Result.With(result);

    public static string Of(FlowValue condition) => condition.AsStringOrNull ?? condition.ToJson();
}
