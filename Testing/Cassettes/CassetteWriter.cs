using System.Globalization;
using System.Text;
using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>Writes a cassette: its responses have the form of those of mocks.</summary>
/// <param name="folder">The folder of long and binary bodies, as the cassette names it.</param>
/// <param name="keep">Keeps such a body under a name.</param>
internal sealed class CassetteWriter(string folder, Action<string, ReadOnlyMemory<byte>> keep)
{
    private const int LongestBody = 8 * 1024;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public FlowValue Write(Cassette cassette) => FlowValue.Object(
        ("version", Cassette.Version),
        ("engine", FlowValue.String(typeof(Cassette).Assembly.GetName().Version?.ToString(3) ?? "0")),
        ("flow", FlowValue.String(cassette.Flow)),
        ("flowHash", FlowValue.String(cassette.FlowHash)),
        ("matchOn", CassetteMatches.Write(cassette.MatchOn)),
        ("calls", FlowArray.Create(cassette.Calls.Select(Call))));

    private FlowValue Call(CassetteCall call, int index)
    {
        var request = new FlowObjectBuilder()
            .Add("method", FlowValue.String(call.Method))
            .Add("uri", FlowValue.String(call.Uri))
            .Add("headers", call.Headers);
        if (call.Body is { } body) request.Add("body", Readable(body));
        return FlowValue.Object(("action", FlowValue.String(call.Action)), ("request", request.ToValue()), ("response", Response(call.Response, index)));
    }

    private FlowValue Response(MockResponse response, int index)
    {
        if (response.Fault != MockFault.None) return FlowValue.Object(("fault", FlowValue.String(response.Fault.ToString().ToLowerInvariant())));
        var headers = new FlowObjectBuilder();
        foreach (var (name, values) in response.Headers)
            headers.Set(name, values.Count == 1 ? FlowValue.String(values[0]) : FlowArray.Create(values.Select(FlowValue.String)));

        // Without a type the reader of mocks would add one.
        if (response.Body.Length > 0 && !response.Headers.Any(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))) headers.Set("Content-Type", FlowValue.Null);
        var result = new FlowObjectBuilder().Add("status", response.Status).Add("headers", headers.ToValue());
        if (response.Body.Length == 0) return result.ToValue();
        if (response.Body.Length <= LongestBody && TextOf(response.Body.Span) is { } text) return result.Add("body", Readable(text)).ToValue();
        var file = string.Create(CultureInfo.InvariantCulture, $"{index + 1}.body");
        keep(file, response.Body);
        return result.Add("bodyFile", FlowValue.String($"{folder}/{file}")).ToValue();
    }

    // JSON as JSON, where it comes out again as the same bytes.
    private static FlowValue Readable(string text)
    {
        if (text is not ['{' or '[', ..]) return FlowValue.String(text);
        try
        {
            var value = FlowJson.Parse(text);
            return FlowJson.Write(value) == text ? value : FlowValue.String(text);
        }
        catch (FlowJsonException)
        {
            return FlowValue.String(text);
        }
    }

    private static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
