using System.Globalization;

namespace FlowEngine.Actions;

/// <summary>The code that a status gives its action: the name that .NET Framework has for it, else the number.</summary>
/// <remarks>Recorded: <c>NotFound</c>, but <c>429</c> and <c>422</c>. So not today's HttpStatusCode, which names those too.</remarks>
internal static class HttpStatusNames
{
    private static readonly Dictionary<int, string> Names = new()
    {
        [100] = "Continue",
        [101] = "SwitchingProtocols",
        [200] = "OK",
        [201] = "Created",
        [202] = "Accepted",
        [203] = "NonAuthoritativeInformation",
        [204] = "NoContent",
        [205] = "ResetContent",
        [206] = "PartialContent",
        [300] = "MultipleChoices",
        [301] = "MovedPermanently",
        [302] = "Found",
        [303] = "SeeOther",
        [304] = "NotModified",
        [305] = "UseProxy",
        [306] = "Unused",
        [307] = "TemporaryRedirect",
        [400] = "BadRequest",
        [401] = "Unauthorized",
        [402] = "PaymentRequired",
        [403] = "Forbidden",
        [404] = "NotFound",
        [405] = "MethodNotAllowed",
        [406] = "NotAcceptable",
        [407] = "ProxyAuthenticationRequired",
        [408] = "RequestTimeout",
        [409] = "Conflict",
        [410] = "Gone",
        [411] = "LengthRequired",
        [412] = "PreconditionFailed",
        [413] = "RequestEntityTooLarge",
        [414] = "RequestUriTooLong",
        [415] = "UnsupportedMediaType",
        [416] = "RequestedRangeNotSatisfiable",
        [417] = "ExpectationFailed",
        [426] = "UpgradeRequired",
        [500] = "InternalServerError",
        [501] = "NotImplemented",
        [502] = "BadGateway",
        [503] = "ServiceUnavailable",
        [504] = "GatewayTimeout",
        [505] = "HttpVersionNotSupported",
    };

    public static string CodeOf(int status) => Names.TryGetValue(status, out var name) ? name : status.ToString(CultureInfo.InvariantCulture);
}
