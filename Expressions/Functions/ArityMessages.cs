using System.Globalization;

namespace FlowEngine.Expressions;

/// <summary>What the service says of a wrong argument count: one sentence a function, as measured against its cloud host.</summary>
/// <remarks>The misprints are the service's. Flows match on these texts, so they are not mended.</remarks>
internal static class ArityMessages
{
    private const string Interval = "an interval as the first parameter, a time unit as the second parameter, and an optional format string as the third parameter";
    private const string Twofold = "the dividend as the first parameter and the divisor as the second parameter";
    private const string Extremum = "either an array of numbers or a comma separated list of numbers as its parameters";
    private const string Collections = "either a comma separated list of arrays or a comma separated list of objects as its parameters";
    private const string Parts = ", and an optional format string as the third parameter";
    private const string Fields = "two parameters: the name of the action as the first parameter, the name of the form field as the second parameter";
    private const string Shift = "a timestamp as the first parameter, an interval as the second parameter, a time unit as the third parameter, and an optional format string as the fourth parameter";
    private const string Start = "a timestamp as the first parameter and an optional format string as the second parameter";
    private const string Moment = "a single parameter that is a timestamp";
    private const string OptionalFormat = "can be invoked with no parameters or with an optional format parameter";

    /// <summary>The message for a call with <paramref name="count"/> arguments.</summary>
    /// <param name="function">The function called.</param>
    /// <param name="name">Its name as written.</param>
    /// <param name="count">How many arguments it got.</param>
    public static string Of(FunctionSpec function, string name, int count)
    {
        if (function.ArityMessage is { } own) return own(count);
        var sentence = Sentence(function.Name.ToLowerInvariant(), count.ToString(CultureInfo.InvariantCulture)) ?? Usual(function, count);
        return $"The template language function '{name}' {sentence}";
    }

    private static string Usual(FunctionSpec function, int count)
    {
        if (function.MaximumArguments == 0) return "must not have any parameters.";
        if (function is { MinimumArguments: 1, MaximumArguments: 1 }) return "must have only one parameter.";
        var bounds = function.MaximumArguments == FunctionSpec.Any ? $"at least {function.MinimumArguments}"
            : function.MinimumArguments == function.MaximumArguments ? $"{function.MinimumArguments}"
            : $"{function.MinimumArguments} to {function.MaximumArguments}";
        return string.Create(CultureInfo.InvariantCulture, $"expects {bounds} parameters. The function was invoked with '{count}' parameter(s).");
    }

    private static string? Sentence(string name, string count) => Collection(name, count) ?? Text(name, count) ?? Value(name, count) ?? Time(name, count);

    private static string? Collection(string name, string n) => name switch
    {
        "formdatavalue" or "formdatamultivalues" => Counted(Fields, n),
        "multipartbody" => Counted("two parameters: the name of the action as the first parameter, the index of the multipart content as the second parameter", n),
        "contains" => Counted("two parameters : the collection of items to search within and the object to find within the collection", n, "contains"),
        "empty" => Counted("one parameter: the object, array or string to test for emptiness", n, "empty"),
        "createarray" => Without("a comma separated list of parameters", "createArray"),
        "array" => Plural("one parameter: the value that is to be converted to an array", n, "array"),
        "first" => Counted("one parameter: the array or string of which the first element will be returned", n, "first"),
        "last" => Counted("one parameter: the array or string of which the last element will be returned", n, "last"),
        "skip" => Counted("two parameters: the collection to skip the objects from as the first parameter and the count of objects to skip as the second parameter", n, "skip"),
        "take" => Counted("two parameters: the collection to take the objects from as the first parameter and the count of objects to take as the second parameter", n, "take"),
        "union" => Counted(Collections, n, "union"),
        "intersection" => Counted(Collections, n, "intersection"),
        "range" => Counted("two integer parameters: an inclusive start index of the range as the first parameter and a count of integers to return as the second parameter", n, "range"),
        "sort" => Counted("an array as the first parameter and an optional object key as the second parameter", n, "sort"),
        "reverse" => Counted("an array as the first parameter", n, "reverse"),
        "addproperty" => Counted("three parameters: the object as the first parameter, the name of the property to add as the second parameter, and the value as the third parameter", n),
        "setproperty" => Counted("three parameters: the object as the first parameter, the name of the property to set as the second parameter, and the value as the third parameter", n),
        "removeproperty" => Counted("two parameters: the object as the first parameter and the name of the property to remove as the second parameter", n),
        _ => null,
    };

    private static string? Text(string name, string n) => name switch
    {
        "concat" => Without("a comma separated list of string and integer parameters", "concat"),
        "substring" => Counted("two parameters: the 'string' to take a section from as the first parameter, the 'start index' as the second parameter", n, "substring"),
        "replace" => Counted(
            "three string parameters: the string to replace characters inside of as the first parameter, the string that will be replaced by the new string as the second parameter, "
            + "and the new string as the third parameter", n, "replace"),
        "tolower" => Plural("one parameter: the string to convert to lower casing", n, "toLower"),
        "toupper" => Plural("one parameter: the string to convert to upper casing", n, "toUpper"),
        "split" => Counted("two parameters: the string to split as the first parameter, the separator as the second parameter", n, "split"),
        "join" => Counted("two parameters: the array of elements to join as the first parameter, and the element separator as the second parameter", n, "join"),
        "startswith" or "endswith" => Counted("two parameters: the string as the first parameter, the value to check as the second parameter", n, name),
        "indexof" => Counted("two parameters: the string as the first parameter, the value to find the index of as the second parameter", n, name),
        "lastindexof" => Counted("two parameters: the string as the first parameter, the value to find the last index of as the second parameter", n, name),
        "nthindexof" => Counted(
            "three parameters: the string as the first parameter, the value to find the index of as the second parameter and a number parameter to specify which occurrence of the text "
            + "to find as the third parameter", n, name),
        "guid" => Optional(n, "guid"),
        "length" => Plural("one parameter: an array or a string the length of which is returned", n, "length"),
        "slice" => Counted(
            "two parameters, with an optional third parameter. It expects the source string as the first parameter, the start index as a second parameter, and an optional third parameter "
            + "specifying the end index of the substring", n, "slice"),
        "chunk" => Counted("two parameters: the string to chunk as the first parameter, the chunk length as the second parameter", n, "chunk"),
        "formatnumber" => Counted(
            "two parameters, with an optional third parameter. It expects the number to be formatted at the first parameter, a numeric format string as the second parameter, "
            + "and an optional locale string, which defaults to 'en-us', as the third parameter", n, "FormatNumber"),
        "isfloat" => Counted("a string to parse as the first parameter, and an optional RFC4646 culture-identifier string as the second parameter", n, "isFloat"),
        "isint" => Counted("one parameter, a string which may contain an integer", n, "isInt"),
        _ => null,
    };

    private static string? Value(string name, string n) => name switch
    {
        "equals" => Counted("two parameters: the values to test for deep equality", n, "equals"),
        "greater" or "less" or "greaterorequals" or "lessorequals" => Counted("two parameter of matching types", n),
        "and" or "or" => Plural("at least one boolean parameter", n, name),
        "not" => Plural("one parameter: the boolean value to negate", n, "not"),
        "if" => Counted(
            "three parameter: the condition to test as the first parameter, the value to return if the condition is true as the second parameter, "
            + "and the value to return if the condition is false as the third parameter", n, "if"),
        "coalesce" => Counted("at least one parameter: the value to coalesce", n, "coalesce"),
        "bool" => Plural("one parameter: the value that is to be converted to a boolean", n, "bool"),
        "string" => Plural("one parameter: the value that is to be converted to a string", n, "string"),
        "int" => Plural("one parameter: the value that is to be converted to an integer", n, "int"),
        "float" => Plural("one parameter: the value that is to be converted to a floating point number", n, "float"),
        "decimal" => Plural("one parameter: the value that is to be converted to a decimal number", n, "decimal"),
        "json" => Counted("one parameter: the string or XML to be parsed", n, "json"),
        "xml" => Counted("one parameter: the string or object to be converted", n, "xml"),
        "xpath" => Counted("two parameters: an XML object and an XPath expression", n, "xpath"),
        "base64" => Plural("one parameter: the string to encode into base64 representation", n, "base64"),
        "base64tostring" => Plural("one parameter: the base64 string to decode", n, "base64ToString"),
        "decodebase64" => Plural("one parameter: the string to decode from base64 representation", n, "decodeBase64"),
        "base64tobinary" => Plural("one parameter: the string to decode from base64 representation", n, "base64ToBinary"),
        "binary" => Plural("one parameter: the value that is to be converted to binary", n, "binary"),
        "datauri" => Plural("one parameter: the value to be converted to a data URI", n, "dataUri"),
        "datauritostring" => Plural("one parameter: the data URI that is to be converted to string", n, "dataUriToString"),
        "datauritobinary" => Plural("one parameter: the data URI that is to be converted to binary", n, "dataUriToBinary"),
        "decodedatauri" => Plural("one parameter: the data URI", n, "decodeDataUri"),
        "uricomponent" => Plural("at least one parameter: the value to convert to URI component", n, "uriComponent"),
        "uricomponenttostring" => Plural("one parameter: the URI component to convert to binary", n, "uriComponentToString"),
        "encodeuricomponent" => Plural("at least one parameter: the string to URL encode", n, "encodeUriComponent"),
        "decodeuricomponent" => Plural("one parameter: the string to decode", n, "decodeUriComponent"),
        "uricomponenttobinary" => Plural("one parameter: the URI component to convert to binary", n, "uriComponentToBinary"),
        "add" => Counted("two numeric parameters: the first summand as the first parameter and the seccond summand as the second parameter", n, "add"),
        "sub" => Counted("two numeric parameters: the minuend as the first parameter and the subtrahend as the second parameter", n, "sub"),
        "mul" => Counted("two numeric parameters: the first multiplicand as the first parameter and the second multiplicand as the second parameter", n, "mul"),
        "div" or "mod" => Counted($"two numeric parameters: {Twofold}", n, "div"),
        "min" or "max" => Without(Extremum, name),
        "rand" => Counted(
            "two integer parameters: an inclusive minimum of the range as the first parameter and an inclusive maximum of the range as the second parameter", n, "rand"),
        _ => null,
    };

    private static string? Time(string name, string n) => name switch
    {
        "utcnow" => Optional(n, "utcnow"),
        "parsedatetime" => Counted("a timestamp as the first parameter, an optional locale string as the second parameter" + Parts, n, name),
        "formatdatetime" => Counted("a timestamp as the first parameter, an optional format string as the second parameter and an optional locale as the third parameter", n, name),
        "adddays" => Counted("a timestamp as the first parameter, the number of days to add as the second parameter" + Parts, n, name),
        "addhours" => Counted("a timestamp as the first parameter, the number of hours to add as the second parameter" + Parts, n, name),
        "addminutes" => Counted("a timestamp as the first parameter, the number of minutes to add as the second parameter" + Parts, n, name),
        "addseconds" => Counted("a timestamp as the first parameter, the number of seconds to add as the second parameter" + Parts, n, name),
        "addtotime" => Counted(Shift, n, "AddToTime"),
        "subtractfromtime" => Counted(Shift, n, "SubtractFromTime"),
        "getfuturetime" => Counted(Interval, n, "GetFutureTime"),
        "getpasttime" => Counted(Interval, n, "GetPastTime"),
        "ticks" or "dayofmonth" or "dayofweek" or "dayofyear" => Counted(Moment, n, name),
        "startofday" or "startofhour" or "startofmonth" => Counted(Start, n, name),
        "datedifference" => Counted("a timestamp as the first parameter and timestamp as the second parameter", n),
        "convertfromutc" => Counted("a timestamp as the first parameter, a target time zone as the second parameter" + Parts, n, "ConvertFromUtc"),
        "converttoutc" => Counted("a timestamp as the first parameter, a source time zone as the second parameter" + Parts, n, "ConvertToUtc"),
        "converttimezone" => Counted(
            "a timestamp as the first parameter, a source time zone as the second parameter, a target time zone as the third parameter, "
            + "and an optional format string as the fourth parameter", n, "ConvertTimeZone"),
        _ => null,
    };

    private static string Counted(string expected, string count, string? anchor = null) =>
        $"expects {expected}. The function was invoked with '{count}' parameter(s).{Usage(anchor)}";

    private static string Plural(string expected, string count, string anchor) =>
        $"expects {expected}. The function was invoked with '{count}' parameters.{Usage(anchor)}";

    private static string Without(string expected, string anchor) =>
        $"expects {expected}. The function was invoked with no parameters.{Usage(anchor)}";

    private static string Optional(string count, string anchor) =>
        $"{OptionalFormat}. The function was invoked with '{count}' parameter(s).{Usage(anchor)}";

    private static string Usage(string? anchor) =>
        anchor is null ? string.Empty : $" Please see https://aka.ms/logicexpressions#{anchor} for usage details.";
}
