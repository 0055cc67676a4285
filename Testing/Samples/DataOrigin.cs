using FlowEngine.Definitions;

namespace FlowEngine.Testing;

/// <summary>Where the value of an expression comes from: a value that nobody has given, or a template that other values are in.</summary>
/// <param name="Shape">The value; null for a template.</param>
/// <param name="Template">An object or an array with templates in it.</param>
/// <param name="At">The action that the template belongs to.</param>
/// <param name="Outputs">An action whose <c>body</c> is a step away.</param>
internal readonly record struct DataOrigin(DataShape? Shape, FlowValue Template = default, ActionNode? At = null, ActionNode? Outputs = null);
