namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class RepeatedNamesTests
{
    [TestCase(3)]
    [TestCase(20_000)]
    public void Of_many_repeated_names_the_last_count_in_the_order_of_their_last_places(int count)
    {
        var names = Enumerable.Range(0, count).ToArray();
        var text = "{" + string.Join(",", names.Select(n => $"\"k{n}\":1").Concat(names.Reverse().Select(n => $"\"k{n}\":{n}"))) + "}";

        var value = FlowValue.Parse(text).AsObject;

        Assert.That(value.Names.ToArray(), Is.EqualTo(names.Reverse().Select(n => $"k{n}")));
        Assert.That(value.Values.ToArray(), Is.EqualTo(names.Reverse().Select(n => (FlowValue)n)));
    }
}
