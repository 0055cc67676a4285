namespace FlowEngine.Definitions;

/// <summary>A place in a file.</summary>
/// <param name="File">The file as given; an entry of an archive follows <c>!/</c>.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units as editors count.</param>
/// <param name="EndColumn">The first column behind the place, on the same line.</param>
/// <param name="Path">JSON Pointer into the file.</param>
public sealed record SourceLocation(string File, int Line, int Column, int EndColumn, string Path);
