using System.Globalization;
using Newtonsoft.Json;

namespace FlowEngine.Actions;

/// <summary>Reads text as ParseJson does: like the flow data reader, and more lenient at the end of the text.</summary>
/// <remarks>
/// Recorded (runtime reference, 3.3): text behind a complete value is ignored; closers that are missing at the very end are supplied, but only
/// right after a value; <c>NaN</c> and the infinities become text. White space alone is null. Messages are Newtonsoft's.
/// </remarks>
internal static class LenientJson
{
    /// <summary>The value of the text.</summary>
    /// <exception cref="FlowJsonException">It can't be read.</exception>
    public static FlowValue Read(string text)
    {
        if (StandardJson.TryRead(text, JsonLimits.Default, out var value, out _)) return value;
        try
        {
            return Read(text, tracksPaths: false);
        }
        catch (FlowJsonException)
        {
            // Only a message shows paths, and keeping them is a text for each container: together with the shared shapes below it took 70 of 240 ms for 50,000 objects. So a faulty text is read twice.
            return Read(text, tracksPaths: true);
        }
    }

    private static FlowValue Read(string text, bool tracksPaths)
    {
        using var reader = FlowJson.CreateReader(new StringReader(text));
        try
        {
            return Next(reader) ? new Content(reader, text, tracksPaths).Read() : FlowValue.Null;
        }
        catch (JsonReaderException e)
        {
            throw new FlowJsonException(e.Message, e.LineNumber, e.LinePosition, e.Path ?? string.Empty, e);
        }
    }

    private static bool Next(JsonTextReader reader)
    {
        while (reader.Read())
        {
            if (reader.TokenType != JsonToken.Comment) return true;
        }

        return false;
    }

    private readonly ref struct Content(JsonTextReader reader, string text, bool tracksPaths)
    {
        private readonly OpenContainers _open = new();

        public FlowValue Read() => reader.TokenType switch
        {
            JsonToken.StartObject => ReadObject(),
            JsonToken.StartArray => ReadArray(),
            JsonToken.String => FlowValue.String((string)reader.Value!), // a String token has a value
            JsonToken.Integer => reader.Value is long integer ? FlowValue.Integer(integer) : FlowValue.Float(FlowJson.ToDouble(reader.Value!)), // beyond int64
            JsonToken.Float => Real((double)reader.Value!), // the reader is set to doubles
            JsonToken.Boolean => (bool)reader.Value!, // a Boolean token has a value
            JsonToken.Null or JsonToken.Undefined => FlowValue.Null,
            _ => throw new FlowJsonException(
                string.Create(CultureInfo.InvariantCulture, $"Unexpected token: {reader.TokenType}. Path '{reader.Path}', line {reader.LineNumber}, position {reader.LinePosition}."),
                reader.LineNumber,
                reader.LinePosition,
                reader.Path),
        };

        private static FlowValue Real(double number) =>
            double.IsFinite(number) ? number : FlowValue.String(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");

        private FlowValue ReadObject()
        {
            var path = Path();
            var start = _open.Count;
            while (More(JsonToken.EndObject, path))
            {
                var name = (string)reader.Value!; // only names stand here
                if (!Next(reader)) throw Incomplete(path);
                _open.Push(name, Read());
            }

            return _open.CloseObject(start);
        }

        private FlowValue ReadArray()
        {
            var path = Path();
            var start = _open.Count;
            while (More(JsonToken.EndArray, path)) _open.Push(Read());
            return _open.CloseArray(start);
        }

        private string Path() => tracksPaths ? reader.Path : string.Empty;

        // False at the container's end, written or supplied.
        private bool More(JsonToken end, string path)
        {
            var opened = reader.TokenType is JsonToken.StartObject or JsonToken.StartArray;
            if (Next(reader)) return reader.TokenType != end;
            if (opened || EndsWithComma()) throw Incomplete(path);
            return false;
        }

        // The reader does not tell that it has passed a comma, and behind one nothing is supplied.
        private bool EndsWithComma() => text.AsSpan().TrimEnd() is [.., ','];

        private static FlowJsonException Incomplete(string path) => new($"Unexpected end when reading token. Path '{path}'.", 0, 0, path);
    }
}
