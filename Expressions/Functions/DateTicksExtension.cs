namespace FlowEngine.Expressions;

/// <summary>The date functions on an Integer: it counts as ticks in UTC, and so does the result where no format asks for text.</summary>
/// <remarks>An extension of ours; in the strict dialect an Integer is the service's type error. Values outside of the years 1 to 9999 are the usual date error.</remarks>
internal static class DateTicksExtension
{
    public static readonly FunctionTable Table = Create();

    private static FunctionTable Create()
    {
        var table = new FunctionTable();
        foreach (var theme in (ReadOnlySpan<FunctionTable>)[DateFunctions.Table, DateArithmeticFunctions.Table, TimeZoneFunctions.Table])
        {
            foreach (var function in theme)
            {
                switch (function.Name)
                {
                    case "utcNow" or "getFutureTime" or "getPastTime" or "parseDateTime" or "formatTimeSpan":
                        break;
                    case "ticks" or "dateDifference" or "dayOfWeek" or "dayOfMonth" or "dayOfYear":
                        table.Add(OnTicks(function, givesTime: false));
                        break;
                    default:
                        table.Add(OnTicks(function, givesTime: true));
                        break;
                }
            }
        }

        return table;
    }

    private static FunctionSpec OnTicks(FunctionSpec function, bool givesTime)
    {
        // A function that gives a time takes the format of its text last.
        var withFormat = function.MaximumArguments - (function.Name == "formatDateTime" ? 1 : 0);
        return new FunctionSpec(function.Name, function.MinimumArguments, function.MaximumArguments, (context, arguments) =>
        {
            var second = function.Name == "dateDifference" && arguments[1].IsInteger;
            if (!arguments[0].IsInteger && !second) return function.Contextual!(context, arguments); // Every function of the three themes has this form.
            var texts = arguments.ToArray();
            if (arguments[0].IsInteger) texts[0] = Text(function.Name, arguments[0].AsInteger);
            if (second) texts[1] = Text(function.Name, arguments[1].AsInteger);
            var result = function.Contextual!(context, texts);
            if (!givesTime || (arguments.Length >= withFormat && !arguments[withFormat - 1].IsNull)) return result;
            return DateText.TryParse(result.AsString, DateCultures.Default, context.UtcNow, out var time) ? time.Clock.Ticks : result;
        })
        {
            Origin = FunctionOrigin.Extension,
            ArityMessage = function.ArityMessage,
            Summary = $"{function.Summary} Here of a time given in ticks{(givesTime ? "; without a format the result is in ticks too" : string.Empty)}.",
            Parameters = ["timestamp: Integer, ticks", .. function.Parameters.Skip(1)],
            Source = "extension",
        };
    }

    private static FlowValue Text(string function, long ticks) => ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
        ? FlowValue.String(DateText.Write(Timestamp.Utc(new DateTime(ticks)), null, DateCultures.Default))
        : throw DateArguments.NotATime(function, FlowValue.Integer(ticks).ToJson());
}
