namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class RecordSubsetTests
{
    [TestCase("""{"a":1}""", """{"a":1,"b":2}""")]
    [TestCase("""{"a":[{"b":1},{}]}""", """{"a":[{"b":1,"c":2},{"d":1}]}""")]
    [TestCase(""" "re:^a.c$" """, """ "abc" """)]
    [TestCase("null", "null")]
    public void A_record_that_holds_what_is_named_fits(string expected, string actual) =>
        Assert.That(RecordSubset.Differences(FlowValue.Parse(expected), FlowValue.Parse(actual)), Is.Empty);

    [TestCase("""{"a":1}""", """{"b":2}""", "record.a: expected 1, found nothing")]
    [TestCase("""{"a":[1]}""", """{"a":[1,2]}""", "record.a: expected [1], found [1,2]")]
    [TestCase("""[{"a":"x"}]""", """[{"a":"y"}]""", "record[0].a: expected \"x\", found \"y\"")]
    [TestCase(""" "re:^a$" """, """ "abc" """, "record: expected \"re:^a$\", found \"abc\"")]
    [TestCase("""{"a":1}""", """{"a":"1"}""", "record.a: expected 1, found \"1\"")]
    [TestCase("""{"a":1}""", "7", "record: expected {\"a\":1}, found 7")]
    public void A_difference_is_told_with_its_path(string expected, string actual, string difference) =>
        Assert.That(RecordSubset.Differences(FlowValue.Parse(expected), FlowValue.Parse(actual)), Is.EqualTo([difference]));
}
