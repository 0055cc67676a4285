namespace FlowEngine.Actions;

/// <summary>Where a workflow's maps and schemas are found.</summary>
public interface IArtifactSource
{
    /// <summary>The text of a file such as <c>Artifacts/Maps/Order.xslt</c>; null where there is none. Any thread may ask.</summary>
    /// <param name="path">Relative, with <c>/</c>.</param>
    string? Read(string path);
}
