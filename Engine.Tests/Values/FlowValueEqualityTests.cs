using FsCheck.Fluent;

namespace FlowEngine.Tests.Values;

[Parallelizable(ParallelScope.All)]
public sealed class FlowValueEqualityTests
{
    [Test]
    public void A_value_equals_itself() => FlowValueGenerators.ForAll(FlowValueGenerators.Any, v => Assert.That(v.Equals(v), Is.True));

    [Test]
    public void Equality_goes_both_ways() =>
        FlowValueGenerators.ForAll(FlowValueGenerators.Any.Two(), p => Assert.That(p.Item1.Equals(p.Item2), Is.EqualTo(p.Item2.Equals(p.Item1))));

    [Test]
    public void Numbers_by_value_and_members_in_any_order_are_equal_and_hash_alike() => FlowValueGenerators.ForAll(FlowValueGenerators.Any, value =>
    {
        var second = FlowValueProperties.Variant(value);
        var third = FlowValueProperties.Variant(second);
        Assert.Multiple(() =>
        {
            Assert.That(value.Equals(second), Is.True);
            Assert.That(second.Equals(value), Is.True);
            Assert.That(value.Equals(third), Is.True, "equal to what its equal equals");
            Assert.That(second.GetHashCode(), Is.EqualTo(value.GetHashCode()));
            Assert.That(third.GetHashCode(), Is.EqualTo(value.GetHashCode()));
        });
    });

    [Test]
    public void What_two_values_both_equal_makes_them_equal()
    {
        // Few values, so that equal ones meet.
        var few = Gen.Elements("1", "1.0", "2", "2.5", "\"1\"", "true", "null", "[1]", "[1.0]", "{\"a\":1}", "{\"a\":1.0}", "{\"A\":1}").Select(json => FlowValue.Parse(json));
        FlowValueGenerators.ForAll(few.Three(), t =>
        {
            var (a, b, c) = t;
            if (a.Equals(b) && b.Equals(c)) Assert.That(a.Equals(c), Is.True);
            if (a.Equals(b)) Assert.That(a.GetHashCode(), Is.EqualTo(b.GetHashCode()));
        });
    }

    [TestCase("1", "1.0", true)]
    [TestCase("0", "-0.0", true)]
    [TestCase("9007199254740993", "9007199254740992.0", false)]
    [TestCase("9223372036854775807", "9223372036854775807.0", false)]
    [TestCase("1", "\"1\"", false)]
    [TestCase("1", "true", false)]
    [TestCase("null", "\"\"", false)]
    [TestCase("\"a\"", "\"A\"", false)]
    [TestCase("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", true)]
    [TestCase("{\"a\":1}", "{\"A\":1}", false)]
    [TestCase("{\"a\":null}", "{}", false)]
    [TestCase("[1,2]", "[2,1]", false)]
    public void Equality_is_the_languages(string left, string right, bool equal) => Assert.That(FlowValue.Parse(left).Equals(FlowValue.Parse(right)), Is.EqualTo(equal));

    [Test]
    public void Not_a_number_equals_nothing() => Assert.That(FlowValue.Float(double.NaN).Equals(FlowValue.Float(double.NaN)), Is.False);
}
