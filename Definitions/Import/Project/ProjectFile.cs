namespace FlowEngine.Definitions;

/// <summary>A file of a project that is to be written.</summary>
/// <param name="Path">Its path in the project, with <c>/</c>; never leads out of it.</param>
/// <param name="Content">Its bytes.</param>
public sealed record ProjectFile(string Path, ReadOnlyMemory<byte> Content);
