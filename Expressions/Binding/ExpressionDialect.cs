namespace FlowEngine.Expressions;

/// <summary>Which functions there are.</summary>
public enum ExpressionDialect
{
    /// <summary>The service's functions and our documented extensions.</summary>
    Extended,

    /// <summary>The service's functions only.</summary>
    Strict,
}
