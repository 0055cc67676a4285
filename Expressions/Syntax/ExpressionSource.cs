namespace FlowEngine.Expressions;

/// <summary>Where an expression stands: the whole template text and the JSON Pointer of that text in its file.</summary>
/// <param name="Text">The template text as the definition has it, its <c>@</c> included.</param>
/// <param name="Path">JSON Pointer into the file, such as <c>/definition/actions/Total/inputs</c>; empty where there is no file.</param>
public sealed record ExpressionSource(string Text, string Path);
