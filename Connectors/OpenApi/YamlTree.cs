using System.Buffers;
using System.Globalization;
using FlowEngine.Definitions;
using SharpYaml;
using SharpYaml.Serialization;

namespace FlowEngine.Connectors;

/// <summary>YAML as a value, with the place of every node. Aliases and tags are refused: a few lines of them can stand for gigabytes.</summary>
internal sealed class YamlTree
{
    private const int MaxDepth = 100;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("+-.0123456789eE");

    private readonly Dictionary<string, (int Line, int Column)> _places = new(StringComparer.Ordinal);

    private YamlTree()
    {
    }

    /// <summary>The content.</summary>
    public FlowValue Root { get; private set; }

    /// <summary>Reads one document.</summary>
    /// <exception cref="YamlFormatException">It is no YAML, or has what is refused.</exception>
    public static YamlTree Parse(string text)
    {
        var tree = new YamlTree();
        try
        {
            // The events come before any node is made: an alias is found without being followed.
            Check(text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            tree.Root = stream.Documents.Count == 0 ? default : tree.Read(stream.Documents[0].RootNode, string.Empty, 0);
        }
        catch (YamlException e)
        {
            throw new YamlFormatException(e.Message, e.Start.Line + 1, e.Start.Column + 1);
        }

        return tree;
    }

    /// <summary>Line and column of a JSON Pointer, both from 1; where there is none, of the nearest above.</summary>
    public (int Line, int Column) Find(string pointer)
    {
        while (true)
        {
            if (_places.TryGetValue(pointer, out var place)) return place;
            if (pointer.Length == 0) return (1, 1);
            pointer = pointer[..pointer.LastIndexOf('/')];
        }
    }

    private static void Check(string text)
    {
        var parser = Parser.CreateParser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            if (parser.Current is not { } current) continue;
            depth += current.NestingIncrease;
            if (depth > MaxDepth + 2) throw new YamlFormatException($"The YAML is nested more than {MaxDepth} deep.", current.Start.Line + 1, current.Start.Column + 1);
            if (current is SharpYaml.Events.AnchorAlias) throw new YamlFormatException("Aliases (*name) are not read in YAML; write the part out.", current.Start.Line + 1, current.Start.Column + 1);
            if (current is SharpYaml.Events.NodeEvent { Tag.Length: > 0 } tagged) throw new YamlFormatException($"Tags ({tagged.Tag}) are not read in YAML.", current.Start.Line + 1, current.Start.Column + 1);
        }
    }

    private FlowValue Read(YamlNode node, string pointer, int depth)
    {
        _places.TryAdd(pointer, (node.Start.Line + 1, node.Start.Column + 1));
        switch (node)
        {
            case YamlMappingNode mapping:
                var members = new FlowObjectBuilder();
                foreach (var (key, value) in mapping)
                {
                    var name = (key as YamlScalarNode)?.Value ?? throw new YamlFormatException("A name must be text.", key.Start.Line + 1, key.Start.Column + 1);
                    var at = JsonPointer.Append(pointer, name);
                    _places[at] = (key.Start.Line + 1, key.Start.Column + 1);
                    members.Set(name, Read(value, at, depth + 1));
                }

                return members.ToValue();
            case YamlSequenceNode sequence:
                var items = new List<FlowValue>();
                foreach (var item in sequence) items.Add(Read(item, JsonPointer.Append(pointer, items.Count), depth + 1));
                return FlowArray.Create(items);
            case YamlScalarNode scalar:
                return scalar.Style == ScalarStyle.Plain ? Plain(scalar.Value ?? string.Empty) : FlowValue.String(scalar.Value);
            default:
                throw new YamlFormatException("Such a node is not read in YAML.", node.Start.Line + 1, node.Start.Column + 1);
        }
    }

    // The core schema of YAML 1.2: "no" and "off" are text, as they are in JSON.
    private static FlowValue Plain(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return FlowValue.Null;
            case "true" or "True" or "TRUE":
                return true;
            case "false" or "False" or "FALSE":
                return false;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)) return integer;
        if (!text.AsSpan().ContainsAnyExcept(NumberCharacters) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) return number;
        return FlowValue.String(text);
    }
}

/// <summary>Text that can't be read as YAML.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="line">From 1.</param>
/// <param name="column">From 1.</param>
internal sealed class YamlFormatException(string message, int line, int column) : Exception(message)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
