namespace FlowEngine.Expressions;

/// <summary>Building and cutting text: <c>concat</c>, <c>substring</c>, <c>replace</c>, <c>split</c>, <c>join</c> and their kin.</summary>
internal static class StringFunctions
{
    // What a piece of a text or an array takes beyond its characters or elements.
    private const long PieceBytes = 48;

    public static readonly FunctionTable Table = new()
    {
        new FunctionSpec("concat", 1, FunctionSpec.Any, Concat)
        {
            IsDeterministic = true,
            Summary = "Joins the texts of all arguments.",
            Parameters = ["values: any; null is the empty text, arrays and objects are compact JSON"],
            Examples = ["concat('Hello', 'World') -> \"HelloWorld\"", "concat('a', 1, true, null, 2.5) -> \"a1True2.5\""],
            Source = "expression-functions-reference#concat; recorded",
        },
        new FunctionSpec("substring", 2, 3, Substring)
        {
            Summary = "A piece of a text, from a position; never clamped.",
            Parameters = ["text: String", "start: Integer from 0, below the length where no length is given", "length: Integer, optional"],
            Examples = ["substring('hello world', 6, 5) -> \"world\"", "substring('The old string', 4) -> \"old string\""],
            Source = "expression-functions-reference#substring; recorded",
        },
        new FunctionSpec("slice", 2, 3, Slice)
        {
            Summary = "A piece of a text from one position up to another; negative positions count from the end, and all are clamped.",
            Parameters = ["text: String", "start: Integer", "end: Integer, exclusive, optional"],
            Examples = ["slice('Hello World', 3, -1) -> \"lo Worl\"", "slice('abc', 3) -> \"\""],
            Source = "expression-functions-reference#slice; recorded",
        },
        new FunctionSpec("replace", 3, 3, Replace)
        {
            IsDeterministic = true,
            Summary = "Replaces every occurrence of a text by another; case matters.",
            Parameters = ["text: String", "old: String, not empty", "new: String"],
            Examples = ["replace('the old string', 'old', 'new') -> \"the new string\"", "replace('aaa', 'aa', 'b') -> \"ba\""],
            Source = "expression-functions-reference#replace; recorded",
        },
        new FunctionSpec("split", 2, 2, Split)
        {
            IsDeterministic = true,
            Summary = "Cuts a text at every occurrence of a separator; empty pieces stay.",
            Parameters = ["text: String", "separator: String; the empty one cuts nothing"],
            Examples = ["split('a,,b', ',') -> [\"a\",\"\",\"b\"]", "split('abc', '') -> [\"abc\"]"],
            Source = "expression-functions-reference#split; recorded",
        },
        new FunctionSpec("join", 2, 2, Join)
        {
            IsDeterministic = true,
            Summary = "Joins the texts of an array's elements with a separator between them.",
            Parameters = ["array: Array", "separator: String"],
            Examples = ["join(createArray(1, 2.5, true), ';') -> \"1;2.5;True\"", "join(createArray('', null, ''), 'x') -> \"xx\""],
            Source = "expression-functions-reference#join; recorded",
        },
        new FunctionSpec("toLower", ToLower)
        {
            Summary = "The text in lower case, whatever the machine's language.",
            Parameters = ["text: String"],
            Examples = ["toLower('Hello World') -> \"hello world\""],
            Source = "expression-functions-reference#toLower; recorded",
        },
        new FunctionSpec("toUpper", ToUpper)
        {
            Summary = "The text in upper case, whatever the machine's language.",
            Parameters = ["text: String"],
            Examples = ["toUpper('Hello World') -> \"HELLO WORLD\"", "toUpper('straße') -> \"STRAßE\""],
            Source = "expression-functions-reference#toUpper; recorded",
        },
        new FunctionSpec("trim", Trim)
        {
            Summary = "The text without white space at its ends.",
            Parameters = ["text: String"],
            Examples = ["trim('  Hello World  ') -> \"Hello World\""],
            Source = "expression-functions-reference#trim; recorded",
        },
        new FunctionSpec("chunk", 2, 2, Chunk)
        {
            IsDeterministic = true,
            Summary = "Cuts an array or a text into pieces of a length; the last one may be shorter.",
            Parameters = ["collection: Array or String", "length: Integer from 1"],
            Examples = ["chunk('abcde', 2) -> [\"ab\",\"cd\",\"e\"]", "chunk(createArray(1, 2, 3), 2) -> [[1,2],[3]]"],
            Source = "expression-functions-reference#chunk; recorded",
        },
        new FunctionSpec("length", Length)
        {
            IsConstantTime = true,
            Summary = "How many UTF-16 units a text, or elements an array has.",
            Parameters = ["collection: String or Array"],
            Examples = ["length('abcd') -> 4", "length(createArray(0, 1, 2, 3)) -> 4"],
            Source = "expression-functions-reference#length; recorded",
        },
        new FunctionSpec("string", 1, 1, (context, values) => values[0].IsString ? values[0] : FlowValue.String(TextLimit.Text(context, "string", values[0])))
        {
            IsDeterministic = true,
            Summary = "The text of a value, as concat() and @{...} have it.",
            Parameters = ["value: any"],
            Examples = ["string(10) -> \"10\"", "string(true) -> \"True\"", "string(createArray(float('5.0'))) -> \"[5.0]\""],
            Source = "expression-functions-reference#string; recorded",
        },
        new FunctionSpec("guid", 0, 1, Guid)
        {
            Summary = "A new globally unique identifier, in lower case.",
            Parameters = ["format: String, one of D, N, B, P, X; D by default"],
            Examples = ["length(guid()) -> 36", "length(guid('N')) -> 32"],
            Source = "expression-functions-reference#guid",
        },
    };

    private static FlowValue Concat(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        if (arguments.Length == 2)
        {
            // The usual call; it needs no array of texts.
            var first = TextLimit.Text(context, "concat", arguments[0]);
            var second = TextLimit.Text(context, "concat", arguments[1]);
            TextLimit.Check(context, "concat", (long)first.Length + second.Length);
            return FlowValue.String(string.Concat(first, second));
        }

        return Concat(context, "concat", arguments, string.Empty);
    }

    private static FlowValue Join(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        if (arguments[0].AsArrayOrNull is not { } array) throw ArgumentFailure.Parameter("join", 1, "to be an array", arguments[0]);
        return Concat(context, "join", array.AsSpan(), Text("join", arguments, 1));
    }

    private static FlowValue Concat(EvaluationContext context, string function, ReadOnlySpan<FlowValue> values, string separator)
    {
        if (values.IsEmpty) return FlowValue.EmptyString;
        var texts = new string[values.Length];
        var length = (long)separator.Length * (values.Length - 1);
        for (var i = 0; i < texts.Length; i++)
        {
            TextLimit.Check(context, function, length + values[i].Size);
            texts[i] = ValueText.Of(values[i]);
            length += texts[i].Length;
        }

        TextLimit.Check(context, function, length);
        return FlowValue.String(separator.Length == 0 ? string.Concat(texts) : string.Join(separator, texts));
    }

    private static FlowValue Substring(ReadOnlySpan<FlowValue> arguments)
    {
        var text = Text("substring", arguments, 0);
        var start = Integer("substring", arguments, 1);
        if (arguments.Length == 2)
        {
            if (start >= 0 && start < text.Length) return FlowValue.String(text[(int)start..]);
            throw ArgumentFailure.Because(
                "substring", "parameter is out of range: 'start index' must be non-negative integer and should be less than the length of the string.", Range(text, start, null));
        }

        var length = Integer("substring", arguments, 2);
        if (start >= 0 && length >= 0 && start <= text.Length && length <= text.Length - start) return FlowValue.String(text.Substring((int)start, (int)length));
        throw ArgumentFailure.Because(
            "substring",
            "parameters are out of range: 'start index' and 'length' must be non-negative integers and their sum must be no larger than the length of the string.",
            Range(text, start, length));
    }

    private static string Range(string text, long start, long? length) =>
        length is null ? $"substring: start {start} of {text.Length} characters" : $"substring: start {start} and length {length} of {text.Length} characters";

    private static FlowValue Slice(ReadOnlySpan<FlowValue> arguments)
    {
        var text = Text("slice", arguments, 0);
        var start = Position(Integer("slice", arguments, 1), text.Length);
        var end = arguments.Length == 3 ? Position(Integer("slice", arguments, 2), text.Length) : text.Length;
        return end <= start ? FlowValue.EmptyString : FlowValue.String(text[start..end]);
    }

    private static int Position(long given, int length) => (int)Math.Clamp(given < 0 ? given + length : given, 0, length);

    private static FlowValue Replace(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        var text = Text("replace", arguments, 0);
        var old = Text("replace", arguments, 1);
        var replacement = Text("replace", arguments, 2);

        // Recorded: .NET's own words come through.
        if (old.Length == 0) throw new ExpressionException("String cannot be of zero length. (Parameter 'oldValue')");
        if (replacement.Length > old.Length)
            TextLimit.Check(context, "replace", text.Length + ((long)(replacement.Length - old.Length) * text.AsSpan().Count(old)));
        return FlowValue.String(text.Replace(old, replacement, StringComparison.Ordinal));
    }

    private static FlowValue Split(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        var text = arguments[0];
        var separator = arguments[1];
        if (text.AsStringOrNull is not { } whole) throw ArgumentFailure.Parameter("split", 1, "to be of type string", text);
        if (separator.AsStringOrNull is not { } mark) throw ArgumentFailure.Parameter("split", 2, "to be of type string", separator);
        var count = mark.Length == 0 ? 1 : whole.AsSpan().Count(mark) + 1;
        if (count == 1) return FlowValue.Array(text);
        context.Budget.Take(context.Limits, count, PieceBytes * count);
        var pieces = new FlowValue[count];
        var start = 0;
        for (var i = 0; i < count - 1; i++)
        {
            var at = whole.IndexOf(mark, start, StringComparison.Ordinal);
            pieces[i] = FlowValue.String(whole[start..at]);
            start = at + mark.Length;
        }

        pieces[^1] = FlowValue.String(whole[start..]);
        return FlowArray.Own(pieces, count);
    }

    private static FlowValue ToLower(FlowValue value)
    {
        var text = value.AsStringOrNull ?? throw ArgumentFailure.Parameter("toLower", "to be a string", value);

        // Per UTF-16 unit (recorded), which .NET's own does only where there are no surrogates.
        return FlowValue.String(text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? PerUnit(text, char.ToLowerInvariant) : text.ToLowerInvariant());
    }

    private static FlowValue ToUpper(FlowValue value)
    {
        var text = value.AsStringOrNull ?? throw ArgumentFailure.Parameter("toUpper", "to be a string", value);
        return FlowValue.String(text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? PerUnit(text, char.ToUpperInvariant) : text.ToUpperInvariant());
    }

    private static string PerUnit(string text, Func<char, char> convert) => string.Create(text.Length, (text, convert), static (target, state) =>
    {
        for (var i = 0; i < target.Length; i++) target[i] = state.convert(state.text[i]);
    });

    private static FlowValue Trim(FlowValue value) =>
        FlowValue.String((value.AsStringOrNull ?? throw ArgumentFailure.NotValid("trim", value)).Trim());

    private static FlowValue Chunk(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        var collection = arguments[0];
        var length = arguments[1];
        var text = collection.AsStringOrNull;
        var array = collection.AsArrayOrNull;
        if (text is null && array is null) throw ArgumentFailure.Parameter("chunk", 1, "to be an array or a string", collection);
        if (!length.IsInteger) throw ArgumentFailure.Parameter("chunk", 2, "to be an integer", length);
        if (length.AsInteger < 1)
        {
            throw ArgumentFailure.Because(
                "chunk", "expects chunk size to be a positive integer. The provided value is less than 1.", ArgumentFailure.Describe("chunk", 2, length));
        }

        var whole = text?.Length ?? array!.Count; // One of both is there.
        if (whole == 0) return FlowValue.EmptyArray;
        var size = (int)Math.Min(length.AsInteger, whole);
        var pieceCount = ((whole - 1) / size) + 1;
        context.Budget.Take(context.Limits, pieceCount, PieceBytes * pieceCount);
        var pieces = new FlowValue[pieceCount];
        for (var i = 0; i < pieces.Length; i++)
        {
            var start = i * size;
            var count = Math.Min(size, whole - start);
            pieces[i] = text is not null ? FlowValue.String(text.Substring(start, count)) : FlowArray.Create(array!.AsSpan().Slice(start, count));
        }

        return FlowArray.Own(pieces, pieces.Length);
    }

    private static FlowValue Length(FlowValue collection)
    {
        if (collection.AsStringOrNull is { } text) return text.Length;
        if (collection.AsArrayOrNull is { } array) return array.Count;
        throw ArgumentFailure.Parameter("length", "to be an array or a string", collection);
    }

    private static FlowValue Guid(EvaluationContext context, ReadOnlySpan<FlowValue> arguments)
    {
        var format = arguments.IsEmpty ? "D" : Text("guid", arguments, 0);
        try
        {
            return FlowValue.String(context.NewGuid().ToString(format));
        }
        catch (FormatException e)
        {
            throw ArgumentFailure.Because("guid", $"was invoked with a format that is not valid: '{format}'.", e.Message);
        }
    }

    private static string Text(string function, ReadOnlySpan<FlowValue> arguments, int index) =>
        arguments[index].AsStringOrNull ?? throw ArgumentFailure.Parameter(function, index + 1, "to be of type string", arguments[index]);

    private static long Integer(string function, ReadOnlySpan<FlowValue> arguments, int index) =>
        arguments[index].IsInteger ? arguments[index].AsInteger : throw ArgumentFailure.Parameter(function, index + 1, "to be an integer", arguments[index]);
}
