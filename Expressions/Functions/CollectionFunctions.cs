using System.Globalization;

namespace FlowEngine.Expressions;

/// <summary>Arrays, and what texts and objects share with them: <c>contains</c>, <c>empty</c>, <c>first</c>, <c>skip</c>, <c>range</c> and their kin.</summary>
internal static class CollectionFunctions
{
    public static readonly FunctionTable Table = new()
    {
        new FunctionSpec("contains", Contains)
        {
            Summary = "Whether a text has a piece, an array an element, or an object a member of that name.",
            Parameters = ["collection: String, Array or Object", "value: any; in texts case matters, for names of members it doesn't"],
            Examples = ["contains('hello world', 'world') -> true", "contains(createArray(1, 2, 3), '2') -> false", "contains(json('{\"k\":null}'), 'k') -> true"],
            Source = "expression-functions-reference#contains; recorded",
        },
        new FunctionSpec("empty", Empty)
        {
            IsConstantTime = true,
            Summary = "Whether a text, an array or an object has nothing in it; null has nothing.",
            Parameters = ["collection: String, Array, Object or null"],
            Examples = ["empty('') -> true", "empty(null) -> true", "empty('abc') -> false"],
            Source = "expression-functions-reference#empty; recorded",
        },
        new FunctionSpec("first", value => End("first", value, fromStart: true))
        {
            IsConstantTime = true,
            Summary = "The first element or character; of an empty array null, of an empty text the empty text.",
            Parameters = ["collection: Array or String"],
            Examples = ["first('hello') -> \"h\"", "first(createArray(0, 1, 2)) -> 0", "first(json('[]')) -> null"],
            Source = "expression-functions-reference#first; recorded",
        },
        new FunctionSpec("last", value => End("last", value, fromStart: false))
        {
            IsConstantTime = true,
            Summary = "The last element or character; of an empty array null, of an empty text the empty text.",
            Parameters = ["collection: Array or String"],
            Examples = ["last('abcd') -> \"d\"", "last(createArray(0, 1, 2, 3)) -> 3"],
            Source = "expression-functions-reference#last; recorded",
        },
        new FunctionSpec("skip", Skip)
        {
            Summary = "All but the first elements or characters.",
            Parameters = ["collection: Array or String", "count: Integer from 0"],
            Examples = ["skip(createArray(0, 1, 2, 3), 1) -> [1,2,3]", "skip('abcdef', 2) -> \"cdef\""],
            Source = "expression-functions-reference#skip; recorded",
        },
        new FunctionSpec("take", Take)
        {
            Summary = "The first elements or characters.",
            Parameters = ["collection: Array or String", "count: Integer from 0"],
            Examples = ["take('abcde', 3) -> \"abc\"", "take(createArray(0, 1, 2, 3, 4), 3) -> [0,1,2]"],
            Source = "expression-functions-reference#take; recorded",
        },
        new FunctionSpec("reverse", Reverse)
        {
            Summary = "The elements in reverse order.",
            Parameters = ["array: Array"],
            Examples = ["reverse(createArray(0, 1, 2, 3)) -> [3,2,1,0]"],
            Source = "expression-functions-reference#reverse; recorded",
        },
        new FunctionSpec("sort", 1, 2, ArraySorting.Sort)
        {
            Summary = "The elements in ascending order; objects by the value of a property. Equal elements keep their order.",
            Parameters = ["array: Array of numbers, texts, booleans, or of objects", "property: String, optional"],
            Examples = ["sort(createArray(10, 9, 100)) -> [9,10,100]", "sort(json('[{\"n\":2},{\"n\":1}]'), 'n') -> [{\"n\":1},{\"n\":2}]"],
            Source = "expression-functions-reference#sort; measured",
        },
        new FunctionSpec("createArray", 1, FunctionSpec.Any, (ReadOnlySpan<FlowValue> values) => FlowArray.Create(values))
        {
            Summary = "An array of all arguments.",
            Parameters = ["values: any"],
            Examples = ["createArray('h', 1, null) -> [\"h\",1,null]"],
            Source = "expression-functions-reference#createArray; recorded",
        },
        new FunctionSpec("array", value => FlowValue.Array(value))
        {
            Summary = "An array of one element, the argument.",
            Parameters = ["value: any; an array becomes the one element"],
            Examples = ["array('hello') -> [\"hello\"]", "array(createArray(1)) -> [[1]]"],
            Source = "expression-functions-reference#array; recorded",
        },
        new FunctionSpec("range", 2, 2, Range)
        {
            IsDeterministic = true,
            Summary = "Consecutive Integers.",
            Parameters = ["start: Integer", "count: Integer from 0 to 100000; start + count at most 2147483647"],
            Examples = ["range(1, 4) -> [1,2,3,4]"],
            Source = "expression-functions-reference#range",
        },
    };

    private static FlowValue Contains(FlowValue collection, FlowValue value)
    {
        if (collection.AsArrayOrNull is { } array)
        {
            foreach (var item in array)
            {
                if (item == value) return true;
            }

            return false;
        }

        if (collection.AsStringOrNull is { } text) return text.Contains(Piece(value), StringComparison.Ordinal);
        if (collection.AsObjectOrNull is { } o) return o.Contains(Piece(value));
        throw new ExpressionException(
            "The template language function 'contains' expects its first argument 'collection' to be a dictionary (object), an array or a string. "
            + $"The provided value is of type '{ValueText.TypeName(collection)}'. Please see https://aka.ms/logicexpressions#contains for usage details.",
            ArgumentFailure.Describe("contains", 1, collection));
    }

    // Numbers and booleans are looked for as their text; assumed, the recorded calls look for texts only.
    private static string Piece(FlowValue value) =>
        value.IsNull || value.IsArray || value.IsObject ? throw ArgumentFailure.Parameter("contains", 2, "to be of type string", value) : ValueText.Of(value);

    private static FlowValue Empty(FlowValue value) => value.Kind switch
    {
        FlowValueKind.Null => true,
        FlowValueKind.String => value.AsString.Length == 0,
        FlowValueKind.Array => value.AsArray.Count == 0,
        FlowValueKind.Object => value.AsObject.Count == 0,
        _ => throw ArgumentFailure.Parameter("empty", "to be an object, an array or a string", value),
    };

    private static FlowValue End(string function, FlowValue value, bool fromStart)
    {
        if (value.AsArrayOrNull is { } array) return array.Count == 0 ? default : array[fromStart ? 0 : array.Count - 1];
        if (value.AsStringOrNull is { } text) return text.Length <= 1 ? value : FlowValue.String(fromStart ? text[..1] : text[^1..]);
        throw ArgumentFailure.Parameter(function, "be an array or a string", value);
    }

    private static FlowValue Skip(FlowValue collection, FlowValue count)
    {
        var length = Measure("skip", collection);
        var from = Count("skip", count, length);
        if (from == 0) return collection;
        return collection.AsStringOrNull is { } text ? FlowValue.String(text[from..]) : FlowArray.Create(collection.AsArray.AsSpan()[from..]);
    }

    private static FlowValue Take(FlowValue collection, FlowValue count)
    {
        var length = Measure("take", collection);
        var upTo = Count("take", count, length);
        if (upTo == length) return collection;
        return collection.AsStringOrNull is { } text ? FlowValue.String(text[..upTo]) : FlowArray.Create(collection.AsArray.AsSpan()[..upTo]);
    }

    private static int Measure(string function, FlowValue collection)
    {
        if (collection.AsArrayOrNull is { } array) return array.Count;
        if (collection.AsStringOrNull is { } text) return text.Length;
        throw ArgumentFailure.Parameter(function, 1, "'collection' to be an array or a string", collection);
    }

    private static int Count(string function, FlowValue count, int length)
    {
        if (count.IsInteger && count.AsInteger >= 0) return (int)Math.Min(count.AsInteger, length);
        var given = count.IsNumber || count.IsBoolean || count.AsStringOrNull is { Length: <= 64 } ? ValueText.Of(count) : ValueText.TypeName(count);
        throw ArgumentFailure.Because(
            function,
            $"parameters are out of range: 'count' must be a positive integer. The provided value is '{given}'.",
            ArgumentFailure.Describe(function, 2, count));
    }

    private static FlowValue Reverse(FlowValue value)
    {
        var array = value.AsArrayOrNull ?? throw ArgumentFailure.Parameter("reverse", 1, "to be of type array", value);
        var items = array.AsSpan().ToArray();
        items.AsSpan().Reverse();
        return FlowArray.Own(items, items.Length);
    }

    private static FlowValue Range(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        for (var i = 0; i < 2; i++)
        {
            if (!arguments[i].IsInteger) throw ArgumentFailure.Parameter("range", i + 1, "to be an integer", arguments[i]);
        }

        var start = arguments[0].AsInteger;
        var count = arguments[1].AsInteger;
        var most = context.Limits.MaxRangeCount;
        if (count < 0 || count > most || start < int.MinValue || start > int.MaxValue - count)
        {
            throw ArgumentFailure.Because("range", string.Create(
                CultureInfo.InvariantCulture,
                $"parameters are out of range: 'count' must be a non-negative integer no larger than '{most}', and the sum of 'start index' and 'count' no larger than '{int.MaxValue}'."));
        }

        var items = new FlowValue[count];
        for (var i = 0; i < items.Length; i++) items[i] = start + i;
        return FlowArray.Own(items, items.Length);
    }
}
