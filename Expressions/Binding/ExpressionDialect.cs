namespace FlowEngine.Expressions;

/// <summary>Which functions there are.</summary>
public enum ExpressionDialect
{
    /// <summary>The service's functions and our documented extensions.</summary>
    Extended,

    /// <summary>The service's functions only.</summary>
    Strict,

    /// <summary>As <see cref="Extended"/>, and the lenient rules of documents in the tutorial's dialect hold (<c>docs/dialect.md</c>).</summary>
    Tutorial,
}
