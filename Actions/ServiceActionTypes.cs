using FlowEngine.Definitions;

namespace FlowEngine.Actions;

/// <summary>Action types that the service has and nothing here runs: definitions may have them, and mocks may answer for them.</summary>
internal static class ServiceActionTypes
{
    private static readonly string[] Names =
    [
        // Connectors and calls
        "ApiConnectionNotification",
        "OpenApiConnectionNotification",
        "InvokeFunction",
        "Batch",

        // Code and transforms
        "CSharpScriptCode",
        "PowerShellCode",
        "FlatFileDecoding",
        "FlatFileEncoding",
        "IntegrationAccountArtifactLookup",
        "As2Encode",
        "As2Decode",
        "X12Encode",
        "X12BatchEncode",
        "X12Decode",
        "EdifactEncode",
        "EdifactBatchEncode",
        "EdifactDecode",
        "Rosettanet",
        "RosettaNetEncode",
        "RosettaNetDecode",
        "RosettaNetWaitForResponse",
        "SwiftEncode",
        "SwiftDecode",
        "SwiftMTEncode",
        "SwiftMTDecode",
        "Hl7Encode",
        "Hl7Decode",

        // Documents for language models
        "ChunkText",
        "ChunkTextWithMetadata",
        "ParseDocument",
        "ParseDocumentWithMetadata",

        // Agents
        "Agent",
        "AgentHandoff",
        "NestedAgent",
        "McpClientTool",
    ];

    // What their inputs can't do without (runtime reference, 3.15-3.18). What else they may have differs from host to host, so any member is fine.
    private static readonly Dictionary<string, string[]> RequiredInputs = new(StringComparer.Ordinal)
    {
        ["InvokeFunction"] = ["functionName"],
        ["FlatFileDecoding"] = ["content"],
        ["FlatFileEncoding"] = ["content"],
    };

    /// <summary>What the validator knows of them: that they exist, and what they need.</summary>
    public static IEnumerable<ActionTypeInfo> Types => Names.Select(name => new ActionTypeInfo(name)
    {
        IsImplemented = false,
        RequiredInputs = RequiredInputs.GetValueOrDefault(name, []),
        OwnMembers = name == "Agent" ? ["tools"] : [],
    });
}
