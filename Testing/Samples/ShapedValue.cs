using System.Text;

namespace FlowEngine.Testing;

/// <summary>Makes a value of which everything can be read that a flow reads of it.</summary>
/// <param name="variation">Which of the values is taken that the flow compares with: 0 for the first, and so on, then none of them.</param>
/// <param name="isLast">Whether what the flow asks for nothing is nothing: null, empty, without items.</param>
internal sealed class ShapedValue(int variation, bool isLast)
{
    private const string Date = "2024-01-01T00:00:00Z";

    private int _left = 20_000;

    /// <summary>A value for the shape.</summary>
    /// <param name="shape">What is read.</param>
    /// <param name="given">What a schema makes of it, or null: what is read is put over it.</param>
    public FlowValue Make(DataShape shape, FlowValue given = default)
    {
        if (--_left < 0) return given;
        if (!shape.Schema.IsNull && given.IsNull) given = SampleValue.Of(shape.Schema);
        if (shape.IsAskedForNothing && isLast != shape.IsBestAsNothing) return Nothing(shape, given);
        if (Chosen(shape, given) is { IsNull: false } chosen) return chosen;
        // A schema makes it text, and another ParseJson reads that.
        if (given.IsString && shape.Held is null && (shape.Members.Count > 0 || shape.Items is not null || shape.Schema.AsObjectOrNull is { Count: > 0 }))
        {
            var schema = shape.Schema.IsNull ? default : SampleValue.Of(shape.Schema);
            return schema.IsString ? given : FlowValue.String((schema.IsArray || (shape.Items is not null && !schema.IsObject) ? List(shape, schema) : Members(shape, schema)).ToJson());
        }

        if (shape.Held is { } held) return FlowValue.String(Holding(shape.Holding, Make(held)));
        if (given.IsNumber || given.IsBoolean) return given;
        if (given.IsObject) return Members(shape, given);
        if (given.IsArray) return List(shape, given);
        if (shape.Items is not null || shape.Use == DataUse.List || (shape.Use == DataUse.Countable && shape.Members.Count == 0 && given.AsStringOrNull is null)) return List(shape, given);
        if (shape.Members.Count > 0) return Members(shape, given);
        if (shape.Pieces.Count > 0) return FlowValue.String(Pieces(shape));
        return Plain(shape.Use, given);
    }

    private static FlowValue Nothing(DataShape shape, FlowValue given) =>
        shape.Items is not null || shape.Use is DataUse.List or DataUse.Countable || given.IsArray ? FlowValue.EmptyArray
        : given.IsString || shape.Use is DataUse.Text or DataUse.LongText ? FlowValue.EmptyString
        : default;

    // The kind that a schema asks for stays: a number as text is text.
    private FlowValue Chosen(DataShape shape, FlowValue given)
    {
        var known = shape.Choices.Count + shape.Shunned.Count;
        if (known == 0) return default;
        var index = variation % (known + 1);
        if (index == shape.Choices.Count) return Other(shape.Choices.Concat(shape.Shunned).First(), given);
        var choice = index < shape.Choices.Count ? shape.Choices[index] : shape.Shunned[index - shape.Choices.Count - 1];
        if (given.IsNull || given.Kind == choice.Kind || (given.IsNumber && choice.IsNumber)) return choice;
        return given.IsString && !choice.IsArray && !choice.IsObject ? FlowValue.String(choice.ToJson()) : given;
    }

    private static FlowValue Other(FlowValue choice, FlowValue given) =>
        choice.IsBoolean ? !choice.AsBoolean : choice.IsInteger ? Math.Abs(choice.AsInteger) / 2 : given.IsNull ? FlowValue.String("other") : given;

    private FlowValue List(DataShape shape, FlowValue given)
    {
        var least = shape.Items is null ? 1 : shape.Count;
        var items = new List<FlowValue>();
        var had = given.AsArrayOrNull;
        for (var i = 0; i < Math.Max(least, had?.Count ?? 0); i++)
        {
            var item = had is { Count: > 0 } ? had[Math.Min(i, had.Count - 1)] : default;
            // Items of which nothing is read are objects: a condition or a later action may still ask for a member.
            items.Add(shape.Items is { IsRead: true } one ? Make(one, item) : item.IsNull ? FlowValue.EmptyObject : item);
        }

        return FlowValue.Array([.. items]);
    }

    private FlowValue Members(DataShape shape, FlowValue given)
    {
        var members = (given.AsObjectOrNull ?? FlowObject.Empty).ToBuilder();
        foreach (var (name, member) in shape.Members)
        {
            // A name of the schema in another case is the same member.
            var had = given.TryGetMember(name, out var value);
            var spelled = had && given.AsObjectOrNull is { } o && o.Names.ToArray() is { } names ? Array.Find(names, other => other.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name : name;
            members.Set(spelled, Make(member, value));
        }

        return members.ToValue();
    }

    private static FlowValue Plain(DataUse use, FlowValue given) => use switch
    {
        DataUse.Boolean => given.IsNull ? true : given.IsString ? FlowValue.String("true") : given,
        DataUse.Number => given.IsNull ? 1 : given.IsString ? FlowValue.String("1") : given,
        DataUse.LocalDate => given.IsNull || given.AsStringOrNull == "text" ? FlowValue.String(Date[..^1]) : given,
        DataUse.Date => given.IsNull || given.AsStringOrNull == "text" ? FlowValue.String(Date) : given,
        DataUse.Xml => given.IsNull || given.AsStringOrNull == "text" ? FlowValue.String("<root/>") : given,
        DataUse.Object => given.IsNull ? FlowValue.EmptyObject : given,
        DataUse.TimeZone => given.IsNull || given.AsStringOrNull == "text" ? FlowValue.String("UTC") : given,
        DataUse.Address => given.IsNull || given.AsStringOrNull == "text" ? FlowValue.String("https://example.org/text?name=text") : given,
        DataUse.LongText => given.IsNull || given.AsStringOrNull == "text" ? FlowValue.String(string.Concat(Enumerable.Repeat("text ", 20))) : given,
        _ => given.IsNull ? FlowValue.String("text") : given,
    };

    // "text,text" for what is cut at a comma; a text that is cut at several has the one in pieces of the other.
    private static string Pieces(DataShape shape)
    {
        var piece = shape.Use == DataUse.Date ? Date : shape.Use == DataUse.Number ? "1" : "text";
        foreach (var (separator, count) in shape.Pieces) piece = string.Join(separator, Enumerable.Repeat(piece, count));
        return piece.Length > 10_000 ? piece[..10_000] : piece;
    }

    private static string Holding(Holding holding, FlowValue held)
    {
        if (holding == Testing.Holding.Json) return held.ToJson();
        var text = held.AsStringOrNull ?? held.ToJson();
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        return holding switch
        {
            Testing.Holding.Base64 => base64,
            Testing.Holding.DataUri => "data:text/plain;charset=utf-8;base64," + base64,
            _ => Uri.EscapeDataString(text),
        };
    }
}
