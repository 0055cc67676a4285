namespace FlowEngine.Expressions;

/// <summary>All functions of the language, theme by theme.</summary>
public static class BuiltInFunctions
{
    /// <summary>The functions of the service and our extensions; a <see cref="Binder"/> refuses the latter in the strict dialect.</summary>
    public static FunctionTable Table { get; } = new()
    {
        StringFunctions.Table,
        StringSearchFunctions.Table,
        CollectionFunctions.Table,
        SetFunctions.Table,
        LogicalFunctions.Table,
        LazyFunctions.Table,
        MathFunctions.Table,
        NumberFunctions.Table,
        DateFunctions.Table,
        DateArithmeticFunctions.Table,
        TimeZoneFunctions.Table,
        ContentFunctions.Table,
        UriFunctions.Table,
        JsonFunctions.Table,
        XmlFunctions.Table,
        ManipulationFunctions.Table,
        DateTicksExtension.Table,
        WorkflowFunctions.Table,
        FormFunctions.Table,
        LambdaFunctions.Table,
        ExtensionFunctions.Table,
    };
}
