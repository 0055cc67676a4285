namespace FlowEngine.Definitions;

/// <summary>What a package is.</summary>
public enum PackageKind
{
    /// <summary>Definition files of any shape, in an archive or a folder.</summary>
    Files,

    /// <summary>What Power Automate's "Export package" writes.</summary>
    PowerAutomatePackage,

    /// <summary>A solution of Dataverse, packed or unpacked.</summary>
    Solution,

    /// <summary>A project of Logic Apps Standard.</summary>
    StandardProject,
}
