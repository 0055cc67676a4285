namespace FlowEngine.Actions;

/// <summary>A condition as the definition has it, for messages.</summary>
internal static class ConditionText
{
    public static string Of(FlowValue condition) => condition.AsStringOrNull ?? condition.ToJson();
}
