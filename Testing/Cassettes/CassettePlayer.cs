using System.Globalization;
using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>How a cassette is played back.</summary>
public enum ReplayMode
{
    /// <summary>The same calls in the same order: method, address and body; a call more and a call left over diverge too.</summary>
    Strict,

    /// <summary>Each action's calls in their order, by path and iteration, whatever address and body.</summary>
    Loose,
}

/// <summary>Answers requests from a cassette; nothing leaves the process. One for a run and its child runs.</summary>
/// <param name="cassette">What was recorded.</param>
/// <param name="mode">How exact the run must follow.</param>
/// <param name="time">The clock for delays of requests that no action sends; null is the system's.</param>
internal sealed class CassettePlayer(Cassette cassette, ReplayMode mode = ReplayMode.Strict, TimeProvider? time = null) : HttpMessageHandler
{
    /// <summary>The code of an action whose request the cassette does not have.</summary>
    public const string Diverged = "ReplayDiverged";

    private const int ShownCharacters = 120;

    private readonly Lock _gate = new();
    private readonly bool[] _played = new bool[cassette.Calls.Count];
    private int _next;
    private string? _divergence;

    /// <summary>Where the run first left the cassette; null where it did not. Ask once the run has ended: calls that were left over count too.</summary>
    public string? Divergence
    {
        get
        {
            lock (_gate)
            {
                var unplayed = Array.IndexOf(_played, false);
                if (_divergence is not null || mode == ReplayMode.Loose || unplayed < 0) return _divergence;
                var left = cassette.Calls[unplayed];
                return Say(unplayed, $"{Describe(left)} by action '{left.Action}' was recorded, but the run ended without it");
            }
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var call = await CassetteRequests.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        return await MockAnswers.SendAsync(Find(call), request, call.Uri, time, cancellationToken).ConfigureAwait(false);
    }

    private MockResponse Find(CassetteCall call)
    {
        lock (_gate)
        {
            var found = mode == ReplayMode.Loose ? NextOf(call.Action) : NextLike(call);
            if (found < 0) throw Diverge(_next, $"action '{call.Action}' sends {Describe(call)}, but no further call {(mode == ReplayMode.Loose ? "of it " : string.Empty)}was recorded");
            var recorded = cassette.Calls[found];
            if (mode == ReplayMode.Strict && Difference(recorded, call) is { } difference) throw Diverge(found, difference);
            _played[found] = true;
            _next++;
            return recorded.Response;
        }
    }

    // Without the order, the first one left that fits; the first one left where none does, to tell how it differs.
    private int NextLike(CassetteCall call)
    {
        if (cassette.MatchOn.HasFlag(CassetteMatch.Order)) return _next < cassette.Calls.Count ? _next : -1;
        for (var i = 0; i < _played.Length; i++)
        {
            if (!_played[i] && Difference(cassette.Calls[i], call) is null) return i;
        }

        return Array.IndexOf(_played, false);
    }

    private int NextOf(string action)
    {
        for (var i = 0; i < _played.Length; i++)
        {
            if (!_played[i] && cassette.Calls[i].Action.Equals(action, StringComparison.OrdinalIgnoreCase)) return i;
        }

        return -1;
    }

    private string? Difference(CassetteCall recorded, CassetteCall call)
    {
        var match = cassette.MatchOn;
        var isOther = (match.HasFlag(CassetteMatch.Method) && !recorded.Method.Equals(call.Method, StringComparison.OrdinalIgnoreCase))
            || (match.HasFlag(CassetteMatch.Uri) && !Scrubber.Fits(recorded.Uri, call.Uri));
        if (isOther) return $"action '{call.Action}' sends {Describe(call)}, but recorded was {Describe(recorded)} by action '{recorded.Action}'";
        var (then, now) = (recorded.Body ?? string.Empty, call.Body ?? string.Empty);
        return !match.HasFlag(CassetteMatch.Body) || Scrubber.Fits(then, now) ? null : $"action '{call.Action}' sends {Describe(call)} with the body {Short(now)}, but recorded was {Short(then)}";
    }

    private RequestRefusedException Diverge(int index, string difference)
    {
        _divergence ??= Say(index, difference);
        return new RequestRefusedException(Diverged, _divergence);
    }

    private static string Say(int index, string difference) => string.Create(CultureInfo.InvariantCulture, $"The run diverges from the cassette at call {index + 1}: {difference}.");

    private static string Describe(CassetteCall call) => $"{call.Method} {call.Uri}";

    private static string Short(string text) => text.Length == 0 ? "(none)" : text.Length <= ShownCharacters ? text : string.Concat(text.AsSpan(0, ShownCharacters), "…");
}
