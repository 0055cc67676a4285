using System.Globalization;
using System.Text;

namespace FlowEngine.Tests.Values;

/// <summary>Standard text is read by a faster reader than lenient text is. Whatever the text, both doors give the same value or the same error.</summary>
/// <remarks>A <see cref="TextReader"/> always goes to the lenient reader, Newtonsoft's.</remarks>
[Parallelizable(ParallelScope.All)]
public sealed class StandardJsonTests
{
    private const int Mutations = 40_000;
    private const string Pieces = "{}[]:,\"'\\/*.+-eE0123456789truefalsnu \n\t\r\0\uFEFF\u00E9\u20AC\u2028\uD83D\uDE00\u007F\u0001";

    private static readonly string[] Texts =
    [
        """{ "a": 1, "A": 2, "b": { "c": [1, 2.50, -0, -0.0, 1e3, 1E-3, true, false, null] } }""",
        """{"a":1,"a":2,"b":3,"a":{"x":[]}}""",
        """{"":"","\u0061":"\u00e9\n\t\"\\\/","a":"😀","é":"€"}""",
        """["\ud83d\ude00","\ud800","x\udc00y","\u0000"]""",
        "[9223372036854775807,9223372036854775808,-9223372036854775808,-9223372036854775809,12345678901234567890,0.1e400,1e400,-1e400,1e-400]",
        "[01,0x10,1.,.5,+1,-,NaN,Infinity,-Infinity,undefined,new Date(1)]",
        "{'a': 1, b: [1,2,], /* c */ \"c\": // d\n 2}",
        "\uFEFF{\"a\":1}",
        " \r\n\t[ 1 , 2 ] \n",
        "\"a\nb\"",
        "\"\uD800x\uDC00\"",
        "nul",
        "true false",
        "{\"a\" 1}",
        "{\"a\":1,}",
        "[1 2]",
        "",
        "  ",
    ];

    [TestCaseSource(nameof(Texts))]
    public void A_text_reads_the_same_through_both_doors(string text) => Compare(text);

    [TestCase(64)]
    [TestCase(65)]
    [TestCase(128)]
    [TestCase(129)]
    public void Both_doors_nest_as_deep(int depth)
    {
        Compare(new string('[', depth) + new string(']', depth));
        Compare(string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth));
    }

    [TestCase(1)]
    [TestCase(299)]
    [TestCase(301)]
    [TestCase(380)]
    [TestCase(381)]
    [TestCase(1000)]
    public void Long_numbers_read_the_same_through_both_doors(int digits)
    {
        var number = string.Concat(Enumerable.Range(1, digits).Select(i => (i % 10).ToString(CultureInfo.InvariantCulture)));
        Compare(number);
        Compare("-" + number);
        Compare("0." + number);
        Compare(number + ".5e-3");
    }

    [Test]
    public void Texts_that_come_again_and_many_names_read_the_same_through_both_doors()
    {
        var rows = Enumerable.Range(0, 2_000).Select(i => string.Create(
            CultureInfo.InvariantCulture, $$"""{"id":{{i}},"name{{i % 300}}":"text{{i % 700}}","state":"open","näme":"wört{{i % 3}}","long":"{{new string('x', i % 200)}}"}"""));

        Compare("[" + string.Join(",\n", rows) + "]");
    }

    [Test]
    public void A_mutated_text_reads_the_same_through_both_doors()
    {
        var random = new Random(20_261_128);
        for (var i = 0; i < Mutations; i++)
        {
            var text = new StringBuilder(Texts[random.Next(Texts.Length)]);
            for (var changes = random.Next(1, 4); changes > 0; changes--) Mutate(text, random);
            Compare(text.ToString());
        }
    }

    private static void Mutate(StringBuilder text, Random random)
    {
        var at = random.Next(text.Length + 1);
        switch (random.Next(4))
        {
            case 0:
                text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                break;
            case 1 when text.Length > 0:
                text.Remove(Math.Min(at, text.Length - 1), 1);
                break;
            case 2 when text.Length > 0:
                text[Math.Min(at, text.Length - 1)] = Pieces[random.Next(Pieces.Length)];
                break;
            default:
                text.Insert(at, Texts[random.Next(Texts.Length)]);
                break;
        }
    }

    private static void Compare(string text)
    {
        var (value, error) = Outcome(() => FlowJson.Parse(text));
        var (expected, expectedError) = Outcome(() => FlowJson.Parse(new StringReader(text)));
        if (error != expectedError || !FlowValueProperties.Identical(value, expected))
            Assert.Fail($"{error ?? value.ToJson()} in place of {expectedError ?? expected.ToJson()} for {FlowValue.String(text).ToJson()}");
    }

    private static (FlowValue Value, string? Error) Outcome(Func<FlowValue> read)
    {
        try
        {
            return (read(), null);
        }
        catch (FlowJsonException e)
        {
            return (default, string.Create(CultureInfo.InvariantCulture, $"{e.Message} {e.Line} {e.Position} {e.Path}"));
        }
    }
}
