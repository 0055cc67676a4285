namespace FlowEngine.Actions;

/// <summary>A number of places, and a queue for them. Who waits is parked on its run's clock, so that virtual time can go on.</summary>
/// <param name="places">How many may be inside at once.</param>
internal sealed class PlaceQueue(int places)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _waiting = new();
    private int _free = places;

    /// <summary>Waits for a place, first come first served. Whoever entered must <see cref="Leave"/>.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled; no place is taken then.</exception>
    public async ValueTask EnterAsync(RunScope scope, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }

            waiter = new Waiter();
            _waiting.AddLast(waiter);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, waiter.Turn.Token);
        try
        {
            await scope.DelayAsync(Timeout.InfiniteTimeSpan, either.Token);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                if (!waiter.HasPlace) _waiting.Remove(waiter);
            }
        }

        if (!cancellation.IsCancellationRequested) return;
        if (waiter.HasPlace) Leave();
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Gives the place to who has waited longest.</summary>
    public void Leave()
    {
        Waiter next;
        lock (_gate)
        {
            if (_waiting.First is not { } first)
            {
                _free++;
                return;
            }

            _waiting.RemoveFirst();
            next = first.Value;
            next.HasPlace = true;
        }

        next.Turn.Cancel();
    }

    private sealed class Waiter
    {
        // Without a timer there is nothing to dispose, and whoever leaves may still be about to cancel it.
        public CancellationTokenSource Turn { get; } = new();

        public bool HasPlace { get; set; }
    }
}
