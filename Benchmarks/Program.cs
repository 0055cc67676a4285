using BenchmarkDotNet.Running;
using FlowEngine.Benchmarks.Guard;
using FlowEngine.Benchmarks.Quick;

// "quick [FILTER]" measures in seconds and prints one JSON object, "guard" checks how times grow; everything else is BenchmarkDotNet's own.
switch (args)
{
    case ["quick", ..]:
        QuickMode.Run(args.Length > 1 ? args[1] : null, Console.Out);
        return 0;
    case ["guard"]:
        return GuardMode.Run(Console.Out);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
