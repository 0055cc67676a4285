using Polly;
using Polly.Retry;

namespace FlowEngine.Actions;

/// <summary>Sends calls with a time limit each and with retries.</summary>
/// <remarks>
/// Everything that touches the scope stays on the run's loop, hence no ConfigureAwait(false), and Polly is told to come back to it.
/// </remarks>
internal static class HttpSender
{
    private static readonly ResiliencePropertyKey<Sending> SendingKey = new("FlowEngine.Sending");

    // One for all actions, as it keeps nothing of them: one for each took 11 KB an Http action, 7 % of load.actions-1000. Made by the first that sends.
    private static readonly Lazy<ResiliencePipeline<HttpAttempt>> Pipeline = new(() => new ResiliencePipelineBuilder<HttpAttempt>()
        .AddRetry(new RetryStrategyOptions<HttpAttempt>
        {
            // The count is the policy's, which may be an expression; the wait happens in OnRetry, on the run's clock.
            MaxRetryAttempts = int.MaxValue,
            Delay = TimeSpan.Zero,
            ShouldHandle = static args => new ValueTask<bool>(args.Outcome.Result is { } attempt && SendingOf(args.Context).Retries(attempt, args.AttemptNumber + 1)),
            OnRetry = static args => SendingOf(args.Context).WaitAsync(args.Outcome.Result!, args.AttemptNumber + 1, args.Context.CancellationToken),
        })
        .Build());

    /// <summary>Sends until the policy is satisfied; gives the last attempt.</summary>
    /// <exception cref="OperationCanceledException">The action's token was cancelled.</exception>
    public static Task<HttpAttempt> SendAsync(RunScope scope, HttpCall call, RetryPolicy policy, TimeSpan timeout, CancellationToken cancellation) =>
        SendAsync(scope, policy, (attempt, token) => new HttpExchange(scope, policy, timeout, attempt).SendAsync(call, token), cancellation);

    /// <summary>The same for any call that is answered with an HTTP status; <paramref name="attempt"/> is given its number, from 1.</summary>
    /// <exception cref="OperationCanceledException">The action's token was cancelled.</exception>
    public static async Task<HttpAttempt> SendAsync(RunScope scope, RetryPolicy policy, Func<int, CancellationToken, ValueTask<HttpAttempt>> attempt, CancellationToken cancellation)
    {
        var sending = new Sending(scope, policy, attempt);
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, cancellation);
        context.Properties.Set(SendingKey, sending);
        try
        {
            return await Pipeline.Value.ExecuteAsync(static (context, sending) => sending.AttemptAsync(context.CancellationToken), context, sending);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static Sending SendingOf(ResilienceContext context) => context.Properties.GetValue(SendingKey, null!);

    private sealed class Sending(RunScope scope, RetryPolicy policy, Func<int, CancellationToken, ValueTask<HttpAttempt>> attempt)
    {
        private int _attempts;

        public ValueTask<HttpAttempt> AttemptAsync(CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            return attempt(++_attempts, cancellation);
        }

        public bool Retries(HttpAttempt last, int retry) => last.IsRetryable && retry <= policy.Count;

        public ValueTask WaitAsync(HttpAttempt last, int retry, CancellationToken cancellation)
        {
            var wait = last.Answer?.RetryAfter ?? policy.Wait(retry, scope.NextJitter());
            scope.RecordRetry(last.ToRecord(), wait);
            return scope.DelayRetryAsync(wait, cancellation);
        }
    }
}
