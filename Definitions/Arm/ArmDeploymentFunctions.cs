namespace FlowEngine.Definitions;

/// <summary>Functions of template expressions that tell where a deployment goes: plain values, as no cloud is there to ask.</summary>
internal static class ArmDeploymentFunctions
{
    private const string Id = "00000000-0000-0000-0000-000000000000";
    private const string SubscriptionPath = "/subscriptions/" + Id;
    private const string GroupPath = SubscriptionPath + "/resourceGroups/resource-group";

    private static readonly FlowValue Subscription = FlowValue.Parse(
        $$"""{"id":"{{SubscriptionPath}}","subscriptionId":"{{Id}}","tenantId":"{{Id}}","displayName":"subscription"}""");

    private static readonly FlowValue Group = FlowValue.Parse(
        $$$"""{"id":"{{{GroupPath}}}","name":"resource-group","type":"Microsoft.Resources/resourceGroups","location":"westeurope","tags":{},"properties":{"provisioningState":"Succeeded"}}""");

    private static readonly FlowValue Environment = FlowValue.Parse("""
        {
          "name": "AzureCloud", "gallery": "https://gallery.azure.com/", "graph": "https://graph.windows.net/", "portal": "https://portal.azure.com",
          "graphAudience": "https://graph.windows.net/", "activeDirectoryDataLake": "https://datalake.azure.net/", "batch": "https://batch.core.windows.net/",
          "media": "https://rest.media.azure.net", "sqlManagement": "https://management.core.windows.net:8443/", "vmImageAliasDoc": "",
          "resourceManager": "https://management.azure.com/",
          "authentication": { "loginEndpoint": "https://login.microsoftonline.com/", "audiences": ["https://management.core.windows.net/", "https://management.azure.com/"], "tenant": "common", "identityProvider": "AAD" },
          "suffixes": {
            "acrLoginServer": ".azurecr.io", "azureDatalakeAnalyticsCatalogAndJob": "azuredatalakeanalytics.net", "azureDatalakeStoreFileSystem": "azuredatalakestore.net",
            "azureFrontDoorEndpointSuffix": "azurefd.net", "keyvaultDns": ".vault.azure.net", "sqlServerHostname": ".database.windows.net", "storage": "core.windows.net"
          }
        }
        """);

    public static Dictionary<string, Func<ArmArguments, FlowValue>> Table { get; } = new()
    {
        ["deployment"] = _ => FlowValue.Parse("""{"name":"deployment","location":"westeurope","properties":{"mode":"Incremental"}}"""),
        ["environment"] = _ => Environment,
        ["extensionResourceId"] = a => FlowValue.String(a.Text(0) + Path(a, 1)),
        ["resourceGroup"] = _ => Group,
        ["resourceId"] = ResourceId,
        ["subscription"] = _ => Subscription,
        ["subscriptionResourceId"] = a => FlowValue.String(SubscriptionPath + Path(a, TypeIndex(a))),
        ["tenant"] = _ => FlowValue.Parse($$"""{"tenantId":"{{Id}}","displayName":"tenant"}"""),
        ["tenantResourceId"] = a => FlowValue.String(Path(a, 0)),
    };

    // resourceId([subscription], [group], type, name, name…): the type is the first argument with a slash.
    private static FlowValue ResourceId(ArmArguments a)
    {
        var type = TypeIndex(a);
        var group = type switch
        {
            0 => GroupPath,
            1 => $"{SubscriptionPath}/resourceGroups/{a.Text(0)}",
            _ => $"/subscriptions/{a.Text(0)}/resourceGroups/{a.Text(1)}",
        };
        return FlowValue.String(group + Path(a, type));
    }

    private static int TypeIndex(ArmArguments a)
    {
        for (var i = 0; i < a.Count && i < 3; i++)
        {
            if (a.Text(i).Contains('/', StringComparison.Ordinal)) return i;
        }

        throw new ArmException($"'{a.Function}' has no resource type");
    }

    // 'A.B/c/d', 'x', 'y' is /providers/A.B/c/x/d/y.
    private static string Path(ArmArguments a, int type)
    {
        var segments = a.Text(type).Split('/');
        var path = "/providers/" + segments[0];
        for (var i = 1; i < segments.Length; i++) path += $"/{segments[i]}/{a.Text(type + i)}";
        return path;
    }
}
