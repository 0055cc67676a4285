using FlowEngine.Expressions;

namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
public class SourceMapTests
{
    private const string Text = """
        {
          "triggers": { "m": { "type": "Request" } },
          "actions": {
            "A/b~c": { "type": "Compose", "inputs": ["x", { "k": "say \"hi\" \u00e9\ud83d\ude00@{body('B')}" }] },
            "Grüße": { "type": "Compose", "inputs": 12 }
          }
        }
        """;

    private static (int, int, int) At(string pointer, TextSpan? span = null)
    {
        var document = Documents.Read(Text);
        var place = span is { } piece ? document.Locate(pointer, piece) : document.Locate(pointer);
        return (place.Line, place.Column, place.EndColumn);
    }

    [Test]
    public void A_container_is_shown_at_its_name() => Assert.That(At("/actions/A~1b~0c"), Is.EqualTo((4, 5, 12)));

    [Test]
    public void A_scalar_is_shown_at_its_value() => Assert.That(At("/actions/Grüße/inputs"), Is.EqualTo((5, 45, 47)));

    [Test]
    public void An_element_is_found_by_its_index() => Assert.That(At("/actions/A~1b~0c/inputs/0"), Is.EqualTo((4, 46, 49)));

    [Test]
    public void A_pointer_that_leads_nowhere_is_shown_at_the_nearest_above() => Assert.That(At("/actions/A~1b~0c/nope/x"), Is.EqualTo((4, 5, 12)));

    [Test]
    public void Names_are_found_ignoring_case() => Assert.That(At("/ACTIONS/grüße/Inputs"), Is.EqualTo((5, 45, 47)));

    [Test]
    public void A_name_has_a_place_of_its_own()
    {
        var place = Documents.Read(Text).LocateName("/actions/Grüße/inputs");

        Assert.That((place.Line, place.Column, place.EndColumn), Is.EqualTo((5, 35, 43)));
    }

    [Test]
    public void A_character_is_mapped_back_through_escapes_and_surrogates()
    {
        var unescaped = "say \"hi\" é😀@{body('B')}";
        var start = unescaped.IndexOf("body", StringComparison.Ordinal);
        var column = Text.Split('\n')[3].IndexOf("body", StringComparison.Ordinal) + 1;

        Assert.That(At("/actions/A~1b~0c/inputs/1/k", new TextSpan(start, 9)), Is.EqualTo((4, column, column + 9)));
    }

    [Test]
    public void Half_a_surrogate_pair_has_its_own_escape()
    {
        var column = Text.Split('\n')[3].IndexOf(@"\ude00", StringComparison.Ordinal) + 1;

        Assert.That(At("/actions/A~1b~0c/inputs/1/k", new TextSpan(11, 1)), Is.EqualTo((4, column, column + 6)));
    }

    [TestCase("{\r\n\"triggers\":{\"m\":{\"type\":\"Request\"}},\r\n\"actions\":{\"A\":{\"type\":\"Compose\",\r\n\"inputs\":7}}}", 4)]
    [TestCase("{\r\"triggers\":{\"m\":{\"type\":\"Request\"}},\r\"actions\":{\"A\":{\"type\":\"Compose\",\"inputs\":7}}}", 3)]
    public void Lines_end_as_the_file_has_it(string text, int line) => Assert.That(Documents.Read(text).Locate("/actions/A/inputs").Line, Is.EqualTo(line));

    [Test]
    public void The_last_of_equal_names_is_the_one_that_is_shown() =>
        Assert.That(Documents.Read("{\"triggers\":{\"m\":{\"type\":\"Request\"}},\"actions\":{},\n\"x\":1,\n\"x\":2}").Locate("/x").Line, Is.EqualTo(3));

    [Test]
    public void A_single_line_of_a_megabyte_is_placed()
    {
        var text = "{\"triggers\":{\"m\":{\"type\":\"Request\"}},\"actions\":{\"A\":{\"type\":\"Compose\",\"inputs\":\"" + new string('x', 1_000_000) + "\"}},\"z\":1}";

        Assert.That(Documents.Read(text).Locate("/z").Column, Is.EqualTo(text.Length - 1));
    }
}
