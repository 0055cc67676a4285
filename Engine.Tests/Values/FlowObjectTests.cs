using FsCheck.Fluent;

namespace FlowEngine.Tests.Values;

[Parallelizable(ParallelScope.All)]
public sealed class FlowObjectTests
{
    [Test]
    public void A_name_finds_itself_exactly_or_else_the_first_that_differs_by_case() => FlowValueGenerators.ForAll(
        FlowValueGenerators.Name.ArrayOf().SelectMany(names => FlowValueGenerators.Name.Select(wanted => (names, wanted))),
        test =>
        {
            var (names, wanted) = test;
            var members = names.Distinct().Select((name, i) => (name, FlowValue.Integer(i))).ToArray();
            var o = FlowValue.Object(members).AsObject;
            var expected = Array.FindIndex(members, m => m.name == wanted);
            if (expected < 0) expected = Array.FindIndex(members, m => m.name.Equals(wanted, StringComparison.OrdinalIgnoreCase));

            Assert.That(o.IndexOf(wanted), Is.EqualTo(expected));
            Assert.That(o.TryGet(wanted, out var value) ? value.AsInteger : -1, Is.EqualTo(expected));
            Assert.That(o.TryGetExact(wanted, out _), Is.EqualTo(names.Contains(wanted)));
        });

    [Test]
    public void Many_names_are_found_as_few_are()
    {
        var o = FlowValue.Object([.. Enumerable.Range(0, 1000).Select(i => ($"Name{i}", FlowValue.Integer(i)))]);

        Assert.That((o["name999"].AsInteger, o["NAME7"].AsInteger, o["Name500"].AsInteger, o["name1000"].IsNull), Is.EqualTo((999L, 7L, 500L, true)));
    }

    [Test]
    public void Setting_moves_a_member_to_the_end_and_replacing_does_not()
    {
        var start = FlowValue.Object(("a", 1), ("b", 2)).AsObject;

        Assert.That(start.ToBuilder().Set("a", 3).ToValue().ToJson(), Is.EqualTo("""{"b":2,"a":3}"""));
        Assert.That(start.ToBuilder().Replace("a", 3).ToValue().ToJson(), Is.EqualTo("""{"a":3,"b":2}"""));
        Assert.That(FlowValue.Object(start).ToJson(), Is.EqualTo("""{"a":1,"b":2}"""));
    }
}
