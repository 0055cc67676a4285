namespace FlowEngine;

/// <summary>Finds the workflows that others call.</summary>
public interface IWorkflowCatalog
{
    /// <summary>The workflow of that name or reference name, ignoring case; null where there is none.</summary>
    /// <exception cref="DefinitionException">It is there, and has errors.</exception>
    Workflow? Find(string name);
}
