using System.Globalization;
using System.Numerics;
using Newtonsoft.Json;

namespace FlowEngine;

/// <summary>The one reader and the one writer of JSON text for flow data: Newtonsoft's reader (before it a faster one, <see cref="StandardJson"/>), and a writer that gives Newtonsoft's text.</summary>
/// <remarks>
/// Lenient as the service is (single quotes, comments, trailing commas), dates stay text, an int64 never goes through a double, an integer
/// beyond int64 is a Float, the last of several equal names wins and moves to the end, lone surrogates
/// are kept; only an escape of one (<c>\ud800</c>) becomes U+FFFD, in Newtonsoft's reader and so, presumably, in the service.
/// </remarks>
public static class FlowJson
{
    /// <summary>Reads one value; anything but white space or comments behind it is an error.</summary>
    /// <exception cref="FlowJsonException">No JSON, empty, or beyond the limits.</exception>
    public static FlowValue Parse(string text, JsonLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return StandardJson.TryRead(text, limits ?? JsonLimits.Default, out var value, out _) ? value : Parse(new StringReader(text), limits);
    }

    /// <summary>Reads one value; anything but white space or comments behind it is an error.</summary>
    /// <exception cref="FlowJsonException">No JSON, empty, or beyond the limits.</exception>
    public static FlowValue Parse(TextReader text, JsonLimits? limits = null) => ParseLeniently(text, limits, out _);

    /// <summary>As <see cref="Parse(string, JsonLimits?)"/>, of text that is not standard; tells besides whether an object has a name twice or in two cases.</summary>
    /// <exception cref="FlowJsonException">No JSON, empty, or beyond the limits.</exception>
    internal static FlowValue ParseLeniently(string text, out bool hasRepeatedNames) => ParseLeniently(new StringReader(text), null, out hasRepeatedNames);

    private static FlowValue ParseLeniently(TextReader text, JsonLimits? limits, out bool hasRepeatedNames)
    {
        using var reader = CreateReader(text, limits);
        try
        {
            if (!ReadToken(reader)) throw new FlowJsonException("The text is empty; a JSON value was expected.", 0, 0, string.Empty);
            var content = new ValueReader(reader);
            var value = content.Read();
            hasRepeatedNames = content.HasRepeatedNames;
            if (ReadToken(reader)) throw Unexpected(reader, "Additional text encountered after finished reading JSON content");
            return value;
        }
        catch (JsonReaderException e)
        {
            throw new FlowJsonException(e.Message, e.LineNumber, e.LinePosition, e.Path ?? string.Empty, e);
        }
        catch (JsonException e)
        {
            throw new FlowJsonException(e.Message, reader.LineNumber, reader.LinePosition, reader.Path, e);
        }
    }

    /// <summary>Reads the value at which the reader stands (its current token is the value's first) and leaves it on the value's last token.</summary>
    public static FlowValue Read(JsonReader reader) => new ValueReader(reader).Read();

    /// <summary>A reader set up for flow data. The caller disposes it.</summary>
    internal static JsonTextReader CreateReader(TextReader text, JsonLimits? limits = null) => new(text)
    {
        DateParseHandling = DateParseHandling.None,
        FloatParseHandling = FloatParseHandling.Double,
        MaxDepth = (limits ?? JsonLimits.Default).MaxDepth,
        PropertyNameTable = new JsonNames(),
        ArrayPool = JsonBuffers.Shared,
        Culture = CultureInfo.InvariantCulture,
    };

    /// <summary>Compact JSON text.</summary>
    public static string Write(FlowValue value)
    {
        var text = new JsonText(null, null);
        text.Write(value);
        return text.ToTextAndDispose();
    }

    /// <summary>JSON text with two blanks of indentation.</summary>
    public static string WriteIndented(FlowValue value)
    {
        var text = new JsonText(null, "\n");
        text.Write(value);
        return text.ToTextAndDispose();
    }

    /// <summary>Writes JSON text to an output: compact, or with two blanks of indentation and the output's own line ends.</summary>
    public static void Write(FlowValue value, TextWriter output, bool isIndented = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var text = new JsonText(output, isIndented ? output.NewLine : null);
        text.Write(value);
    }

    /// <summary>Writes the value: integral Floats as <c>5.0</c>, non-ASCII text unescaped, NaN and infinities as text.</summary>
    public static void Write(FlowValue value, JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        switch (value.Kind)
        {
            case FlowValueKind.Null:
                writer.WriteNull();
                break;
            case FlowValueKind.Boolean:
                writer.WriteValue(value.AsBoolean);
                break;
            case FlowValueKind.Integer:
                writer.WriteValue(value.AsInteger);
                break;
            case FlowValueKind.Float:
                writer.WriteValue(value.AsDouble);
                break;
            case FlowValueKind.Decimal:
                writer.WriteValue(value.AsDecimal);
                break;
            case FlowValueKind.String:
                writer.WriteValue(value.AsString);
                break;
            case FlowValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.AsArray) Write(item, writer);
                writer.WriteEndArray();
                break;
            default:
                var o = value.AsObject;
                writer.WriteStartObject();
                for (var i = 0; i < o.Count; i++)
                {
                    writer.WritePropertyName(o.Names[i]);
                    Write(o.Values[i], writer);
                }

                writer.WriteEndObject();
                break;
        }
    }

    /// <summary>A number of the reader as a double.</summary>
    internal static double ToDouble(object number) => number switch
    {
        double real => real,
        // The conversion of BigInteger cuts off; its digits (380 at most) are rounded to the nearest double.
        BigInteger big => double.Parse(big.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        _ => Convert.ToDouble(number, CultureInfo.InvariantCulture),
    };

    private static bool ReadToken(JsonReader reader)
    {
        while (reader.Read())
        {
            if (reader.TokenType != JsonToken.Comment) return true;
        }

        return false;
    }

    private static FlowJsonException Unexpected(JsonReader reader, string what)
    {
        var info = (IJsonLineInfo)reader;
        return new FlowJsonException(
            string.Create(CultureInfo.InvariantCulture, $"{what}: {reader.TokenType}. Path '{reader.Path}', line {info.LineNumber}, position {info.LinePosition}."),
            info.LineNumber,
            info.LinePosition,
            reader.Path);
    }

    private readonly ref struct ValueReader(JsonReader reader)
    {
        private readonly OpenContainers _open = new();

        public bool HasRepeatedNames => _open.HasRepeatedNames;

        public FlowValue Read() => reader.TokenType switch
        {
            JsonToken.StartObject => ReadObject(),
            JsonToken.StartArray => ReadArray(),
            JsonToken.String => FlowValue.String((string)reader.Value!),
            // Text gives longs, a JToken that a host has made whatever it was made of.
            JsonToken.Integer => reader.Value switch
            {
                long integer => FlowValue.Integer(integer),
                int or uint or short or ushort or byte or sbyte or <= (ulong)long.MaxValue => FlowValue.Integer(Convert.ToInt64(reader.Value, CultureInfo.InvariantCulture)),
                var large => FlowValue.Float(ToDouble(large!)),
            },
            JsonToken.Float => FlowValue.Float(ToDouble(reader.Value!)),
            JsonToken.Boolean => FlowValue.Boolean((bool)reader.Value!),
            JsonToken.Null or JsonToken.Undefined => FlowValue.Null,
            _ => throw Unexpected(reader, "Unexpected token"),
        };

        private FlowValue ReadObject()
        {
            var start = _open.Count;
            while (true)
            {
                Next();
                if (reader.TokenType == JsonToken.EndObject) return _open.CloseObject(start);
                var name = (string)reader.Value!;
                Next();
                _open.Push(name, Read());
            }
        }

        private FlowValue ReadArray()
        {
            var start = _open.Count;
            while (true)
            {
                Next();
                if (reader.TokenType == JsonToken.EndArray) return _open.CloseArray(start);
                _open.Push(Read());
            }
        }

        private void Next()
        {
            if (ReadToken(reader)) return;
            throw Unexpected(reader, "Unexpected end of content");
        }
    }
}
