using BenchmarkDotNet.Running;
using FlowEngine.Benchmarks.Quick;

// "quick [FILTER]" measures in seconds and prints one JSON object; everything else is BenchmarkDotNet's own.
if (args is ["quick", ..])
{
    QuickMode.Run(args.Length > 1 ? args[1] : null, Console.Out);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
