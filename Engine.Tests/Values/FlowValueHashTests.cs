namespace FlowEngine.Tests.Values;

/// <summary>The hash agrees with the language's equality, on which union, intersection and unique rest.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FlowValueHashTests
{
    [TestCase("1", "1.0")]
    [TestCase("0", "-0.0")]
    [TestCase("9007199254740993", "9007199254740993")]
    [TestCase("""{"a":1,"b":[2,{"c":null}]}""", """{"b":[2.0,{"c":null}],"a":1.0}""")]
    [TestCase("""["x",true,null]""", """["x",true,null]""")]
    public void Equal_values_hash_alike(string left, string right)
    {
        var (a, b) = (FlowValue.Parse(left), FlowValue.Parse(right));

        Assert.That(a, Is.EqualTo(b));
        Assert.That(a.GetHashCode(), Is.EqualTo(b.GetHashCode()));
    }

    [Test]
    public void A_decimal_hashes_like_the_number_it_equals()
    {
        Assert.That(FlowValue.Decimal(5.00m).GetHashCode(), Is.EqualTo(FlowValue.Integer(5).GetHashCode()));
        Assert.That(FlowValue.Decimal(0.5m).GetHashCode(), Is.EqualTo(FlowValue.Float(0.5).GetHashCode()));
    }

    [Test]
    public void Rows_of_one_shape_spread()
    {
        var hashes = new HashSet<int>();
        for (var i = 0; i < 1_000; i++) hashes.Add(FlowValue.Object(("id", i), ("even", i % 2 == 0)).GetHashCode());

        Assert.That(hashes, Has.Count.GreaterThan(990));
    }

    [Test]
    public void Numbers_spread_over_the_places_of_a_table([Values(1.0, 0.5, 1000.0, 4294967296.0)] double step)
    {
        // Which place a value has in a table depends on the lower bits alone.
        var (places, last) = (new HashSet<int>(), new HashSet<int>());
        for (var i = 0; i < 1_024; i++)
        {
            places.Add(FlowValue.Float(i * step).GetHashCode() & 1_023);
            last.Add(FlowValue.Array(i * step).GetHashCode() & 1_023);
        }

        // Thrown at random, 1,024 values take some 647 of as many places.
        Assert.That(places, Has.Count.GreaterThan(400));
        Assert.That(last, Has.Count.GreaterThan(400));
    }

    [TestCase("[1,2]", "[2,1]")]
    [TestCase("""{"a":1,"b":2}""", """{"a":2,"b":1}""")]
    [TestCase("""{"a":1}""", """{"A":1}""")]
    [TestCase("[[1],2]", "[1,[2]]")]
    [TestCase("[0]", "[0,0]")]
    public void Alike_values_hash_apart(string left, string right)
    {
        Assert.That(FlowValue.Parse(left).GetHashCode(), Is.Not.EqualTo(FlowValue.Parse(right).GetHashCode()));
    }
}
