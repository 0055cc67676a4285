using System.Net;
using FlowEngine.Actions;
using FlowEngine.Definitions;
using FlowEngine.Expressions;

namespace FlowEngine.Cli;

/// <summary>What a run may reach and cost, by how far its flow is trusted.</summary>
/// <param name="Egress">Where requests may go.</param>
/// <param name="Http">How they are sent.</param>
/// <param name="Expressions">What expressions may cost.</param>
/// <param name="Sizes">How large definitions may be.</param>
internal sealed record RunTrust(EgressPolicy Egress, HttpOptions Http, ExpressionLimits Expressions, DefinitionLimits Sizes)
{
    // Of flows of strangers a tenth of what the service takes is read.
    private const long UntrustedResponseBytes = 10_485_760;

    public static RunTrust Of(RunRequest request)
    {
        var http = HttpOptions.Default with { FollowRedirects = request.FollowRedirects, Proxy = ProxyOf(request.Proxy) };
        return request.Untrusted
            ? new RunTrust(EgressPolicy.PublicOnly, http with { MaxResponseBytes = UntrustedResponseBytes, MaxContentBytes = UntrustedResponseBytes }, ExpressionLimits.Untrusted, DefinitionLimits.Untrusted)
            : new RunTrust(EgressPolicy.Open, http, ExpressionLimits.Default, DefinitionLimits.Default);
    }

    private static WebProxy? ProxyOf(Uri? address)
    {
        if (address is null) return null;
        if (address.UserInfo.Length == 0) return new WebProxy(address);
        var parts = address.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        return new WebProxy(new UriBuilder(address) { UserName = null, Password = null }.Uri) { Credentials = new NetworkCredential(parts[0], parts.Length > 1 ? parts[1] : string.Empty) };
    }

    /// <summary>The settings of the engine that runs it.</summary>
    public void Apply(WorkflowEngineBuilder settings) => settings.UseEgressPolicy(Egress).UseHttp(Http).UseExpressionLimits(Expressions);
}
