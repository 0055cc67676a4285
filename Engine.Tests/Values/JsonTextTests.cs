using System.Globalization;
using Newtonsoft.Json;
using NUnit.Framework;

namespace FlowEngine.Tests.Values;

/// <summary>The text that values are written as is Newtonsoft's, which the service writes with.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public class JsonTextTests
{
    private static readonly FlowValue[] Edges =
    [
        default, true, false, 0, -1, long.MinValue, long.MaxValue, 0.0, -0.0, 1.0, 1e15, 1e16, 1.5e300, double.Epsilon, double.MaxValue, double.NaN,
        double.PositiveInfinity, double.NegativeInfinity, 0.1, 1m, 1.10m, decimal.MaxValue, 0.0000001m,
        FlowValue.String(""), FlowValue.String("plain"), FlowValue.String("\"quoted\" \\ / 'single' <tag>"), FlowValue.String("\t\r\n\f\b\0\u001f\u007f\u0085\u2028\u2029"),
        FlowValue.String("é 漢 😀 \ud800 x"), FlowValue.EmptyArray, FlowValue.EmptyObject,
    ];

    [Test]
    public void Every_kind_of_value_is_written_as_Newtonsoft_writes_it([Range(0, 29)] int edge) => Compare(Edges[edge]);

    [Test]
    public void Every_character_is_written_as_Newtonsoft_writes_it()
    {
        var all = new string([.. Enumerable.Range(0, 0x10000).Select(c => (char)c)]);
        Compare(FlowValue.String(all));
        Compare(FlowValue.Object((all, 1)));
    }

    [Test]
    public void Nested_values_are_written_as_Newtonsoft_writes_them()
    {
        var random = new Random(10);
        for (var i = 0; i < 500; i++) Compare(Any(random, 5));
    }

    [Test]
    public void Text_longer_than_the_buffer_goes_to_the_output_whole()
    {
        var value = FlowArray.Create(Enumerable.Range(0, 5_000).Select(i => FlowValue.Object(("name", FlowValue.String(new string('x', i % 97))), ("n", i))));
        Compare(value);
        Compare(FlowValue.String(new string('y', 100_000)));
    }

    private static FlowValue Any(Random random, int depth) => random.Next(depth > 0 ? 4 : 2) switch
    {
        2 => FlowArray.Create(Enumerable.Range(0, random.Next(4)).Select(_ => Any(random, depth - 1))),
        3 => FlowValue.Object([.. Enumerable.Range(0, random.Next(4)).Select(i => ($"m{i}\"", Any(random, depth - 1)))]),
        _ => Edges[random.Next(Edges.Length)],
    };

    private static void Compare(FlowValue value)
    {
        Assert.Multiple(() =>
        {
            Assert.That(FlowJson.Write(value), Is.EqualTo(ByNewtonsoft(value, Formatting.None, "\n")));
            Assert.That(FlowJson.WriteIndented(value), Is.EqualTo(ByNewtonsoft(value, Formatting.Indented, "\n")));
            Assert.That(Output(value, isIndented: false, "\r\n"), Is.EqualTo(ByNewtonsoft(value, Formatting.None, "\r\n")));
            Assert.That(Output(value, isIndented: true, "\r\n"), Is.EqualTo(ByNewtonsoft(value, Formatting.Indented, "\r\n")));
        });
    }

    private static string Output(FlowValue value, bool isIndented, string newLine)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = newLine };
        FlowJson.Write(value, output, isIndented);
        return output.ToString();
    }

    private static string ByNewtonsoft(FlowValue value, Formatting formatting, string newLine)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = newLine };
        using (var writer = new JsonTextWriter(output) { Formatting = formatting }) FlowJson.Write(value, writer);
        return output.ToString();
    }
}
