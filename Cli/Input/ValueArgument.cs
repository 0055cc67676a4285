using System.Text;
using System.Text.Json;

namespace FlowEngine.Cli;

/// <summary>Values on the command line: <c>@FILE</c>, <c>@-</c> for standard input, JSON, or else text.</summary>
internal static class ValueArgument
{
    /// <summary>Reads a value.</summary>
    /// <param name="text">What the argument says.</param>
    /// <param name="option">The option, for messages.</param>
    /// <param name="console">Standard input, and where a note goes when text looks like JSON that is broken.</param>
    /// <exception cref="UsageException">There is no such file.</exception>
    /// <exception cref="InvalidInputException">The file is not text, or the JSON is nested too deep.</exception>
    public static FlowValue Read(string text, string option, CommandConsole console)
    {
        return Parse(Resolve(text, console), option, console);
    }

    /// <summary>Reads a value of which numbers and booleans are meant as the text that stands there: <c>1.50</c> is "1.50".</summary>
    /// <exception cref="UsageException">There is no such file.</exception>
    /// <exception cref="InvalidInputException">The file is not text, or the JSON is nested too deep.</exception>
    public static FlowValue ReadText(string text, string option, CommandConsole console)
    {
        text = Resolve(text, console);
        var value = Parse(text, option, console);
        return value.IsNumber || value.IsBoolean ? FlowValue.String(text.Trim()) : value;
    }

    private static string Resolve(string text, CommandConsole console) =>
        !text.StartsWith('@') ? text : text == "@-" ? console.In.ReadToEnd() : InputText.OfFile(text[1..]);

    private static FlowValue Parse(string text, string option, CommandConsole console)
    {
        if (!IsJson(text, out var fault))
        {
            if (LooksLikeJson(text)) console.Error.WriteLine($"flow: {option} is no JSON and is taken as text: {TerminalText.Clean(fault)}");
            return FlowValue.String(text);
        }

        try
        {
            return FlowJson.Parse(text);
        }
        catch (FlowJsonException refused)
        {
            throw new InvalidInputException($"{option} can't be used: {refused.Message}");
        }
    }

    // JSON as its standard has it: the flow data's own reader is as lenient as the service (007 would be octal, NaN a number).
    private static bool IsJson(string text, out string fault)
    {
        fault = string.Empty;
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            var tokens = 0;
            while (reader.Read()) tokens++;
            return tokens > 0;
        }
        catch (JsonException broken)
        {
            fault = broken.Message;
            return false;
        }
    }

    private static bool LooksLikeJson(string text) => text.AsSpan().TrimStart() is ['{' or '[', ..];
}
