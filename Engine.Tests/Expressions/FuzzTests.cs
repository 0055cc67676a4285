using System.Diagnostics;
using System.Globalization;
using System.Text;
using FlowEngine.Expressions;

namespace FlowEngine.Tests.Expressions;

/// <summary>Damaged, spliced and nested expressions: whatever they are, the answer is a value or an error of the language, soon and within its memory.</summary>
/// <remarks><c>FLOWENGINE_FUZZ</c> = <c>count</c> or <c>count:seed</c> asks for a longer run, or repeats one.</remarks>
public sealed class FuzzTests
{
    private const int DefaultCount = 10_000;
    private const int DefaultSeed = 20_260_131;
    private const long MaxBytes = 200_000_000;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);

    private static readonly ExpressionLimits Limits = new()
    {
        MaxTextLength = 100_000,
        MaxRangeCount = 10_000,
        MaxSteps = 50_000,
        MaxBytes = 5_000_000,
        MaxXPathSteps = 20_000,
        PatternTime = TimeSpan.FromMilliseconds(20),
    };

    [Test]
    public void A_mutated_expression_gives_a_value_or_an_error_of_the_language()
    {
        var setting = (Environment.GetEnvironmentVariable("FLOWENGINE_FUZZ") ?? string.Empty).Split(':');
        var count = int.TryParse(setting[0], CultureInfo.InvariantCulture, out var asked) ? asked : DefaultCount;
        var seed = setting.Length > 1 ? int.Parse(setting[1], CultureInfo.InvariantCulture) : DefaultSeed;
        var cases = ExpressionCaseTests.Cases().Select(data => (FlowValue)data.Arguments[0]!).ToArray(); // each has its row
        var mutation = new ExpressionMutation(cases.Select(row => row["expr"].AsStringOrNull).OfType<string>().ToArray(), new Random(seed));
        for (var i = 0; i < count; i++) Check(mutation.Next(), cases[i % cases.Length]["context"], i, seed);
    }

    private static void Check(string text, FlowValue context, int index, int seed)
    {
        string Place() => $"expression {index} of seed {seed}:\n{text}";
        var start = Stopwatch.GetTimestamp();
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var result = ExpressionEvaluator.Evaluate(FlowValue.String(text), context, new EvaluationOptions { Seed = seed, Limits = Limits });
            if (result.Error is { Message.Length: 0 }) Assert.Fail($"An error without a message, {Place()}");
        }
        catch (Exception e) when (e is not AssertionException)
        {
            Assert.Fail($"{e}\n{Place()}");
        }

        if (Stopwatch.GetElapsedTime(start) > MaxTime) Assert.Fail($"{Stopwatch.GetElapsedTime(start)} for {Place()}");
        if (GC.GetAllocatedBytesForCurrentThread() - before is > MaxBytes and var bytes) Assert.Fail($"{bytes} bytes for {Place()}");
    }
}

/// <summary>Makes new expressions out of known ones.</summary>
internal sealed class ExpressionMutation(string[] texts, Random random)
{
    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", ",", "'", "''", "?", ".", "@", "@{", "}", "@@", "-", "+", "1e308", "-9223372036854775808", "9223372036854775807", "0", "2147483647", "1000000", "null", "true", "''",
        "item()", "range(0, 1000)", "variables('x')", "lambda('x', x)", "'\ud800'", "\0", "\u2028", "json('{\"a\":[1,{\"b\":null}]}')", "'2026-01-31T10:00:00Z'", "xml('<a><b>1</b></a>')", "'(a+)+$'",
        "'N99'", "createArray(1, 2)", "'<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>'", "'en-US'", "'yyyy'", "binary('a')", "'data:;base64,'",
    ];

    private static readonly string[] Functions = BuiltInFunctions.Table.Select(function => function.Name).ToArray();

    public string Next()
    {
        var text = Any(texts);
        for (var changes = random.Next(1, 4); changes > 0; changes--) text = Change(text);
        return text;
    }

    private string Change(string text)
    {
        var at = random.Next(text.Length + 1);
        var length = Math.Min(random.Next(1, 8), text.Length - at);
        return random.Next(9) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, Any(Pieces)),
            2 => text.Remove(at, length).Insert(at, Any(Pieces)),
            3 => text.Insert(at, ((char)random.Next(0x10000)).ToString()),
            4 => text.Insert(at, text.Substring(at, length)),
            5 => Splice(text, Any(texts)),
            6 => $"@{Any(Functions)}({Inner(text)}, {Any(Pieces)})",
            7 => Nest(Inner(text)),
            _ => Rename(text),
        };
    }

    private string Splice(string text, string other) => text[..random.Next(text.Length + 1)] + other[random.Next(other.Length + 1)..];

    private string Nest(string inner)
    {
        var opening = new StringBuilder("@");
        var closing = new StringBuilder();
        for (var depth = random.Next(1, 40); depth > 0; depth--)
        {
            switch (random.Next(5))
            {
                case 0:
                    opening.Append("map(range(0, 100), ");
                    closing.Insert(0, ')');
                    break;
                case 1:
                    opening.Append("map(createArray(");
                    closing.Insert(0, "), createArray(item(), item()))");
                    break;
                case 2:
                    opening.Append("map(createArray(");
                    closing.Insert(0, "), concat(item(), item()))");
                    break;
                default:
                    opening.Append(Any(Functions)).Append('(');
                    closing.Insert(0, random.Next(2) == 0 ? ")" : $", {Any(Pieces)})");
                    break;
            }
        }

        return $"{opening}{inner}{closing}";
    }

    // The first call gets another function's name.
    private string Rename(string text)
    {
        var end = text.IndexOf('(', StringComparison.Ordinal);
        if (end < 0) return text + "(";
        var start = end;
        while (start > 0 && char.IsLetter(text[start - 1])) start--;
        return string.Concat(text.AsSpan(0, start), Any(Functions), text.AsSpan(end));
    }

    private static string Inner(string text) => text.StartsWith("@{", StringComparison.Ordinal) ? text[2..].TrimEnd('}') : text.TrimStart('@');

    private string Any(string[] choices) => choices[random.Next(choices.Length)];
}
