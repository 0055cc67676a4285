using FlowEngine.Connectors;
using FlowEngine.Definitions;

namespace FlowEngine.Tests.Connectors;

/// <summary>What expressions of strangers may cost: each by itself, and all of a call together.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PolicyBudgetTests
{
    [TestCase("@{ var s = new string('a', 4000000); var n = 0; for (var i = 0; i < 1000; i++) { if (s.Contains(\"b\")) n++; } return n; }")]
    [TestCase("@{ var s = new string('a', 1000000); var t = new string('a', 500000) + \"b\"; return s.IndexOf(t); }")]
    [TestCase("@{ var s = new string('a', 3000000); var t = new string('a', 3000000); var n = 0; for (var i = 0; i < 1000; i++) { if (s == t) n++; } return n; }")]
    [TestCase("@{ var s = new string('a', 3000000); var t = new string('a', 3000000); var l = new List<object> { s, t, s, t }; for (var i = 0; i < 1000; i++) { l.OrderBy(x => x).First(); } return 1; }")]
    [TestCase("@{ var s = new string('a', 3000000); var d = new Dictionary<string, object>(); d[s] = 1; var n = 0; for (var i = 0; i < 1000; i++) { if (d.ContainsKey(s)) n++; } return n; }")]
    [TestCase("@{ var s = new string('a', 3000000); var o = new JObject(); o[s] = 1; var n = 0; for (var i = 0; i < 1000; i++) { if (o[s] != null) n++; } return n; }")]
    [TestCase("@{ var b = Encoding.UTF8.GetBytes(new string('a', 2000000)); for (var i = 0; i < 1000; i++) { SHA256.HashData(b); } return 1; }")]
    [TestCase("@{ var s = new string('1', 3000000); var n = 0; for (var i = 0; i < 1000; i++) { if (string.IsNullOrWhiteSpace(s)) n++; } return n; }")]
    [TestCase("@{ var s = new string('a', 200000); return Regex.Matches(s, \"a|b\").Count(); }")]
    [TestCase("@{ for (var i = 0; i < 100; i++) { Regex.IsMatch(\"aaaaaaaaaaaaaaaaaaaaaaaa\", \"^(a+)+$(?!x)\"); } return 1; }")]
    [TestCase("@{ var a = new JArray(Enumerable.Range(0, 2000)); return a.SelectTokens(\"$..*[?(@.x == 1)]\").Count(); }")]
    [CancelAfter(60_000)]
    public async Task Going_through_large_values_again_and_again_takes_steps(string expression, CancellationToken hung)
    {
        var result = await Task.Run(() => PolicyBench.EvaluateAsync(expression), hung).WaitAsync(hung);

        Assert.That(result, Does.Contain("steps"));
    }

    [TestCase("@{ var s = new string('a', 1000000); return string.Format(string.Concat(Enumerable.Range(0, 1000).Select(x => \"{0}\")), s).Length; }")]
    [TestCase("@{ var s = new string('a', 1000000); return Regex.Replace(s.Substring(0, 100), \"a\", s).Length; }")]
    [TestCase("@{ var s = new string('a', 100000); return Regex.Replace(s, \"a\", \"$_$_$_$_\").Length; }")]
    [TestCase("@{ var s = new string(' ', 1000000) + \"x\"; var l = new List<object>(); for (var i = 0; i < 1000; i++) { l.Add((\"y\" + s).TrimEnd()); } return l.Count; }")]
    [TestCase("@{ var l = new List<object>(); for (var i = 0; i < 100; i++) { l.Add(new StringBuilder(new string('x', 100000))); } return l.Count; }")]
    public async Task What_is_built_is_charged_before_it_is_there(string expression) =>
        Assert.That(await PolicyBench.EvaluateAsync(expression), Does.Contain("MB"));

    [Test]
    public async Task A_text_that_a_thousand_values_share_is_not_written_a_thousand_times()
    {
        var result = await PolicyBench.EvaluateAsync("@{ var s = new string('a', 1000000); var a = new JArray(); for (var i = 0; i < 1000; i++) { a.Add(s); } return \"\" + a; }");

        Assert.That(result, Does.Contain("too large"));
    }

    [Test]
    public async Task Looking_through_a_body_of_ordinary_size_costs_little()
    {
        const string expression = "@{ var s = new string('a', 100000); var n = 0; for (var i = 0; i < 20; i++) { if (s.Contains(\"ab\")) n++; } return n + s.Length + Regex.Matches(\"a1b22c333\", \"[0-9]+\").Count(); }";

        Assert.That(await PolicyBench.EvaluateAsync(expression), Is.EqualTo("100003"));
    }

    [Test]
    public async Task All_expressions_of_a_call_together_have_ten_times_the_steps_of_one()
    {
        var one = "<set-variable name=\"x\" value=\"@{ var n = 0; for (var i = 0; i &lt; 15000; i++) { n = n + 1; } return n; }\" />";

        var few = await PolicyBench.GetAsync(PolicyBench.Document(one));
        var many = await PolicyBench.GetAsync(PolicyBench.Document(string.Concat(Enumerable.Repeat(one, 30))));

        Assert.Multiple(() =>
        {
            Assert.That(few["Call"].Error, Is.Null);
            Assert.That(many["Call"].Error?.Message, Does.Contain("2000000 steps together"));
        });
    }

    [Test]
    public async Task All_expressions_of_a_call_together_have_eight_times_the_memory_of_one()
    {
        var run = await PolicyBench.GetAsync(PolicyBench.Document(string.Concat(Enumerable.Repeat("<set-variable name=\"x\" value=\"@(new string('a', 7000000))\" />", 10))));

        Assert.That(run["Call"].Error?.Message, Does.Contain("128 MB together"));
    }

    [TestCase(64 * 1024, false)]
    [TestCase((64 * 1024) + 1, true)]
    public void A_value_may_have_65536_characters(int length, bool isFault)
    {
        var faults = PolicyDocument.Parse(PolicyBench.Document($"<set-body>{new string('x', length)}</set-body>")).Diagnostics;

        Assert.That(faults.Select(fault => fault.Code), isFault ? Is.EqualTo(new[] { DiagnosticCodes.PolicyValue }) : Is.Empty);
    }

    [TestCase("<set-body>@(<a/>")]
    [TestCase("<a b=\"@(\" c=\"@(\" d=\"@(\" e=\"@(\" f=\"@(\" />")]
    [CancelAfter(60_000)]
    public async Task Brackets_that_never_close_are_not_looked_for_over_and_over(string piece, CancellationToken hung)
    {
        var text = "<policies><inbound>" + string.Concat(Enumerable.Repeat(piece, 4_000_000 / piece.Length));

        var faults = await Task.Run(() => PolicyDocument.Parse(text).Diagnostics, hung).WaitAsync(hung);

        Assert.That(faults, Is.Not.Empty);
    }
}
