namespace FlowEngine;

/// <summary>A variable of a run. Only the run's loop touches it.</summary>
internal struct VariableCell
{
    public FlowValue Value;

    /// <summary>Canonical type name; null while the variable is not initialised.</summary>
    public string? Type;
}
