using System.Globalization;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Changes values in the text of a definition file; all else stays byte for byte: order, spacing, comments, numbers, escapes.</summary>
/// <remarks>
/// Places are JSON Pointers into the file, as diagnostics and the model have them (<see cref="ActionDefinition.Path"/>). Each change sees those before it.
/// What is written anew stands as the members around it do: on a line of its own where they have lines, else on theirs.
/// </remarks>
public sealed class DefinitionEdit
{
    private SourceMap _sources;
    private string _text;

    /// <summary>Starts from a document that was read from a file of its own; one in an archive is edited as its text is.</summary>
    public DefinitionEdit(WorkflowDocument document)
        : this((document ?? throw new ArgumentNullException(nameof(document))).Text)
    {
    }

    /// <summary>Starts from JSON text.</summary>
    public DefinitionEdit(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = text;
        _sources = new SourceMap(string.Empty, text);
    }

    /// <summary>The text as it is now.</summary>
    public string Text => _text;

    /// <summary>Puts a value in the place of another, or adds a member to an object.</summary>
    /// <param name="pointer">The value; of a new member, where it shall be. An array takes a new item behind its last one (its count, or <c>-</c>).</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The pointer leads nowhere: there is no container for it.</exception>
    public DefinitionEdit Set(string pointer, FlowValue value)
    {
        ArgumentNullException.ThrowIfNull(pointer);
        if (_sources.ValueAt(pointer) is { } there) return Replace(there.Start, there.Length, Written(value, Indentation.At(_text, there.Start)));
        var (container, name) = Parent(pointer);
        var inner = new TextSpan(container.Start + 1, container.Length - 2);
        var isObject = _text[container.Start] == '{';
        var count = isObject ? _sources.MembersAt(JsonPointer.Parent(pointer)).Count : CountOf(JsonPointer.Parent(pointer));
        if (!isObject && name != "-" && name != count.ToString(CultureInfo.InvariantCulture)) throw new ArgumentException($"The array has {count} items; there is no place '{pointer}'.", nameof(pointer));
        var isMultiline = count == 0 ? _text.Contains('\n', StringComparison.Ordinal) : _text.AsSpan(inner.Start, inner.Length).Contains('\n');
        var outer = Indentation.At(_text, container.Start);
        var indent = isMultiline ? outer + Indentation.UnitOf(_text) : string.Empty;
        if (count > 0 && isMultiline) indent = Indentation.At(_text, FirstAt(JsonPointer.Parent(pointer), isObject));
        var newLine = _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var written = (isObject ? FlowValue.String(name).ToJson() + (_text.Contains("\": ", StringComparison.Ordinal) || !_text.Contains("\":", StringComparison.Ordinal) ? ": " : ":") : string.Empty) + Written(value, indent);
        if (count == 0) return Replace(inner.Start, inner.Length, isMultiline ? newLine + indent + written + newLine + outer : written);
        var last = LastEnd(JsonPointer.Parent(pointer), isObject, count);
        return Replace(last, 0, "," + (isMultiline ? newLine + indent : _text.Contains(", ", StringComparison.Ordinal) ? " " : string.Empty) + written);
    }

    /// <summary>Takes a member or an item away, with its comma.</summary>
    /// <exception cref="ArgumentException">There is nothing at the pointer, or it is the whole file.</exception>
    public DefinitionEdit Remove(string pointer)
    {
        ArgumentNullException.ThrowIfNull(pointer);
        if (pointer.Length == 0 || _sources.ValueAt(pointer) is not { } value) throw new ArgumentException($"There is nothing at '{pointer}'.", nameof(pointer));
        var parent = JsonPointer.Parent(pointer);
        var container = _sources.ValueAt(parent)!.Value; // It holds the value.
        var name = JsonPointer.Last(pointer);
        var start = _text[container.Start] == '{' ? _sources.MembersAt(parent).Last(member => member.Name.Equals(name, StringComparison.Ordinal)).NameSpan.Start : value.Start;
        var before = start;
        while (char.IsWhiteSpace(_text[before - 1])) before--;
        // With the comma before it; of the first one, with the comma behind and what is between.
        if (_text[before - 1] == ',') return Replace(before - 1, value.End - before + 1, string.Empty);
        var end = value.End;
        var scan = end;
        while (char.IsWhiteSpace(_text[scan])) scan++;
        if (_text[scan] != ',') return Replace(before, end - before, string.Empty);
        scan++;
        while (char.IsWhiteSpace(_text[scan])) scan++;
        return Replace(start, scan - start, string.Empty);
    }

    /// <summary>Writes the text in the place of the file's own; see <see cref="DefinitionText.Replace"/>.</summary>
    public void Save(string file) => DefinitionText.Replace(file, _text);

    private DefinitionEdit Replace(int start, int length, string text)
    {
        _text = string.Concat(_text.AsSpan(0, start), text, _text.AsSpan(start + length));
        _sources = new SourceMap(string.Empty, _text);
        return this;
    }

    private (TextSpan Container, string Name) Parent(string pointer)
    {
        if (pointer.Length > 0 && _sources.ValueAt(JsonPointer.Parent(pointer)) is { } container && _text[container.Start] is '{' or '[') return (container, JsonPointer.Last(pointer));
        throw new ArgumentException($"There is no object or array around '{pointer}'.", nameof(pointer));
    }

    private int CountOf(string array)
    {
        var count = 0;
        while (_sources.ValueAt(JsonPointer.Append(array, count)) is not null) count++;
        return count;
    }

    private int FirstAt(string container, bool isObject) =>
        isObject ? _sources.MembersAt(container)[0].NameSpan.Start : _sources.ValueAt(JsonPointer.Append(container, 0))!.Value.Start; // It is not empty.

    private int LastEnd(string container, bool isObject, int count) =>
        isObject ? _sources.MembersAt(container)[^1].Value.End : _sources.ValueAt(JsonPointer.Append(container, count - 1))!.Value.End; // It is not empty.

    // On one line where it is no container with something in it, or the file has one line.
    private string Written(FlowValue value, string indent)
    {
        if (!_text.Contains('\n', StringComparison.Ordinal) || (value.AsObjectOrNull is not { Count: > 0 } && value.AsArrayOrNull is not { Count: > 0 })) return value.ToJson();
        var newLine = _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var unit = Indentation.UnitOf(_text);
        var lines = FlowJson.WriteIndented(value).Split('\n').Select(line => line.TrimEnd('\r')).Select(line =>
        {
            var blanks = line.Length - line.TrimStart(' ').Length;
            return string.Concat(Enumerable.Repeat(unit, blanks / 2)) + line[blanks..];
        });
        return string.Join(newLine + indent, lines);
    }
}
