using FlowEngine.Actions;

namespace FlowEngine.Tests.Actions;

/// <summary>Scripts that harm an engine without limits: each ends as a failure of the script, soon, and with the process alive.</summary>
/// <remarks>A limit that stops working ends this process and with it the whole test run: that is the alarm.</remarks>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class HostileScriptTests
{
    private static readonly JavaScriptLanguage Language = new(ScriptLimits.Default);

    private static readonly TestCaseData[] Scripts =
    [
        // Killers of the process in an engine without the guard (measured).
        Hostile("recursion through toString", "var o = { toString() { return '' + o; } }; return '' + o;"),
        Hostile("recursion through valueOf", "var o = { valueOf() { return +o; } }; return +o;"),
        Hostile("recursion through a proxy", "var p = new Proxy({}, { get(t, k, r) { return r[k]; } }); return p.x;"),
        Hostile("recursion through a proxy's has", "var p = new Proxy({}, { has(t, k) { return k in p; } }); return 'x' in p;"),
        Hostile("recursion through a getter", "var o = { get x() { return this.x; } }; return o.x;"),
        Hostile("recursion through a setter", "var o = { set x(v) { this.x = v; } }; o.x = 1;"),
        Hostile("recursion through a sort callback", "function f() { return [2, 1].sort(f); } return f();"),
        Hostile("recursion through map", "const f = () => [1].map(f); return f();"),
        Hostile("recursion through replace", "const f = () => 'a'.replace('a', f); return f();"),
        Hostile("recursion through toJSON", "const o = { toJSON() { return JSON.stringify(o); } }; return o;"),
        Hostile("recursion through a reviver", "const f = () => JSON.parse('[1]', f); return f();"),
        Hostile("recursion through Symbol.toPrimitive", "const o = { [Symbol.toPrimitive]() { return `${o}`; } }; return `${o}`;"),
        Hostile("recursion through a constructor", "class A { constructor() { new A(); } } return new A();"),
        Hostile("recursion through instanceof", "const o = { [Symbol.hasInstance](x) { return x instanceof o; } }; return {} instanceof o;"),
        Hostile("plain recursion", "function f() { return f(); } return f();"),
        Hostile("recursion through bound functions", "function f() { return f.bind(null).call(); } return f();"),

        // Time.
        Hostile("an endless loop", "while (true) { }", ScriptException.ExecutionTimeout),
        Hostile("an endless loop in toJSON", "return { toJSON() { for (;;); } };", ScriptException.ExecutionTimeout),
        Hostile("an endless generator", "function* g() { for (;;) yield 1; } for (const x of g()) { }"),
        Hostile("a wait", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10000);"),
        Hostile("a slow pattern", "return /(a+)+$/.test('a'.repeat(32) + 'b');", ScriptException.ExecutionTimeout),

        // Memory.
        Hostile("a string that doubles", "let a = 'x'; while (true) a += a;"),
        Hostile("a long string", "return 'a'.repeat(1e9);"),
        Hostile("a long string by padding", "return 'a'.padEnd(1e9);"),
        Hostile("a large array", "return new Array(1e9).fill(0);"),
        Hostile("a growing array", "const a = []; while (true) a.push({});"),
        Hostile("a large buffer", "return new Uint8Array(2e9).length;"),

        // Ways out.
        Hostile("eval", "return eval('1');"),
        Hostile("Function", "return new Function('return 1')();"),
        Hostile("a constructor's constructor", "return (() => 1).constructor('return 1')();"),
        Hostile("import", "import('fs');"),
        Hostile("deeply nested JSON", "return JSON.parse('['.repeat(100000) + ']'.repeat(100000));"),
        Hostile("a deeply nested result", "let a = []; for (let i = 0; i < 2000; i++) a = [a]; return a;"),
    ];

    [TestCaseSource(nameof(Scripts))]
    [CancelAfter(60_000)]
    public void A_hostile_script_ends_soon_as_a_failure_of_the_script(string code, string errorCode, CancellationToken hung)
    {
        var script = Language.Prepare(code);

        // Alone on the machine each takes less than 2 seconds; the token only keeps a hang from holding the tests up.
        Assert.That(
            () => Task.Run(() => script.Run(FlowValue.EmptyObject, CancellationToken.None), hung).WaitAsync(hung),
            Throws.TypeOf<ScriptException>().With.Property(nameof(ScriptException.Code)).EqualTo(errorCode));
    }

    [Test]
    public void A_script_nested_too_deeply_is_refused_when_it_is_read()
    {
        var code = "return " + new string('(', 100_000) + "1" + new string(')', 100_000);

        Assert.That(() => Language.Prepare(code), Throws.TypeOf<ScriptException>().With.Property(nameof(ScriptException.Code)).EqualTo(ScriptException.ParsingFailure));
    }

    [Test]
    public void Wall_time_is_limited_and_the_message_says_so()
    {
        var script = new JavaScriptLanguage(ScriptLimits.Default with { Time = TimeSpan.FromMilliseconds(50), Statements = int.MaxValue, Memory = long.MaxValue }).Prepare("while (true) { }");

        Assert.That(() => script.Run(default, CancellationToken.None), Throws.TypeOf<ScriptException>()
            .With.Property(nameof(ScriptException.Code)).EqualTo(ScriptException.ExecutionTimeout)
            .And.Message.EqualTo("The script ran longer than 0.05 seconds."));
    }

    [Test]
    public void A_cancelled_script_ends_as_cancelled()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(30));
        var script = new JavaScriptLanguage(ScriptLimits.Default with { Statements = int.MaxValue, Memory = long.MaxValue }).Prepare("while (true) { }");

        Assert.That(() => script.Run(default, source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static TestCaseData Hostile(string name, string code, string errorCode = ScriptException.RuntimeFailure) => new TestCaseData(code, errorCode).SetArgDisplayNames(name);
}
