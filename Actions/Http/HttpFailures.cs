using System.Net.Sockets;

namespace FlowEngine.Actions;

/// <summary>Why a request got no answer, in the service's words (runtime reference, 3.14).</summary>
internal static class HttpFailures
{
    public static ActionError Timeout { get; } = new(ActionCodes.BadRequest, "Http request failed: the timeout was reached.");

    public static ActionError Of(string message) => new(ActionCodes.BadRequest, $"Http request failed as there is an error: '{message}'.");

    public static ActionError InvalidJson(string readerMessage) =>
        new(ActionCodes.BadRequest, $"Http request failed: the content was not a valid JSON. Error while parsing JSON: '{readerMessage}'");

    /// <summary>The failure, and whether another attempt may help; null where the exception is no failure of the network.</summary>
    public static (ActionError Error, bool IsRetryable)? Of(Exception exception, Uri uri)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is RequestRefusedException refused) return (new ActionError(refused.Code, refused.Message), false);
        }

        return exception switch
        {
            CredentialsUnavailableException e => (new ActionError(ActionCodes.BadRequest, e.Message), e.IsRetryable),
            // What a server gave to be sent back to it.
            MessageFormatException => (Of(exception.Message), false),
            RequestTimedOutException => (Timeout, true),
            ServerLeftAloneException => (Of(exception.Message), true),
            TooManyRedirectsException => (Of(exception.Message), false),
            HttpRequestException e when IsUnresolved(e) => (new ActionError("UnresolvableHostName", $"The provided host name '{uri.Host}' could not be resolved."), true),
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } e => (Of(e.Message), false),
            _ when IsNetwork(exception) => (Of(WordsOf(exception, uri)), true),
            _ => null,
        };
    }

    /// <summary>Whether a request failed by the server or the way to it: no answer, or none in time.</summary>
    public static bool IsServersFault(Exception exception) => exception is RequestTimedOutException || IsNetwork(exception);

    /// <summary>Whether a connection that was kept broke before the answer began.</summary>
    public static bool IsLostKeptConnection(Exception exception) => LostConnection(exception) is { WasKept: true };

    /// <summary>Whether the network or the server ended a request, and not we.</summary>
    public static bool IsNetwork(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is RequestRefusedException) return false;
        }

        // The last one is a body that is not compressed as it says.
        return exception is HttpRequestException or IOException or InvalidDataException || LostConnection(exception) is not null;
    }

    /// <summary>What happened, without the words around it.</summary>
    public static string WordsOf(Exception exception, Uri uri) => exception switch
    {
        _ when LostConnection(exception) is { } lost => lost.Message,
        HttpRequestException e when IsUnresolved(e) => $"The provided host name '{uri.Host}' could not be resolved.",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError, InnerException: SocketException socket } => WordsOf(socket),
        _ => exception.Message,
    };

    private static ConnectionLostException? LostConnection(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is ConnectionLostException lost) return lost;
        }

        return null;
    }

    private static bool IsUnresolved(HttpRequestException e) =>
        e.HttpRequestError == HttpRequestError.NameResolutionError
        || e.InnerException is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery };

    // The service runs on Windows and shows its words; a flow may match on them.
    private static string WordsOf(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "No connection could be made because the target machine actively refused it.",
        SocketError.ConnectionReset => "An existing connection was forcibly closed by the remote host.",
        SocketError.TimedOut => "A connection attempt failed because the connected party did not properly respond after a period of time, "
            + "or established connection failed because connected host has failed to respond.",
        SocketError.HostUnreachable => "A socket operation was attempted to an unreachable host.",
        SocketError.NetworkUnreachable => "A socket operation was attempted to an unreachable network.",
        _ => e.Message,
    };
}
