namespace FlowEngine.Tests.Scenarios;

/// <summary>The comparison must be able to fail, or the scenarios prove nothing.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class RecordComparisonTests
{
    [TestCase("""{"a":1}""", """{"a":1.0,"b":2}""", true)]
    [TestCase("""{"a":1}""", """{"a":2}""", false)]
    [TestCase("""{"a":null}""", """{}""", false)]
    [TestCase("""{"outputs":null}""", """{}""", true)]
    [TestCase("""{"a":[1]}""", """{"a":[1,2]}""", false)]
    [TestCase("""{"a":"x"}""", """{"a":"xy"}""", false)]
    [TestCase("""{"message":"x"}""", """{"message":"xy"}""", true)]
    [TestCase("""{"A":1}""", """{"a":1}""", false)]
    [TestCase("""{"a":true}""", """{"a":"True"}""", false)]
    public void A_record_fits_where_it_has_all_that_is_expected(string expected, string actual, bool fits) =>
        Assert.That(RecordComparison.Difference(FlowValue.Parse(expected), FlowValue.Parse(actual), "x") is null, Is.EqualTo(fits));
}
