using FsCheck.Fluent;

namespace FlowEngine.Tests.Values;

[Parallelizable(ParallelScope.All)]
public sealed class FlowArrayTests
{
    [Test]
    public void Appending_leaves_every_older_array_as_it_was()
    {
        // Each step appends its number to one of the arrays so far.
        FlowValueGenerators.ForAll(Gen.Choose(0, 1000).ArrayOf(), steps =>
        {
            var arrays = new List<(FlowArray Array, int[] Expected)> { (FlowArray.Empty, []) };
            for (var i = 0; i < steps.Length; i++)
            {
                var (array, expected) = arrays[^(1 + (steps[i] % Math.Min(arrays.Count, 4)))];
                arrays.Add((array.Append(i), [.. expected, i]));
            }

            foreach (var (array, expected) in arrays) Assert.That(((IEnumerable<FlowValue>)array).Select(v => (int)v.AsInteger), Is.EqualTo(expected));
        });
    }

    [Test]
    public void Two_appends_to_the_same_array_do_not_meet()
    {
        var start = FlowArray.Empty.Append(1).Append(2);
        var left = start.Append(3);
        var right = start.Append(4);

        Assert.That((left[2].AsInteger, right[2].AsInteger, start.Count), Is.EqualTo((3L, 4L, 2)));
    }

    [Test]
    public void An_array_made_of_cells_keeps_them_when_the_callers_change()
    {
        FlowValue[] cells = [1, 2];
        var array = FlowArray.Create(cells);
        cells[0] = 9;

        Assert.That(array[0].AsInteger, Is.EqualTo(1));
    }
}
