using System.CommandLine;

namespace FlowEngine.Cli;

/// <summary>The arguments of <c>flow run</c>, still as text.</summary>
internal sealed class RunArguments
{
    private readonly Argument<string> _file = new("FILE") { Description = "The flow: a JSON file, an archive, a project or a folder." };
    private readonly Option<string?> _flow = Text("--flow", "NAME", "The workflow; needed where the file holds several.");
    private readonly Option<string?> _trigger = Text("--trigger", "NAME", "The trigger to fire; needed where there are several.");
    private readonly Option<string?> _body = Text("--body", "JSON|@FILE|@-", "The request's body, or the payload of a trigger fired by hand. What is no JSON is text.");
    private readonly Option<string[]> _headers = Texts("--header", "NAME=VALUE", "A header of the request.");
    private readonly Option<string[]> _queries = Texts("--query", "NAME=VALUE", "A query parameter of the request, not percent-encoded.");
    private readonly Option<string?> _method = Text("--method", "METHOD", "The request's method; without it the trigger's own, else POST.");
    private readonly Option<string?> _path = Text("--path", "PATH", "What follows the trigger's address, percent-encoded.");
    private readonly Option<string[]> _parameters = Texts("--param", "NAME=VALUE", "A workflow parameter: JSON, @FILE, @- or text.");
    private readonly Option<string?> _parameterFile = Text("--parameters", "FILE", "A file of workflow parameters.");
    private readonly Option<string?> _environment = Text("--env", "NAME", "Connections, app settings and parameters of environments/NAME.json beside the flow.");
    private readonly Option<string?> _mocks = Text("--mocks", "FILE|FOLDER", "Answers to HTTP requests and actions; with it nothing leaves the process.");
    private readonly Option<bool> _autoMock = Flag("--auto-mock", "Calls are answered with made-up data by the schemas that read them; nothing leaves the process.");
    private readonly Option<string?> _record = Text("--record", "FILE", "Keeps every HTTP call in a cassette, without secrets.");
    private readonly Option<string?> _replay = Text("--replay", "FILE", "Answers HTTP requests from a cassette; nothing leaves the process.");
    private readonly Option<bool> _loose = Flag("--loose", "Replays by action and iteration, whatever address and body.");
    private readonly Option<string?> _now = Text("--now", "TIME", "Where the run's clock starts.");
    private readonly Option<bool> _virtualTime = Flag("--virtual-time", "Waits take no time: the clock jumps to what is due next.");
    private readonly Option<string?> _occurrences = Text("--occurrences", "N", "Runs the flow at the next N occurrences of its schedule, in virtual time.");
    private readonly Option<string?> _seed = Text("--seed", "N", "Fixes guid(), rand(), run ids and jitter.");
    private readonly Option<string?> _timeout = Text("--timeout", "DURATION", "Bounds the whole run: 90s, 5m, 2h, PT1H30M.");
    private readonly Option<bool> _untrusted = Flag("--untrusted", "For a flow of strangers: no requests to addresses inside, small limits.");
    private readonly Option<bool> _followRedirects = Flag("--follow-redirects", "Follows redirects; the service doesn't.");
    private readonly Option<string?> _proxy = Text("--proxy", "URL", "The proxy that requests go through.");
    private readonly Option<string?> _listen = Text("--listen", "URL", "Where actions that wait to be called back are reached; without it a free port of this machine where the flow has any.");
    private readonly Option<string?> _callbackAddress = Text("--callback-address", "URL", "The address of a tunnel or proxy in front of --listen, which callers are told.");
    private readonly Option<bool> _strict = Flag("--strict", "Refuses what works here only.");
    private readonly Option<bool> _json = Flag("--json", "Prints the run record and nothing else.");
    private readonly Option<bool> _ndjson = Flag("--ndjson", "Prints one event a line as it happens.");
    private readonly Option<string?> _log = Text("--log", "FILE", "Adds the run's log to a file, one compact JSON object a line.");
    private readonly Option<string?> _logLevel = Text("--log-level", "LEVEL", "The least level of the log: verbose, debug, information (the default), warning, error.");
    private readonly Option<bool> _quiet = Flag("--quiet", "No progress and no warnings.");
    private readonly Option<bool> _ascii = Flag("--ascii", "Draws with ASCII characters.");

    private readonly Option<string[]> _placeholders = PlaceholderOption.Create();
    private readonly Option<string?> _host = HostOption.Create();

    public Command CreateCommand() => new("run", "Runs a flow once, in memory.")
    {
        _file, _flow, _trigger, _body, _headers, _queries, _method, _path, _parameters, _parameterFile, _placeholders, _host, _environment, _mocks, _autoMock, _record, _replay, _loose,
        _now, _virtualTime, _occurrences, _seed, _timeout, _untrusted, _followRedirects, _proxy, _listen, _callbackAddress, _strict, _json, _ndjson, _log, _logLevel, _quiet, _ascii,
    };

    /// <exception cref="UsageException">Options contradict each other.</exception>
    public RunRequest Read(ParseResult parsed)
    {
        var request = new RunRequest
        {
            File = parsed.GetRequiredValue(_file),
            Flow = parsed.GetValue(_flow),
            Trigger = parsed.GetValue(_trigger),
            Body = parsed.GetValue(_body),
            Headers = [.. (parsed.GetValue(_headers) ?? []).Select(text => NameAndText.Read(text, "--header"))],
            Queries = [.. (parsed.GetValue(_queries) ?? []).Select(text => NameAndText.Read(text, "--query"))],
            Method = parsed.GetValue(_method),
            Path = parsed.GetValue(_path),
            Parameters = [.. (parsed.GetValue(_parameters) ?? []).Select(text => NameAndText.Read(text, "--param"))],
            ParameterFile = parsed.GetValue(_parameterFile),
            Placeholders = PlaceholderOption.Read(parsed.GetValue(_placeholders)),
            Host = HostOption.Read(parsed.GetValue(_host)),
            Environment = parsed.GetValue(_environment),
            Mocks = parsed.GetValue(_mocks),
            AutoMock = parsed.GetValue(_autoMock),
            Record = parsed.GetValue(_record),
            Replay = parsed.GetValue(_replay),
            Loose = parsed.GetValue(_loose),
            Now = parsed.GetValue(_now),
            VirtualTime = parsed.GetValue(_virtualTime),
            Occurrences = WholeNumbers.Read(parsed.GetValue(_occurrences), "--occurrences", 1),
            Seed = WholeNumbers.Read(parsed.GetValue(_seed), "--seed"),
            Timeout = parsed.GetValue(_timeout) is { } timeout ? Durations.Read(timeout, "--timeout") : null,
            Untrusted = parsed.GetValue(_untrusted),
            FollowRedirects = parsed.GetValue(_followRedirects),
            Proxy = parsed.GetValue(_proxy) is { } proxy ? ReadAddress(proxy, "--proxy", "http://proxy.example:8080") : null,
            Listen = parsed.GetValue(_listen) is { } listen ? ReadAddress(listen, "--listen", "http://127.0.0.1:8080/") : null,
            CallbackAddress = parsed.GetValue(_callbackAddress) is { } callback ? ReadAddress(callback, "--callback-address", "https://tunnel.example/") : null,
            Strict = parsed.GetValue(_strict),
            Json = parsed.GetValue(_json),
            Ndjson = parsed.GetValue(_ndjson),
            Log = parsed.GetValue(_log),
            LogLevel = parsed.GetValue(_logLevel),
            Quiet = parsed.GetValue(_quiet),
            Ascii = parsed.GetValue(_ascii),
        };
        if (request is { Json: true, Ndjson: true }) throw new UsageException("--json and --ndjson exclude each other.");
        if (request is { Replay: not null, Mocks: not null }) throw new UsageException("--replay and --mocks exclude each other.");
        if (request is { Replay: not null, AutoMock: true }) throw new UsageException("--replay and --auto-mock exclude each other.");
        if (request is { Loose: true, Replay: null }) throw new UsageException("--loose goes with --replay.");
        if (request is { Occurrences: not null, VirtualTime: false }) throw new UsageException("--occurrences goes with --virtual-time.");
        if (request is { Listen: not null } and ({ VirtualTime: true } or { Replay: not null })) throw new UsageException("--listen goes with real time: nobody calls back in virtual time or in a replay.");
        if (request.Listen is { Scheme: "https" }) throw new UsageException("--listen takes an address with http; put a proxy with a certificate in front and name it with --callback-address.");
        if (request is { LogLevel: not null, Log: null }) throw new UsageException("--log-level goes with --log.");
        return request;
    }

    private static Uri ReadAddress(string text, string option, string example) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new UsageException($"{option} takes an address such as {example}, not '{text}'.");

    private static Option<string?> Text(string name, string value, string description) => new(name) { HelpName = value, Description = description };

    private static Option<string[]> Texts(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description + " May be repeated.", Arity = ArgumentArity.OneOrMore };

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };
}
