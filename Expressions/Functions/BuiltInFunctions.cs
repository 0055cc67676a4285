namespace FlowEngine.Expressions;

/// <summary>All functions of the language, theme by theme.</summary>
public static class BuiltInFunctions
{
    /// <summary>The functions of the service and our extensions; a <see cref="Binder"/> refuses the latter in the strict dialect.</summary>
    public static FunctionTable Table { get; } = new()
    {
        LazyFunctions.Table,
        WorkflowFunctions.Table,
        FormFunctions.Table,
        LambdaFunctions.Table,
    };
}
