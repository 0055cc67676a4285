using System.Text;

namespace FlowEngine.Testing;

/// <summary>The HTTP calls of a run with what answered them, in the order of sending; secrets are scrubbed.</summary>
/// <remarks>Written by <see cref="CassetteRecorder"/>, played back by <see cref="CassettePlayer"/>. The format is in <c>docs/testing.md</c>.</remarks>
internal sealed record Cassette
{
    /// <summary>The version of the format.</summary>
    public const int Version = 1;

    /// <summary>The flow's name.</summary>
    public required string Flow { get; init; }

    /// <summary>SHA-256 of the flow's text, in hexadecimal digits; empty where it is not known.</summary>
    public required string FlowHash { get; init; }

    /// <summary>What a call of the run must have in common with the recorded one when the cassette is played strictly.</summary>
    public CassetteMatch MatchOn { get; init; } = CassetteMatch.All;

    /// <summary>The calls.</summary>
    public required IReadOnlyList<CassetteCall> Calls { get; init; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="MockFormatException">It can't be read or makes no sense; all faults are listed.</exception>
    public static Cassette Load(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return MockDocument.Load(file, (faults, folder, root) => new CassetteReader(faults, folder).Read(root));
    }

    /// <summary>The cassette without secrets: by the names of headers, parameters and members, and these values wherever they turn up.</summary>
    public Cassette Scrubbed(params IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        // The longest first: a value may be a part of another.
        var ordered = values.Where(value => value.Length > 0).OrderByDescending(value => value.Length).ToList();
        var scrubber = new Scrubber((text, _) => ordered.Aggregate(text, (masked, value) => masked.Replace(value, Scrubber.Mark, StringComparison.Ordinal)));
        return this with { Calls = [.. Calls.Select(scrubber.Apply)] };
    }

    /// <summary>The calls as mappings of WireMock: <c>{"mappings": […]}</c>. Calls that repeat become the steps of a scenario; the last answer repeats.</summary>
    public FlowValue ToWireMock() => CassetteMappings.Write(this);

    /// <summary>Writes a file; long and binary bodies go to files of their own in a folder beside it.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Save(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var folder = Path.GetFileNameWithoutExtension(file) + ".bodies";
        var around = Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".";
        Directory.CreateDirectory(around);
        var value = new CassetteWriter(folder, (name, bytes) =>
        {
            Directory.CreateDirectory(Path.Combine(around, folder));
            File.WriteAllBytes(Path.Combine(around, folder, name), bytes.ToArray());
        }).Write(this);
        using var writer = new Newtonsoft.Json.JsonTextWriter(new StreamWriter(file, false, new UTF8Encoding(false))) { Formatting = Newtonsoft.Json.Formatting.Indented };
        FlowJson.Write(value, writer);
    }
}

/// <summary>What recorded calls and those of a run are compared by.</summary>
[Flags]
internal enum CassetteMatch
{
    /// <summary>Nothing: any call plays any other.</summary>
    None = 0,

    /// <summary>The calls come in the order of the cassette. Without it each plays the first one left that fits.</summary>
    Order = 1,

    /// <summary>The method.</summary>
    Method = 2,

    /// <summary>The address.</summary>
    Uri = 4,

    /// <summary>The body.</summary>
    Body = 8,

    /// <summary>Everything.</summary>
    All = Order | Method | Uri | Body,
}

/// <summary>One call.</summary>
/// <param name="Action">The path of the action that sent it, with indexes: <c>Try/For_each[2]/Post</c>.</param>
/// <param name="Method">The method.</param>
/// <param name="Uri">The address, absolute.</param>
/// <param name="Headers">The request's headers, name to text.</param>
/// <param name="Body">The request's body as text; null where there was none.</param>
/// <param name="Response">What answered.</param>
internal sealed record CassetteCall(string Action, string Method, string Uri, FlowValue Headers, string? Body, MockResponse Response);
