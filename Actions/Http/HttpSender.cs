using Polly;
using Polly.Retry;

namespace FlowEngine.Actions;

/// <summary>Sends calls with a time limit each and with retries. One for each planned action.</summary>
/// <remarks>
/// Everything that touches the scope stays on the run's loop, hence no ConfigureAwait(false), and Polly is told to come back to it.
/// </remarks>
internal sealed class HttpSender
{
    private static readonly ResiliencePropertyKey<Sending> SendingKey = new("FlowEngine.Sending");

    private readonly ResiliencePipeline<HttpAttempt> _pipeline = new ResiliencePipelineBuilder<HttpAttempt>()
        .AddRetry(new RetryStrategyOptions<HttpAttempt>
        {
            // The count is the policy's, which may be an expression; the wait happens in OnRetry, on the run's clock.
            MaxRetryAttempts = int.MaxValue,
            Delay = TimeSpan.Zero,
            ShouldHandle = static args => new ValueTask<bool>(args.Outcome.Result is { } attempt && SendingOf(args.Context).Retries(attempt, args.AttemptNumber + 1)),
            OnRetry = static args => SendingOf(args.Context).WaitAsync(args.Outcome.Result!, args.AttemptNumber + 1, args.Context.CancellationToken),
        })
        .Build();

    /// <summary>Sends until the policy is satisfied; gives the last attempt.</summary>
    /// <exception cref="OperationCanceledException">The action's token was cancelled.</exception>
    public async Task<HttpAttempt> SendAsync(RunScope scope, HttpCall call, RetryPolicy policy, TimeSpan timeout, CancellationToken cancellation)
    {
        var sending = new Sending(scope, call, policy, timeout);
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, cancellation);
        context.Properties.Set(SendingKey, sending);
        try
        {
            return await _pipeline.ExecuteAsync(static (context, sending) => sending.AttemptAsync(context.CancellationToken), context, sending);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static Sending SendingOf(ResilienceContext context) => context.Properties.GetValue(SendingKey, null!);

    private sealed class Sending(RunScope scope, HttpCall call, RetryPolicy policy, TimeSpan timeout)
    {
        private int _attempts;

        public async ValueTask<HttpAttempt> AttemptAsync(CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            _attempts++;
            var start = scope.Time.GetUtcNow();

            // Not a wait of the action but a bound on it: a timer leaves virtual time free to stand still while real I/O goes on.
            using var limit = new CancellationTokenSource(timeout, scope.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
            try
            {
                using var message = call.CreateMessage(scope);
                using var response = await scope.SendAsync(message, _attempts, either.Token);
                var answer = await HttpAnswer.ReadAsync(response, call.Uri, scope.Time.GetUtcNow(), either.Token);
                return new HttpAttempt(answer, null, policy.Retries(answer.StatusCode), start, scope.Time.GetUtcNow());
            }
            catch (Exception) when (!cancellation.IsCancellationRequested && limit.IsCancellationRequested)
            {
                return Failed(HttpFailures.Timeout, true);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested && HttpFailures.Of(e, call.Uri) is { } failure)
            {
                return Failed(failure.Error, failure.IsRetryable);
            }

            HttpAttempt Failed(ActionError error, bool retryable) => new(null, error, retryable, start, scope.Time.GetUtcNow());
        }

        public bool Retries(HttpAttempt attempt, int retry) => attempt.IsRetryable && retry <= policy.Count;

        public ValueTask WaitAsync(HttpAttempt attempt, int retry, CancellationToken cancellation)
        {
            var wait = attempt.Answer?.RetryAfter ?? policy.Wait(retry, scope.NextJitter());
            scope.RecordRetry(attempt.ToRecord(scope.Evaluation.NewGuid()), wait);
            return scope.DelayAsync(wait, cancellation);
        }
    }
}
