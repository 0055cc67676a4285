using FlowEngine.Actions;

namespace FlowEngine.Tests.Actions;

/// <summary>Expected texts: runtime reference, 3.4.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class TableTextTests
{
    [Test]
    public void CSV_ends_every_line_with_CR_LF_and_quotes_only_what_would_be_misread() =>
        Assert.That(
            TableText.Csv(["a b", "c"], [["x,y", "l1\nl2"], ["it's", "\"q\""]], NoCheck),
            Is.EqualTo("a b,c\r\n\"x,y\",\"l1\nl2\"\r\nit's,\"\"\"q\"\"\"\r\n"));

    [Test]
    public void HTML_encodes_as_the_framework_does() =>
        Assert.That(
            TableText.Html(["<h>"], [["'ä€😀&"]], NoCheck),
            Is.EqualTo("<table><thead><tr><th>&lt;h&gt;</th></tr></thead><tbody><tr><td>&#39;&#228;€&#128512;&amp;</td></tr></tbody></table>"));

    [Test]
    public void The_length_is_told_after_each_row()
    {
        var lengths = new List<int>();

        var text = TableText.Csv(["a"], [["1"], ["23"]], lengths.Add);

        Assert.That(lengths, Is.EqualTo(new[] { 6, text.Length }));
    }

    [Test]
    public void Without_columns_CSV_is_empty_and_HTML_an_empty_body()
    {
        Assert.That(TableText.Csv([], [], NoCheck), Is.Empty);
        Assert.That(TableText.Html([], [], NoCheck), Is.EqualTo("<table><tbody></tbody></table>"));
    }

    private static void NoCheck(int length)
    {
    }
}
