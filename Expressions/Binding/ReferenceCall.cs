namespace FlowEngine.Expressions;

/// <summary>The functions whose value the host supplies.</summary>
internal enum ReferenceFunction
{
    Variables,
    Parameters,
    Outputs,
    Body,
    Actions,
    Result,
    Item,
    Items,
    IterationIndexes,
    Trigger,
    TriggerOutputs,
    TriggerBody,
    Action,
    Workflow,
    ListCallbackUrl,
    AppSetting,
}

/// <summary>A call of a reference function, to be turned into a node by the host's scope.</summary>
/// <param name="Function">Which one; <c>actionBody</c> and <c>actionOutputs</c> come as <see cref="ReferenceFunction.Body"/> and <see cref="ReferenceFunction.Outputs"/>.</param>
/// <param name="FunctionName">The name as written, for messages.</param>
/// <param name="Name">The literal name, where the argument is one.</param>
/// <param name="ComputedName">The argument where it is no literal; it must give a string.</param>
internal readonly record struct ReferenceCall(ReferenceFunction Function, string FunctionName, string? Name, Expression? ComputedName)
{
    /// <summary>Where the call stands; told in <see cref="ExpressionDialect.Tutorial"/> only.</summary>
    public ReferencePlace Place { get; init; }
}

/// <summary>Where a reference stands, as far as a rule of <see cref="ExpressionDialect.Tutorial"/> asks.</summary>
internal enum ReferencePlace
{
    /// <summary>No rule asks.</summary>
    Anywhere,

    /// <summary>By itself as an argument of <c>coalesce</c>: what failed gives nothing.</summary>
    Coalesced,

    /// <summary>By itself as an argument of a <c>union</c> that is not dereferenced: data stands for its array.</summary>
    United,

    /// <summary>Before a step.</summary>
    Dereferenced,
}
