using System.Diagnostics.CodeAnalysis;
using System.Xml;
using FlowEngine.Actions;

namespace FlowEngine.Testing;

/// <summary>What happens to the run of a test besides its mocks: when it is cancelled, and how long its actions take.</summary>
internal sealed class RunFaults
{
    /// <summary>Actions that the run is cancelled at.</summary>
    public List<ActionMock> CancelAt { get; } = [];

    /// <summary>How long after its start the run is cancelled, on its clock.</summary>
    public List<TimeSpan> CancelAfter { get; } = [];

    /// <summary>How long each action takes that is no container, on top of what it waits for.</summary>
    public TimeSpan ActionTime { get; set; }

    /// <summary>Lets them happen to one run.</summary>
    /// <param name="mocks">What answers for actions.</param>
    /// <param name="time">The run's clock, before the run starts.</param>
    /// <param name="ending">Cancels the run.</param>
    public Happening Begin(IActionInterceptor mocks, TimeProvider time, CancellationTokenSource ending) => new(this, mocks, time, ending);

    /// <summary>The faults of one run under way. Child runs have the same.</summary>
    internal sealed class Happening : IActionInterceptor, IDisposable
    {
        private static readonly ActionOutcome Cancelled = new(ActionStatus.Cancelled, ActionCodes.ActionCancelled, default, false, null);

        private readonly RunFaults _faults;
        private readonly IActionInterceptor _mocks;
        private readonly CancellationTokenSource _ending;
        private readonly bool[] _reached;
        private readonly ITimer[] _timers;

        public Happening(RunFaults faults, IActionInterceptor mocks, TimeProvider time, CancellationTokenSource ending)
        {
            (_faults, _mocks, _ending) = (faults, mocks, ending);
            _reached = new bool[faults.CancelAt.Count];
            _timers = [.. faults.CancelAfter.Select(after => time.CreateTimer(_ => ending.Cancel(), null, after, Timeout.InfiniteTimeSpan))];
        }

        /// <summary>Cancellations that found nothing to cancel, in words.</summary>
        public IEnumerable<string> Missed(IReadOnlyList<FlowTestRun> runs)
        {
            for (var i = 0; i < _reached.Length; i++)
            {
                if (!_reached[i]) yield return $"The run should have been cancelled at action '{_faults.CancelAt[i].Action}', but never reached it.{runs[0].NearestActionText(_faults.CancelAt[i].Action!)}"; // It was given with a name.
            }

            foreach (var after in _faults.CancelAfter.Where(after => runs.All(run => run.Status != ActionStatus.Cancelled && run.Elapsed < after)))
                yield return $"The run should have been cancelled after {XmlConvert.ToString(after)}, but had ended after {XmlConvert.ToString(runs[0].Elapsed)}.";
        }

        public bool TryIntercept(RunScope scope, out ActionOutcome outcome) => TryIntercept(scope, out outcome, out _);

        public bool TryIntercept(RunScope scope, out ActionOutcome outcome, out TimeSpan delay)
        {
            for (var i = 0; i < _reached.Length; i++)
            {
                if (_reached[i] || !_faults.CancelAt[i].Fits(scope)) continue;
                _reached[i] = true;
                _ending.Cancel();
                (outcome, delay) = (Cancelled, TimeSpan.Zero);
                return true;
            }

            var isIntercepted = _mocks.TryIntercept(scope, out outcome, out delay);
            delay += _faults.ActionTime;
            return isIntercepted;
        }

        public bool TryCallBack(RunScope scope, [NotNullWhen(true)] out ScheduledCallback? callback) => _mocks.TryCallBack(scope, out callback);

        public void Dispose()
        {
            foreach (var timer in _timers) timer.Dispose();
        }
    }
}
