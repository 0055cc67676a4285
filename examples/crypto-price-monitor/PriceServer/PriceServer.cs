using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using WireMock;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Types;
using WireMock.Util;

namespace FlowEngine.Examples;

/// <summary>Plays the four services of the crypto price monitor on loopback: CoinGecko, Binance, the fallback and the storage. Each checks its credentials and can be made to fail.</summary>
/// <remarks><c>PUT /faults/{service}/{fault}</c> switches a fault on while it runs; <c>GET /stored</c> gives what the storage took.</remarks>
public sealed class PriceServer : IDisposable
{
    public const string CoinGeckoKey = "local-coingecko-key";
    public const string BinanceKey = "local-binance-key";
    public const string BinanceSecret = "local-binance-secret";
    public const string StorageToken = "local-storage-token";

    /// <summary>Symbol, CoinGecko's id, price in dollars.</summary>
    private static readonly (string Symbol, string Id, decimal Price)[] Coins =
    [
        ("BTC", "bitcoin", 43250.12m), ("ETH", "ethereum", 2315.5m), ("ADA", "cardano", 0.52m), ("DOT", "polkadot", 7.1m), ("LINK", "chainlink", 14.35m),
    ];

    private readonly ConcurrentDictionary<string, Fault> _faults = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<string> _stored = new();
    private readonly TimeSpan _silence;
    private readonly WireMockServer _server;

    /// <param name="port">The port on loopback; 0 takes any that is free.</param>
    /// <param name="silence">How long <see cref="Fault.Timeout"/> keeps silent; without it ten minutes.</param>
    public PriceServer(int port = 0, TimeSpan? silence = null)
    {
        _silence = silence ?? TimeSpan.FromMinutes(10);
        _server = WireMockServer.Start(port);
        Play("coingecko", "GET", "/coingecko/simple/price", CoinGecko);
        Play("binance", "GET", "/binance/ticker/24hr", Binance);
        Play("fallback", "GET", "/fallback/prices", Fallback);
        Play("storage", "POST", "/storage/prices", Store);
        _server.Given(Request.Create().WithPath("/stored").UsingGet())
            .RespondWith(Response.Create().WithCallback(_ => Json(200, "[" + string.Join(",", _stored) + "]")));
        _server.Given(Request.Create().WithPath("/faults/*/*").UsingPut()).RespondWith(Response.Create().WithCallback(SwitchFault));
    }

    /// <summary>The services that can fail.</summary>
    public static IReadOnlyList<string> Services { get; } = ["coingecko", "binance", "fallback", "storage"];

    /// <summary>Where it listens, without a slash at its end.</summary>
    public string Address => _server.Urls[0];

    /// <summary>The bodies that the storage took, in order.</summary>
    public IReadOnlyCollection<string> Stored => _stored;

    /// <summary>Makes a service fail from now on, or answer again with <see cref="Fault.None"/>.</summary>
    /// <exception cref="ArgumentException">No service has that name.</exception>
    public void Fail(string service, Fault fault)
    {
        if (!Services.Contains(service, StringComparer.OrdinalIgnoreCase)) throw new ArgumentException($"No service '{service}'. Services: {string.Join(", ", Services)}.", nameof(service));
        _faults[service] = fault;
    }

    public void Dispose() => _server.Dispose();

    private void Play(string service, string method, string path, Func<IRequestMessage, ResponseMessage> answer)
    {
        IRequestBuilder Call() => Request.Create().WithPath(path).UsingMethod(method);
        _server.Given(Call()).AtPriority(2).RespondWith(Response.Create().WithCallback(message => Faulty(service) ?? answer(message)));
        // A callback can't wait, so silence is an answer of its own that comes first while it is switched on.
        _server.Given(Call().WithHeader(_ => _faults.GetValueOrDefault(service) == Fault.Timeout)).AtPriority(1).RespondWith(Response.Create().WithDelay(_silence));
    }

    private ResponseMessage? Faulty(string service) => _faults.GetValueOrDefault(service) switch
    {
        Fault.OutOfQuota => Json(429, """{"error":"quota reached"}""", ("Retry-After", "2")),
        Fault.Error => Answer(500, "<html>Something broke.</html>", "text/html"),
        Fault.Malformed => Json(200, """{"bitcoin":{"usd":"""),
        Fault.Empty => new ResponseMessage { StatusCode = 200 },
        Fault.Forbidden => Json(403, """{"error":"forbidden"}"""),
        _ => null,
    };

    private static ResponseMessage CoinGecko(IRequestMessage request)
    {
        if (HeaderOf(request, "x-cg-demo-api-key") != CoinGeckoKey) return Json(401, """{"error":"wrong API key"}""");
        var ids = QueryOf(request, "ids").Split(',');
        var prices = Coins.Where(coin => ids.Contains(coin.Id)).ToDictionary(
            coin => coin.Id,
            coin => new { usd = coin.Price, usd_market_cap = coin.Price * 1_000_000m, usd_24h_change = 0.5m, last_updated_at = 1770044400 });
        return Json(200, JsonSerializer.Serialize(prices), ("X-RateLimit-Remaining", "27"));
    }

    private static ResponseMessage Binance(IRequestMessage request)
    {
        if (HeaderOf(request, "X-MBX-APIKEY") != BinanceKey) return Json(401, """{"code":-2014,"msg":"API-key format invalid."}""");
        // Signed is the query as it was sent, up to the signature.
        const string mark = "&signature=";
        var query = request.RawQuery!.TrimStart('?');
        var end = query.IndexOf(mark, StringComparison.Ordinal);
        if (end < 0 || SignatureOf(query[..end]) != query[(end + mark.Length)..]) return Json(400, """{"code":-1022,"msg":"Signature for this request is not valid."}""");

        var pairs = JsonSerializer.Deserialize<string[]>(QueryOf(request, "symbols"))!;
        var tickers = Coins.Where(coin => pairs.Contains(coin.Symbol + "USDT")).Select(coin => new { symbol = coin.Symbol + "USDT", lastPrice = Text(coin.Price + 0.01m) });
        return Json(200, JsonSerializer.Serialize(tickers));
    }

    private static ResponseMessage Fallback(IRequestMessage request)
    {
        var symbols = QueryOf(request, "symbols").Split(',');
        return Json(200, JsonSerializer.Serialize(Coins.Where(coin => symbols.Contains(coin.Symbol)).Select(coin => new { symbol = coin.Symbol, price = coin.Price - 0.01m })));
    }

    private ResponseMessage Store(IRequestMessage request)
    {
        if (HeaderOf(request, "Authorization") != "Bearer " + StorageToken) return Json(401, """{"error":"wrong token"}""");
        _stored.Enqueue(request.Body!);
        return Json(201, "{}");
    }

    private ResponseMessage SwitchFault(IRequestMessage request)
    {
        var parts = request.Path.Split('/');
        if (!Services.Contains(parts[2], StringComparer.OrdinalIgnoreCase) || !FaultNames.TryParse(parts[3], out var fault))
            return Json(404, JsonSerializer.Serialize(new { services = Services, faults = FaultNames.All }));
        Fail(parts[2], fault);
        return new ResponseMessage { StatusCode = 204 };
    }

    private static string SignatureOf(string query) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(BinanceSecret), Encoding.UTF8.GetBytes(query)));

    private static string? HeaderOf(IRequestMessage request, string name) => request.Headers!.TryGetValue(name, out var values) ? values[0] : null;

    private static string QueryOf(IRequestMessage request, string name) => request.Query!.TryGetValue(name, out var values) ? string.Join(",", values) : "";

    private static string Text(decimal price) => price.ToString("0.0000", CultureInfo.InvariantCulture);

    private static ResponseMessage Json(int status, string body, params (string Name, string Value)[] headers) => Answer(status, body, "application/json", headers);

    private static ResponseMessage Answer(int status, string body, string type, params (string Name, string Value)[] headers) => new()
    {
        StatusCode = status,
        Headers = headers.Append((Name: "Content-Type", Value: type)).ToDictionary(header => header.Name, header => new WireMockList<string>(header.Value)),
        BodyData = new BodyData { DetectedBodyType = BodyType.String, BodyAsString = body },
    };
}
