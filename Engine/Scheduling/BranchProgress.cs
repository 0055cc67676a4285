using FlowEngine.Actions;

namespace FlowEngine;

/// <summary>A branch in which something has suspended: counts what each action still waits for, and starts it when the count is zero.</summary>
internal sealed class BranchProgress(RunScheduler scheduler, PlannedBranch branch, Frame frame, CancellationToken cancellation)
{
    private const int Started = -1;

    private readonly TaskCompletionSource<ActionStatus> _completion = new();
    private readonly Queue<int> _ready = new();
    private readonly int[] _waitingFor = new int[branch.Actions.Length];
    private int _left;
    private bool _draining;

    /// <summary>Goes on where the straight lane met its first suspension; all actions before <paramref name="at"/> have ended.</summary>
    public async ValueTask<ActionStatus> ResumeAsync(int at, ValueTask suspended)
    {
        _left = branch.Actions.Length - at;
        for (var i = at; i < branch.Actions.Length; i++)
        {
            foreach (var successor in branch.Actions[i].Successors) _waitingFor[successor]++;
        }

        for (var i = at + 1; i < branch.Actions.Length; i++)
        {
            if (_waitingFor[i] == 0) _ready.Enqueue(i);
        }

        _waitingFor[at] = Started;
        Follow(at, suspended);
        Drain();
        await _completion.Task;
        return scheduler.StatusOf(branch, frame);
    }

    // A work list, not recursion: a chain of a thousand actions behind a suspension must not grow the stack.
    private void Drain()
    {
        if (_draining) return;
        _draining = true;
        while (_ready.TryDequeue(out var i))
        {
            _waitingFor[i] = Started;
            var pending = scheduler.ExecuteAsync(branch.Actions[i], frame, cancellation);
            if (pending.IsCompletedSuccessfully) Ended(i);
            else Follow(i, pending);
        }

        _draining = false;
        if (_left == 0) _completion.TrySetResult(ActionStatus.Succeeded);
    }

    private async void Follow(int i, ValueTask pending)
    {
        try
        {
            await pending;
        }
        catch (Exception defect)
        {
            // ExecuteAsync records every failure; what escapes it is a defect of the engine and ends the run loudly.
            _completion.TrySetException(defect);
            return;
        }

        Ended(i);
        Drain();
    }

    private void Ended(int i)
    {
        _left--;
        foreach (var successor in branch.Actions[i].Successors)
        {
            if (--_waitingFor[successor] == 0) _ready.Enqueue(successor);
        }
    }
}
