using FlowEngine.Definitions;

namespace FlowEngine.Actions;

/// <summary>Action types that the service has and nothing here runs: definitions may have them, and mocks may answer for them.</summary>
internal static class ServiceActionTypes
{
    private static readonly string[] Names =
    [
        // Connectors and calls
        "ApiConnection",
        "ApiConnectionNotification",
        "ApiConnectionWebhook",
        "OpenApiConnection",
        "OpenApiConnectionNotification",
        "OpenApiConnectionWebhook",
        "ServiceProvider",
        "ApiManagement",
        "Function",
        "InvokeFunction",
        "HttpWebhook",
        "Workflow",
        "SendToBatch",
        "Batch",

        // Code and transforms
        "JavaScriptCode",
        "CSharpScriptCode",
        "PowerShellCode",
        "Expression",
        "Xslt",
        "XmlValidation",
        "XmlParse",
        "XmlCompose",
        "Liquid",
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

    /// <summary>What the validator knows of them: that they exist.</summary>
    public static IEnumerable<ActionTypeInfo> Types => Names.Select(name => new ActionTypeInfo(name)
    {
        IsImplemented = false,
        OwnMembers = name == "Agent" ? ["tools"] : [],
    });
}
