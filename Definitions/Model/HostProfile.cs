namespace FlowEngine.Definitions;

/// <summary>Which product's defaults hold. Found from the file (runtime reference, section 5), or chosen.</summary>
public enum HostProfile
{
    /// <summary>Azure Logic Apps, multi-tenant.</summary>
    Consumption,

    /// <summary>Azure Logic Apps, single-tenant: workflows in a project with app settings and connections.</summary>
    Standard,

    /// <summary>Power Automate cloud flows.</summary>
    PowerAutomate,
}
