using System.Globalization;
using System.Numerics;
using FsCheck.Fluent;

namespace FlowEngine.Tests.Values;

[Parallelizable(ParallelScope.All)]
public sealed class FlowJsonTests
{
    [Test]
    public void What_is_written_reads_as_the_same_value() => FlowValueGenerators.ForAll(
        FlowValueGenerators.Json,
        value => Assert.That(FlowValueProperties.Identical(FlowJson.Parse(FlowJson.Write(value)), value), Is.True, () => FlowJson.Write(value)));

    [Test]
    public void Indentation_changes_nothing() => FlowValueGenerators.ForAll(
        FlowValueGenerators.Json,
        value => Assert.That(FlowValueProperties.Identical(FlowJson.Parse(FlowJson.WriteIndented(value)), value), Is.True, () => FlowJson.Write(value)));

    [Test]
    public void A_decimal_reads_as_a_number_of_the_same_value() =>
        FlowValueGenerators.ForAll(FlowValueGenerators.Decimal, number => Assert.That(FlowJson.Parse(FlowJson.Write(number)), Is.EqualTo(FlowValue.Decimal(number))));

    [Test]
    public void Integers_keep_all_their_digits() => FlowValueGenerators.ForAll(
        FlowValueGenerators.Integer,
        number => Assert.That(FlowValueProperties.Identical(FlowJson.Parse(number.ToString(CultureInfo.InvariantCulture)), number), Is.True));

    [Test]
    public void Integers_beyond_64_bits_are_floats() => FlowValueGenerators.ForAll(FlowValueGenerators.Integer, number =>
    {
        var big = (number < 0 ? (BigInteger)long.MinValue - 1 : (BigInteger)long.MaxValue + 1) + ((BigInteger)number * 3);
        var expected = double.Parse(big.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

        Assert.That(FlowValueProperties.Identical(FlowJson.Parse(big.ToString(CultureInfo.InvariantCulture)), expected), Is.True, () => big.ToString(CultureInfo.InvariantCulture));
    });

    [Test]
    public void The_last_of_equal_names_wins_and_moves_to_the_end() => FlowValueGenerators.ForAll(FlowValueGenerators.Name.ArrayOf(), names =>
    {
        var text = "{" + string.Join(',', names.Select((name, i) => $"{FlowValue.String(name).ToJson()}:{i}")) + "}";
        var expected = names.Select((name, i) => (Name: name, Value: i)).GroupBy(m => m.Name).Select(g => g.Last()).OrderBy(m => m.Value);

        Assert.That(FlowJson.Parse(text).AsObject.Select(m => (m.Key, (int)m.Value.AsInteger)), Is.EqualTo(expected));
    });

    [TestCase("2024-01-01T10:00:00+02:00")]
    [TestCase("2024-01-01T10:00:00Z")]
    [TestCase("/Date(1234)/")]
    public void Dates_stay_the_text_they_are(string date) => Assert.That(FlowJson.Parse($"[\"{date}\"]")[0], Is.EqualTo(FlowValue.String(date)));

    [Test]
    public void A_lone_surrogate_is_kept_as_it_stands() => Assert.That(FlowJson.Parse("\"\uD800x\uDC00\uD800\"").AsString, Is.EqualTo("\uD800x\uDC00\uD800"));

    [Test]
    public void Newtonsofts_reader_replaces_the_escape_of_a_lone_surrogate() => Assert.That(FlowJson.Parse("\"\\ud800x\\ud83d\\ude00\"").AsString, Is.EqualTo("\uFFFDx😀"));

    [TestCase("{'a': 1, b: [1,2,], /* c */}", "{\"a\":1,\"b\":[1,2]}")]
    [TestCase("5.0", "5.0")]
    [TestCase("1e21", "1E+21")]
    [TestCase("\"é€\"", "\"é€\"")]
    [TestCase(" null // end", "null")]
    public void Reading_is_lenient_and_writing_compact(string text, string json) => Assert.That(FlowJson.Parse(text).ToJson(), Is.EqualTo(json));

    [TestCase("")]
    [TestCase("[1,2")]
    [TestCase("{\"a\":}")]
    [TestCase("1 2")]
    [TestCase("new Date(1)")]
    public void What_is_no_json_is_an_error(string text) => Assert.That(() => FlowJson.Parse(text), Throws.TypeOf<FlowJsonException>());
}
