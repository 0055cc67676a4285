namespace FlowEngine.Testing;

/// <summary>What the functions of the language take their arguments for.</summary>
internal static class ReadFunctions
{
    private static readonly Dictionary<string, DataUse[]> Uses = Table();

    /// <summary>Functions whose result is, or may be, what their first argument is.</summary>
    private static readonly HashSet<string> Passing = new(StringComparer.OrdinalIgnoreCase)
    {
        "skip", "take", "reverse", "sort", "toLower", "toUpper", "trim", "string", "addProperty", "setProperty", "removeProperty", "int", "float", "decimal", "bool",
    };

    /// <summary>Functions whose result may be any of their arguments.</summary>
    private static readonly HashSet<string> PassingAll = new(StringComparer.OrdinalIgnoreCase) { "coalesce", "union", "intersection" };

    private static readonly Dictionary<string, Holding> Readers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["json"] = Holding.Json,
        ["decodeBase64"] = Holding.Base64,
        ["base64ToString"] = Holding.Base64,
        ["base64ToBinary"] = Holding.Base64,
        ["decodeUriComponent"] = Holding.Uri,
        ["uriComponentToString"] = Holding.Uri,
        ["dataUriToString"] = Holding.DataUri,
        ["dataUriToBinary"] = Holding.DataUri,
        ["decodeDataUri"] = Holding.DataUri,
    };

    /// <summary>What an argument is taken for.</summary>
    public static DataUse UseOf(string function, int argument) =>
        Uses.TryGetValue(function, out var uses) ? uses[Math.Min(argument, uses.Length - 1)] : DataUse.Any;

    /// <summary>Whether the argument may come out again.</summary>
    public static bool Passes(string function, int argument) => PassingAll.Contains(function) || (argument == 0 && Passing.Contains(function));

    /// <summary>Whether a function reads a value out of a text.</summary>
    public static bool Reads(string function, out Holding holding) => Readers.TryGetValue(function, out holding);

    private static Dictionary<string, DataUse[]> Table()
    {
        var table = new Dictionary<string, DataUse[]>(StringComparer.OrdinalIgnoreCase);
        void Add(string names, params DataUse[] uses)
        {
            foreach (var name in names.Split(' ')) table[name] = uses;
        }

        Add("formatDateTime startOfDay startOfHour startOfMonth dayOfWeek dayOfMonth dayOfYear date ticks parseDateTime", DataUse.Date, DataUse.Any);
        Add("convertFromUtc convertToUtc", DataUse.Date, DataUse.TimeZone, DataUse.Any);
        Add("convertTimeZone", DataUse.Date, DataUse.TimeZone, DataUse.TimeZone, DataUse.Any);
        Add("uriHost uriPath uriPathAndQuery uriPort uriQuery uriScheme", DataUse.Address);
        Add("addDays addHours addMinutes addSeconds addToTime subtractFromTime", DataUse.Date, DataUse.Number, DataUse.Any);
        Add("dateDifference", DataUse.Date);
        Add("getFutureTime getPastTime", DataUse.Number, DataUse.Any);
        Add("int float decimal add sub mul div mod range rand", DataUse.Number);
        Add("formatNumber", DataUse.Number, DataUse.Any);
        Add("bool not", DataUse.Boolean);
        Add("and or", DataUse.Boolean);
        Add("if", DataUse.Boolean, DataUse.Any);
        Add("length empty", DataUse.Countable);
        Add("first last skip take reverse sort chunk", DataUse.Countable, DataUse.Any);
        Add("join", DataUse.List, DataUse.Any);
        Add("union intersection", DataUse.Countable);
        Add("split toLower toUpper trim replace indexOf lastIndexOf startsWith endsWith nthIndexOf isInt isFloat base64 base64ToBinary uriComponent encodeUriComponent uri concat", DataUse.Text);
        Add("substring slice", DataUse.LongText, DataUse.Any);
        Add("xml", DataUse.Xml);
        Add("addProperty setProperty removeProperty", DataUse.Object, DataUse.Any);
        return table;
    }
}
