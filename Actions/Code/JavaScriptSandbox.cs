using Jint;
using Jint.Native;

namespace FlowEngine.Actions;

/// <summary>The settings of a script's engine, each found by breaking out of an engine without it.</summary>
internal static class JavaScriptSandbox
{
    // No limit holds for buffers: 'new Uint8Array(2e9)' takes 2 GB in one statement, and the memory limit looks only between statements.
    private static readonly JsString[] Buffers =
    [
        .. new[]
        {
            "ArrayBuffer", "SharedArrayBuffer", "DataView", "Atomics", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array",
            "Int32Array", "Uint32Array", "BigInt64Array", "BigUint64Array", "Float16Array", "Float32Array", "Float64Array",
        }.Select(name => new JsString(name)),
    ];

    public static Options Options(ScriptLimits limits, CancellationToken cancellation)
    {
        var options = new Options();
        options.Strict()
            .DisableStringCompilation()
            .LimitMemory(limits.Memory)
            .LimitRecursion(limits.Recursion)
            .MaxStatements(limits.Statements)
            .TimeoutInterval(limits.Time)
            .CancellationToken(cancellation);

        // Recursion through toString, getters and proxies passes the recursion limit by: without the guard it ends the process.
        // MaxExecutionStackCount would take precedence over it, so that one stays unset.
        options.Constraints.StackOverflowGuard = true;
        options.Constraints.RegexTimeout = limits.Pattern;
        options.Constraints.MaxArraySize = limits.ArrayLength;
        options.Json.MaxParseDepth = limits.JsonDepth;

        // Atomics.wait would hold the thread past every limit.
        options.AgentCanSuspend = false;
        return options.Configure(RemoveBuffers);
    }

    private static void RemoveBuffers(Engine engine)
    {
        foreach (var name in Buffers) engine.Global.Delete(name);
    }
}
