namespace FlowEngine.Actions;

/// <summary>A condition as the definition has it, for messages.</summary>
internal static class ConditionText
{
    /// <summary>The Boolean that text stands for in the tutorial's dialect: True or False, in any case. Everything else is what it is.</summary>
    public static FlowValue AsBoolean(FlowValue result) => bool.TryParse(result.AsStringOrNull, out var value) ? value : result;

    public static string Of(FlowValue condition) => condition.AsStringOrNull ?? condition.ToJson();
}
