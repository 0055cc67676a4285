namespace FlowEngine.Tests.Values;

[Parallelizable(ParallelScope.All)]
public sealed class JsonLimitsTests
{
    [TestCase(128, true)]
    [TestCase(129, false)]
    [TestCase(100_000, false)]
    public void Text_may_nest_128_deep(int depth, bool allowed)
    {
        var text = new string('[', depth) + new string(']', depth);

        Assert.That(() => FlowJson.Parse(text), allowed ? Throws.Nothing : Throws.TypeOf<FlowJsonException>());
    }

    [Test]
    public void Values_may_be_built_1000_deep()
    {
        var value = Nested(1000);

        Assert.Multiple(() =>
        {
            Assert.That(value.Depth, Is.EqualTo(1000));
            Assert.That(() => FlowValue.Array(value), Throws.TypeOf<FlowJsonException>());
            Assert.That(() => FlowValue.Object(("a", value)), Throws.TypeOf<FlowJsonException>());
            Assert.That(() => FlowArray.Empty.Append(value), Throws.TypeOf<FlowJsonException>());
        });
    }

    [Test]
    public void The_deepest_value_can_be_written_compared_hashed_and_converted()
    {
        var value = Nested(1000);
        var other = Nested(1000);

        Assert.Multiple(() =>
        {
            Assert.That(value, Is.EqualTo(other));
            Assert.That(value.GetHashCode(), Is.EqualTo(other.GetHashCode()));
            Assert.That(value.ToJson(), Has.Length.GreaterThan(1000));
            Assert.That(FlowValue.FromJToken(value.ToJToken()), Is.EqualTo(value));
        });
    }

    private static FlowValue Nested(int depth)
    {
        var value = FlowValue.Integer(1);
        for (var i = 0; i < depth; i++) value = i % 2 == 0 ? FlowValue.Array(value) : FlowValue.Object(("a", value));
        return value;
    }
}
