using FlowEngine.Definitions;

namespace FlowEngine.Tests;

/// <summary>Whatever a file holds, it gets an answer: values of the wrong kind at every place, text cut anywhere.</summary>
[Parallelizable(ParallelScope.All)]
public class ValidatorRobustnessTests
{
    private static readonly FlowValue[] Replacements =
    [
        FlowValue.Null, 5, true, FlowValue.String(""), FlowValue.String("@x("), FlowValue.EmptyArray, FlowValue.EmptyObject,
        FlowValue.Array(FlowValue.Null, FlowValue.EmptyObject, FlowValue.Integer(1)), FlowValue.Object(("", FlowValue.Null), ("a", FlowValue.EmptyObject)),
    ];

    private static readonly string[] Definitions =
        [.. File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "Definitions", "Cases", "validation.jsonl"))
            .Select(line => FlowValue.Parse(line)["definition"].ToJson())
            .Where(text => text.Length < 1500)];

    [Test]
    public void A_value_of_another_kind_at_any_place_gets_an_answer()
    {
        var which = 0;
        foreach (var text in Definitions)
        {
            var definition = FlowValue.Parse(text);
            for (var place = 0; place < Count(definition); place++)
            {
                var at = place;
                var changed = Replace(definition, ref at, Replacements[which++ % Replacements.Length]).ToJson();
                Assert.That(() => Render(changed, which % 2 == 0), Throws.Nothing, changed);
            }
        }
    }

    [Test]
    public void Text_cut_anywhere_gets_an_answer()
    {
        foreach (var text in Definitions)
        {
            for (var at = 0; at < text.Length; at += 7) Assert.That(() => Render(text[..at], false), Throws.Nothing, text[..at]);
        }
    }

    private static void Render(string text, bool strict)
    {
        var document = Documents.Read(text, strict);
        foreach (var diagnostic in document.Diagnostics) DiagnosticText.Render(document, diagnostic);
    }

    private static int Count(FlowValue value)
    {
        var count = 1;
        foreach (var item in Children(value)) count += Count(item);
        return count;
    }

    private static IEnumerable<FlowValue> Children(FlowValue value) =>
        value.AsArrayOrNull is { } array ? array : value.AsObjectOrNull is { } o ? o.Select(member => member.Value) : [];

    private static FlowValue Replace(FlowValue value, ref int at, FlowValue replacement)
    {
        if (at-- == 0) return replacement;
        if (value.AsArrayOrNull is { } array)
        {
            var items = array.AsSpan().ToArray();
            for (var i = 0; i < items.Length; i++) items[i] = Replace(items[i], ref at, replacement);
            return FlowArray.Create(items);
        }

        if (value.AsObjectOrNull is not { } o) return value;
        var builder = new FlowObjectBuilder(o.Count);
        for (var i = 0; i < o.Count; i++) builder.Add(o.Names[i], Replace(o.Values[i], ref at, replacement));
        return builder.ToValue();
    }
}
