using System.Runtime.InteropServices;
using FlowEngine.Cli;

using var cancellation = new CancellationTokenSource();
var cancelled = false;

// The first signal cancels the run, so that its record can be shown; the second ends the process as usual.
void Cancel(PosixSignalContext context)
{
    if (cancelled) return;
    cancelled = context.Cancel = true;
    cancellation.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
return await FlowCommand.InvokeAsync(args, CommandConsole.OfProcess(), cancellation.Token);
