using FlowEngine.Expressions;

namespace FlowEngine.Tests.Expressions;

/// <summary>What functions may allocate.</summary>
public sealed class FunctionCostTests
{
    private const int Calls = 100;

    [TestCase("union")]
    [TestCase("intersection")]
    public void Two_arrays_of_100_objects_are_compared_by_hash_within_16_KB(string name)
    {
        Assert.That(BuiltInFunctions.Table.TryGet(name, out var function));
        var body = function!.Variadic!;
        FlowValue[] arguments = [Rows(0), Rows(50)];
        body(arguments);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++) body(arguments);
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Calls;

        Assert.That(bytes, Is.LessThanOrEqualTo(16 * 1024));
    }

    [Test]
    public void Arithmetic_allocates_nothing()
    {
        Assert.That(BuiltInFunctions.Table.TryGet("add", out var function));
        var add = function!.Binary!;
        FlowValue sum = 0;
        sum = add(sum, 1);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++) sum = add(sum, 1);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Multiple(() =>
        {
            Assert.That(sum, Is.EqualTo(FlowValue.Integer(Calls + 1)));
            Assert.That(bytes, Is.Zero);
        });
    }

    private static FlowValue Rows(int first)
    {
        var rows = new FlowValue[100];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = FlowValue.Object(("id", first + i), ("name", FlowValue.String($"item {first + i}")), ("price", first + i + 0.5));
        return FlowValue.Array(rows);
    }
}
