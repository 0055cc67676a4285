namespace FlowEngine.Definitions;

/// <summary>How a definition with forms of the tutorial's dialect was rewritten, for those who write it back.</summary>
/// <param name="Written">The definition as the file has it.</param>
/// <param name="Draft">The rewritten one; null where there was nothing to rewrite.</param>
/// <param name="ConnectionReferences">The workflow's, with those of its credential groups.</param>
internal sealed record DialectRewriting(FoundDefinition Written, DraftObject? Draft, FlowValue ConnectionReferences);
