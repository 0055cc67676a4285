using System.Globalization;
using System.Net.Http.Headers;

namespace FlowEngine.Actions;

/// <summary>Asks a token endpoint, through the door of all requests: recorded, guarded, mocked like them; the token itself never shows.</summary>
/// <param name="failure">How a failure begins, such as <c>Http request failed as there is an error getting AD OAuth token</c>.</param>
internal sealed class TokenEndpoint(string failure)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(120);

    private static readonly string[] TokenMembers = ["access_token", "refresh_token", "id_token"];

    /// <summary>Posts a form.</summary>
    /// <exception cref="CredentialsUnavailableException">No token came.</exception>
    public Task<AccessToken> PostAsync(Uri address, IEnumerable<KeyValuePair<string, string>> form, string? authorization, RunScope scope, int attempt, CancellationToken cancellation)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (authorization is not null) HttpAuthentication.SetHeader(message, "Authorization", authorization);
        return SendAsync(message, scope, attempt, cancellation);
    }

    /// <summary>Sends a request of any form; disposes it.</summary>
    /// <exception cref="CredentialsUnavailableException">No token came.</exception>
    public async Task<AccessToken> SendAsync(HttpRequestMessage message, RunScope scope, int attempt, CancellationToken cancellation, TimeSpan? timeout = null)
    {
        using var disposed = message;
        message.Options.Set(HttpScope.Key, scope);
        var issued = scope.Time.GetUtcNow();
        var address = message.RequestUri!; // The callers give one.
        HttpAnswer response;
        try
        {
            response = await ServerAccess.SendAsync(scope, message, default, timeout ?? scope.Outbound.Options.RequestTimeout ?? Timeout, attempt, cancellation);
        }
        catch (Exception e) when (e is RequestTimedOutException or ServerLeftAloneException)
        {
            throw Unreached(e.Message);
        }
        catch (Exception e) when (HttpFailures.IsNetwork(e))
        {
            throw Unreached(HttpFailures.WordsOf(e, address));
        }

        var answer = Parse(response);
        foreach (var member in TokenMembers) scope.RecordSecret(answer[member]);
        if (!response.IsSuccess) throw Failed(Reason(response, answer), response.StatusCode is 408 or 429 or >= 500);
        if (answer["access_token"].AsStringOrNull is not { Length: > 0 } token) throw Failed("the answer of the token endpoint has no 'access_token'", isRetryable: false);
        return new AccessToken(token, issued, End(answer, issued), answer["refresh_token"].AsStringOrNull);
    }

    /// <summary>A failure in this endpoint's words.</summary>
    public CredentialsUnavailableException Failed(string why, bool isRetryable) => new($"{failure}: '{why}'.", isRetryable);

    private CredentialsUnavailableException Unreached(string why) => new($"{failure}: '{why}'.", isRetryable: true) { Unreached = why };

    // Not every error page is JSON; the status says what happened then.
    private static FlowValue Parse(HttpAnswer response)
    {
        try
        {
            return FlowJson.Parse(MessageBody.Text(response.Body, response.ContentType is { } type ? MediaType.Parse(type).Charset : null));
        }
        catch (FlowJsonException)
        {
            return default;
        }
    }

    private static string Reason(HttpAnswer response, FlowValue answer)
    {
        var status = string.Create(CultureInfo.InvariantCulture, $"the token endpoint answered {response.StatusCode} {HttpStatusNames.CodeOf(response.StatusCode)}");
        var error = answer["error"].AsStringOrNull ?? answer["error"]["code"].AsStringOrNull;
        var description = answer["error_description"].AsStringOrNull ?? answer["error"]["message"].AsStringOrNull ?? answer["message"].AsStringOrNull;
        return string.Join(": ", new[] { status, error, description }.Where(part => !string.IsNullOrEmpty(part)));
    }

    // expires_in counts seconds, in some answers as text; managed identities may say expires_on in Unix time alone.
    private static DateTimeOffset? End(FlowValue answer, DateTimeOffset issued)
    {
        if (Seconds(answer["expires_in"]) is { } lifetime) return issued.AddSeconds(lifetime);
        return Seconds(answer["expires_on"]) is { } end ? DateTimeOffset.UnixEpoch.AddSeconds(end) : null;
    }

    private static double? Seconds(FlowValue value)
    {
        var longest = TimeSpan.FromDays(36_500).TotalSeconds;
        if (value.IsInteger) return Math.Clamp(value.AsInteger, 0, longest);
        return double.TryParse(value.AsStringOrNull, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds)
            ? Math.Clamp(seconds, 0, longest)
            : null;
    }
}
