using FlowEngine.Connectors;
using FlowEngine.Definitions;

namespace FlowEngine.Tests.Connectors;

/// <summary>Policy expressions: C# as far as the list goes, and nothing beyond.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PolicyExpressionTests
{
    [TestCase("@(1 + 2 * 3)", "7")]
    [TestCase("@(7 / 2)", "3")]
    [TestCase("@(7 / 2.0)", "3.5")]
    [TestCase("@(\"a\" + 1 + true)", "a1True")]
    [TestCase("@('a' + 1)", "98")]
    [TestCase("@(1 == 1.0)", "True")]
    [TestCase("@((int)3.9 + (int)2)", "5")]
    [TestCase("@(1 > 2 ? \"x\" : \"y\")", "y")]
    [TestCase("@((string)null ?? \"none\")", "none")]
    [TestCase("@(context.Request.Body?.As<string>(preserveContent: true) ?? \"empty\")", "empty")]
    [TestCase("@(context.Request.Method + context.Request.Url.Path)", "GET/v1/reports/north")]
    [TestCase("@(context.Operation.Id)", "Get")]
    [TestCase("@(context.User == null)", "True")]
    [TestCase("@(context.Variables.GetValueOrDefault<string>(\"x\", \"d\"))", "d")]
    [TestCase("@(context.Request.Headers.GetValueOrDefault(\"X-None\", \"d\"))", "d")]
    [TestCase("@(DateTime.UtcNow.ToString(\"yyyy-MM-ddTHH:mm:ssZ\"))", "2026-01-31T08:00:00Z")]
    [TestCase("@(DateTime.UtcNow.AddDays(1).DayOfWeek)", "Sunday")]
    [TestCase("@((DateTime.UtcNow - new DateTime(2026, 1, 1)).TotalDays > 30)", "True")]
    [TestCase("@(Convert.ToBase64String(Encoding.UTF8.GetBytes(\"hi\")))", "aGk=")]
    [TestCase("@(System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(\"aGk=\")))", "hi")]
    [TestCase("@(string.Join(\"-\", \"a,b\".Split(',').Select(x => x.ToUpper())))", "A-B")]
    [TestCase("@(new [] { 3, 1, 2 }.OrderBy(x => x).First())", "1")]
    [TestCase("@(string.Format(\"{0:D3}|{1}\", 7, \"x\"))", "007|x")]
    [TestCase("@($\"{1 + 1}-{\"q\"}\")", "2-q")]
    [TestCase("@(Regex.Replace(\"a1b22\", \"[0-9]+\", \"#\"))", "a#b#")]
    [TestCase("@(Regex.Match(\"id=42\", \"id=(?<n>\\\\d+)\").Groups[\"n\"].Value)", "42")]
    [TestCase("@((string)JObject.Parse(\"{ \\\"a\\\": { \\\"b\\\": \\\"c\\\" } }\")[\"a\"][\"b\"])", "c")]
    [TestCase("@(((int)JObject.Parse(\"{\\\"n\\\":2}\")[\"n\"]) + 1)", "3")]
    [TestCase("@(new JArray(1, 2).Count)", "2")]
    [TestCase("@(new JObject(new JProperty(\"a\", 1)).ToString(Newtonsoft.Json.Formatting.None))", "{\"a\":1}")]
    [TestCase("@(JObject.Parse(\"{\\\"items\\\":[{\\\"v\\\":1},{\\\"v\\\":5}]}\")[\"items\"].Select(x => (int)x[\"v\"]).Sum())", "6")]
    [TestCase("@(BitConverter.ToString(SHA256.Create().ComputeHash(Encoding.UTF8.GetBytes(\"\"))).Replace(\"-\", \"\").ToLower().Substring(0, 8))", "e3b0c442")]
    [TestCase("@(Convert.ToBase64String(new HMACSHA256(Encoding.UTF8.GetBytes(\"key\")).ComputeHash(Encoding.UTF8.GetBytes(\"The quick brown fox jumps over the lazy dog\"))))", "97yD9DBThCSxMpjmqm+xQ+9NWaFJRhdZl0edvC0aPNg=")]
    [TestCase("@(Uri.EscapeDataString(\"a b&c\"))", "a%20b%26c")]
    [TestCase("@(\"Basic dTpw\".AsBasic()?.UserId)", "u")]
    [TestCase("@{ var sum = 0; for (var i = 0; i < 5; i++) { if (i == 3) continue; sum += i; } return sum; }", "7")]
    [TestCase("@{ string[] parts = { \"a\", \"b\" }; var r = \"\"; foreach (var p in parts) { r += p; } return r; }", "ab")]
    [TestCase("@{ var d = new Dictionary<string, string> { { \"a\", \"1\" }, [\"b\"] = \"2\" }; d[\"c\"] = \"3\"; return d.Count; }", "3")]
    [TestCase("@{ var o = new JObject(); o[\"x\"] = 1; o.Add(\"y\", 2); int n = 0; while (true) { n++; if (n > 3) break; } return o.Count + n; }", "6")]
    [TestCase("@{ /* ) */ var s = \"}\"; // )\n return s + ')'; }", "})")]
    [TestCase("@{ var a = 2147483647; return a + 1; }", "-2147483648")]
    [TestCase("@{ var a = 2147483648; return a + 1; }", "2147483649")]
    [TestCase("@{ var a = 4294967295; return a + 1u; }", "0")]
    [TestCase("@{ var a = 4294967296; return a * a; }", "0")]
    [TestCase("@(3u - 4)", "-1")]
    [TestCase("@(0xFFFF_FFFF)", "4294967295")]
    [TestCase("@(-2147483648 - 1 < 0)", "False")]
    [TestCase("@(18446744073709551615)", "18446744073709551615")]
    [TestCase("@(1UL << 63)", "9223372036854775808")]
    [TestCase("@(-8 >> 1)", "-4")]
    [TestCase("@(4294967288u >> 1)", "2147483644")]
    [TestCase("@(1 << 33)", "2")]
    [TestCase("@(1L << 33 >> 30)", "8")]
    [TestCase("@(1 + 1 << 2)", "8")]
    [TestCase("@(8 >> 1 > 3)", "True")]
    [TestCase("@{ var x = 5; x <<= 2; x >>= 1; x |= 1; x &= 14; x ^= 3; return x; }", "9")]
    [TestCase("@{ var d = new Dictionary<string, List<int>>(); var n = 64 >> 2; return d.Count + n; }", "16")]
    [TestCase("@((true ? 1 : 2.0) / 2)", "0.5")]
    [TestCase("@((1 < 2 ? 7 : 2.5m) / 2)", "3.5")]
    [TestCase("@((true ? 1 : 2L) is long)", "True")]
    [TestCase("@((true ? 'a' : 2) + 0)", "97")]
    [TestCase("@((false ? 3u : 4) is uint)", "True")]
    [TestCase("@((true ? 3 : Math.Floor(2.5)) / 2)", "1.5")]
    [TestCase("@{ var x = 1.5; return (true ? 1 : x) / 2; }", "0.5")]
    [TestCase("@((true ? 1 : (object)2.0) is int)", "True")]
    [TestCase("@{ double x = 7; return x / 2; }", "3.5")]
    [TestCase("@{ var x = 7.0; x = 1; return x / 2; }", "0.5")]
    [TestCase("@{ int a = 1, b = 2; return a + b; }", "3")]
    [TestCase("@{ int x = 7; x /= 2; x++; return x; }", "4")]
    [TestCase("@{ uint x = 5; x++; return x is uint; }", "True")]
    [TestCase("@{ double x = 1; x++; x += 1; return x / 4; }", "0.75")]
    [TestCase("@{ int x = Math.Floor(2.5); return x; }", "The policies of connector 'sales' failed. The expression of 'value' failed: A double does not become an int by itself; cast it: (int).")]
    [TestCase("@{ long? x = null; return x == null; }", "True")]
    [TestCase("@{ { int a = 1; int b = 2; } { var a = \"x\"; var b = \"y\"; return a + b; } }", "xy")]
    [TestCase("@(1 is int)", "True")]
    [TestCase("@(1 is long)", "False")]
    [TestCase("@(1L is System.Int64)", "True")]
    [TestCase("@((Int32)3.9)", "3")]
    [TestCase("@((uint)-1)", "4294967295")]
    [TestCase("@((System.String)null ?? \"n\")", "n")]
    [TestCase("@('a' == 97)", "True")]
    [TestCase("@(Encoding.UTF8.GetBytes(\"A\")[0] + 1)", "66")]
    [TestCase("@(9007199254740993 == 9007199254740992)", "False")]
    [TestCase("@(\"\" + JObject.Parse(\"{ \\\"a\\\": \\\"\\\\\\\"x\\\\\\\\y\\\\\\\"\\\" }\")[\"a\"])", "\"x\\y\"")]
    [TestCase("@{ var o = JObject.Parse(\"{\\\"a\\\":null}\"); var a = o[\"a\"]; a ??= \"d\"; var b = o[\"b\"]; b ??= \"d\"; return (a == null) + \":\" + a + \":\" + b; }", "False::d")]
    [TestCase("@(JObject.Parse(\"{\\\"a\\\":99999999999999999999999999999999999999999999999999}\")[\"a\"] > 1)", "True")]
    public async Task Expressions_give_what_C_sharp_gives(string expression, string result) =>
        Assert.That(await PolicyBench.EvaluateAsync(expression), Is.EqualTo(result));

    [TestCase("@(System.IO.File.ReadAllText(\"/etc/passwd\"))", "System.IO")]
    [TestCase("@(\"\".GetType())", "GetType")]
    [TestCase("@(typeof(string).Assembly)", "typeof")]
    [TestCase("@(new Process())", "Process")]
    [TestCase("@(new System.Net.Http.HttpClient())", "HttpClient")]
    [TestCase("@(Environment.GetEnvironmentVariable(\"PATH\"))", "Environment")]
    [TestCase("@(context.Request.GetType().Assembly)", "Assembly")]
    [TestCase("@(Activator.CreateInstance(null))", "Activator")]
    [TestCase("@(System.Diagnostics.Process.Start(\"sh\"))", "System.Diagnostics")]
    [TestCase("@((dynamic)\"x\").Invoke()", "follow")]
    [TestCase("@(nameof(context))", "nameof")]
    [TestCase("@(default(string))", "default")]
    [TestCase("@{ unsafe { } }", "unsafe")]
    [TestCase("@{ try { } catch { } return 1; }", "try")]
    [TestCase("@(string.Concat(out var x))", "out")]
    [TestCase("@(DateTime.UtcNow.Methods())", "Methods")]
    [TestCase("@(\"abc\".Substring(startIndex: 1))", "Named arguments")]
    [TestCase("@(new DateTime(year: 2026, month: 1, day: 1))", "'year'")]
    [TestCase("@(\"abc\".PadLeft(preserveContent: 4))", "'preserveContent'")]
    [TestCase("@((Foo.String)\"x\")", "")]
    [TestCase("@(undeclared)", "undeclared")]
    [TestCase("@(1 +)", "end")]
    [TestCase("@(\"open)", "closed")]
    [TestCase("@(as)", "")]
    public void What_is_not_on_the_list_is_a_diagnostic_with_its_place(string expression, string word)
    {
        var faults = PolicyDocument.Parse(PolicyBench.Document($"<set-header name=\"X\"><value><![CDATA[{expression}]]></value></set-header>")).Diagnostics;
        Assert.Multiple(() =>
        {
            Assert.That(faults, Is.Not.Empty);
            Assert.That(faults[0].Severity, Is.EqualTo(DiagnosticSeverity.Error));
            Assert.That(faults[0].Message, Does.Contain(word));
            Assert.That(faults[0].Location.Column, Is.GreaterThan(1));
        });
    }

    [Test]
    public void The_caret_stands_under_the_member()
    {
        var text = "<policies><inbound>\n<set-variable name=\"a\" value=\"@(DateTime.UtcNwo)\" />\n</inbound></policies>";

        var fault = PolicyDocument.Parse(text).Diagnostics.Single();

        Assert.Multiple(() =>
        {
            Assert.That((fault.Location.Line, fault.Location.Column, fault.Location.EndColumn), Is.EqualTo((2, 42, 48)));
            Assert.That(fault.Suggestion, Is.EqualTo("Did you mean 'UtcNow'?"));
        });
    }

    [TestCase("@{ while (true) { } return 1; }", "steps")]
    [TestCase("@{ var s = \"x\"; for (var i = 0; i < 60; i++) { s = s + s; } return s; }", "MB")]
    [TestCase("@{ var s = \"xxxxxxxxxxxxxxxx\"; for (var i = 0; i < 60; i++) { s = s.Replace(\"x\", \"xxxxxxxxxxxxxxxx\"); } return s; }", "MB")]
    [TestCase("@(\"x\".PadLeft(2000000000))", "MB")]
    [TestCase("@(new string('x', 2000000000))", "MB")]
    [TestCase("@(new byte[2000000000])", "MB")]
    [TestCase("@(string.Format(\"{0,999999999}\", 1))", "digits")]
    [TestCase("@(1.ToString(\"D999999999\"))", "digits")]
    [TestCase("@(Enumerable.Range(0, 2000000000).Count())", "MB")]
    [TestCase("@(Regex.IsMatch(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(a+)+$\\\\b(?!x)\"))", "")]
    [TestCase("@(1 / 0)", "divide")]
    [TestCase("@(((string)null).Length)", "null")]
    [TestCase("@(\"abc\".Substring(5))", "Substring")]
    [TestCase("@(JObject.Parse(\"[\"))", "Parse")]
    [TestCase("@(new [] { 1 }[5])", "outside")]
    [TestCase("@(new DateTime(2026, 13, 1))", "DateTime")]
    [TestCase("@(new DateTime(-1))", "DateTime")]
    [TestCase("@(new Uri(\"no address\"))", "Uri")]
    [TestCase("@(new Regex(\"(\"))", "Regex")]
    [TestCase("@(new Guid(\"x\"))", "Guid")]
    [TestCase("@(new TimeSpan(2000000000, 0, 0, 0))", "TimeSpan")]
    [TestCase("@(new string('x', -1))", "string")]
    [TestCase("@(new JObject(new JProperty(\"a\", 1), new JProperty(\"a\", 2)))", "JObject")]
    [TestCase("@(DateTime.Parse)", "Argument 1")]
    [TestCase("@(Convert.ToInt32(\"x\"))", "ToInt32")]
    [TestCase("@(int.Parse(\"99999999999\"))", "Parse")]
    [TestCase("@(Math.Abs(int.MinValue))", "Abs")]
    [TestCase("@((int)JObject.Parse(\"{\\\"a\\\":\\\"x\\\"}\")[\"a\"])", "converted")]
    [TestCase("@(new [] { 1, 2 }.OrderBy(x => x == 1 ? (object)\"a\" : x).Count())", "compared")]
    [TestCase("@{ throw new Exception(\"own\"); }", "own")]
    [TestCase("@{ var l = new List<object>(); for (var i = 0; i < 100000; i++) { l.Add(l); } return 1; }", "steps")]
    [TestCase("@{ var a = new JArray(); for (var i = 0; i < 30; i++) { var b = new JArray(); b.Add(a); b.Add(a); a = b; } return a.ToString(); }", "steps")]
    [TestCase("@{ var a = new JArray(); for (var i = 0; i < 1000; i++) { var b = new JArray(); b.Add(a); a = b; } return a.ToString(); }", "levels")]
    [TestCase("@{ var a = new JArray(); var b = a; for (var i = 0; i < 1000; i++) { var c = new JArray(); b.Add(c); b = c; } return a.ToString(); }", "levels")]
    [TestCase("@{ var o = new JObject(new JProperty(\"a\", new JArray(1, 2, 3, 4))); for (var i = 0; i < 40; i++) { o.Merge(o.DeepClone()); } return o.ToString(); }", "")]
    [TestCase("@{ var l = new List<object>(); l.Add(l); return JsonConvert.SerializeObject(l); }", "levels")]
    [TestCase("@{ var l = new List<object>(); for (var i = 0; i < 40; i++) { var m = new List<object>(); m.Add(l); m.Add(l); l = m; } return JsonConvert.SerializeObject(l); }", "MB")]
    [CancelAfter(60_000)]
    public async Task Hostile_expressions_end_soon_and_say_why(string expression, string word, CancellationToken hung)
    {
        var run = await Task.Run(() => PolicyBench.GetAsync(PolicyBench.Document($"<set-variable name=\"x\" value=\"{expression.Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal)}\" />")), hung).WaitAsync(hung);

        if (word.Length > 0) Assert.That(run["Call"].Error?.Message, Does.Contain(word));
    }

    [TestCase("$\"{", "}\"")]
    [TestCase("new List<", ">()")]
    [TestCase("a.b<", ">()")]
    [TestCase("x => ", "")]
    [TestCase("new [] { ", " }")]
    [TestCase("(int)", "")]
    [TestCase("true ? 1 : ", "")]
    public void What_nests_ten_thousand_deep_is_a_diagnostic(string open, string close)
    {
        // Within the length that a value may have.
        var depth = Math.Min(10_000, 60_000 / (open.Length + close.Length));
        var expression = "@(" + string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth)) + ")";

        var faults = PolicyDocument.Parse(PolicyBench.Document($"<set-variable name=\"x\"><![CDATA[{expression}]]></set-variable><set-body><![CDATA[{expression}]]></set-body>")).Diagnostics;

        Assert.That(faults.Select(fault => fault.Code), Does.Contain(DiagnosticCodes.PolicyExpression));
    }

    [TestCase("(")]
    [TestCase("!")]
    [TestCase("-")]
    public void Twenty_thousand_brackets_are_a_diagnostic(string sign)
    {
        var expression = "@(" + string.Concat(Enumerable.Repeat(sign, 20_000)) + "1" + (sign == "(" ? new string(')', 20_000) : "") + ")";

        var faults = PolicyDocument.Parse(PolicyBench.Document($"<set-variable name=\"x\" value=\"{expression}\" />")).Diagnostics;

        Assert.That(faults, Is.Not.Empty);
    }

    [Test]
    public void A_chain_of_thousands_of_operators_is_a_diagnostic()
    {
        var expression = "@(" + string.Join('+', Enumerable.Repeat("1", 5_000)) + ")";

        Assert.That(PolicyDocument.Parse(PolicyBench.Document($"<set-variable name=\"x\" value=\"{expression}\" />")).Diagnostics.Single().Message, Does.Contain("chain"));
    }
}
