namespace FlowEngine.Definitions;

/// <summary>Which product's defaults hold. Found from the file (runtime reference, section 5), or chosen.</summary>
public enum HostProfile
{
    Consumption,
    Standard,
    PowerAutomate,
}
