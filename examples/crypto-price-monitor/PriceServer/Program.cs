using FlowEngine.Examples;

// PriceServer [--port N] [--fault SERVICE=FAULT]...
var port = 8085;
var faults = new List<(string Service, Fault Fault)>();
for (var i = 0; i < args.Length; i += 2)
{
    var value = i + 1 < args.Length ? args[i + 1] : "";
    if (args[i] == "--port" && int.TryParse(value, out port)) continue;
    if (args[i] == "--fault" && value.Split('=') is [var service, var name] && PriceServer.Services.Contains(service) && FaultNames.TryParse(name, out var fault))
    {
        faults.Add((service, fault));
        continue;
    }

    Console.Error.WriteLine($"usage: PriceServer [--port N] [--fault {string.Join('|', PriceServer.Services)}={string.Join('|', FaultNames.All)}]...");
    return 1;
}

using var server = new PriceServer(port);
foreach (var (service, fault) in faults) server.Fail(service, fault);
Console.WriteLine($"CoinGecko, Binance, fallback and storage listen at {server.Address}. Ctrl-C ends it.");
Console.WriteLine($"Switch a fault on: curl -X PUT {server.Address}/faults/coingecko/429    What was stored: curl {server.Address}/stored");

var end = new TaskCompletionSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    end.TrySetResult();
};
await end.Task;
return 0;
