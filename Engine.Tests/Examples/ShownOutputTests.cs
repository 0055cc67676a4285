namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class ShownOutputTests
{
    [TestCase("a\nb", "a\nb\n")]
    [TestCase("a\n…\nd", "a\nb\nc\nd")]
    [TestCase("a\n…", "a\nb")]
    [TestCase("run 08584315624854775807501448817CU55 of x", "run 08584060834528658609893770956CU90 of x")]
    public void What_is_shown_is_printed(string shown, string printed) => Assert.That(ShownOutput.Difference(shown, printed), Is.Null);

    [TestCase("a", "a\nb", "expected the end, found 'b'")]
    [TestCase("a\nc", "a\nb\nc", "expected 'c', found 'b'")]
    [TestCase("…\nb\na", "a\nb", "expected 'a', found 'the end'")]
    [TestCase("a", "ab", "expected 'a', found 'ab'")]
    public void What_is_not_printed_is_told(string shown, string printed, string difference) => Assert.That(ShownOutput.Difference(shown, printed), Is.EqualTo(difference));
}
