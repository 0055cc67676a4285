using System.Globalization;
using System.Text;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Writes a draft into the text of its file: what nobody changed is copied, what was moved takes its text along, what is new is written as the text around it.</summary>
internal sealed class DraftText
{
    private readonly string _text;
    private readonly FlowValue _root;
    private readonly SourceMap _sources;
    private readonly string _newLine;
    private readonly string _unit;

    public DraftText(string text, FlowValue root, SourceMap sources)
    {
        _text = text;
        _root = root;
        _sources = sources;
        _newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        _unit = Indentation.UnitOf(text);
    }

    /// <summary>The text to be put in the place of a draft's object, and that place.</summary>
    /// <exception cref="DialectFixException">An object to change has a name twice.</exception>
    public (TextSpan Span, string Text) Edit(DraftObject draft)
    {
        var span = _sources.ValueAt(draft.Origin) ?? throw new InvalidOperationException($"There is nothing at '{draft.Origin}'."); // it was read from there
        return (span, Object(draft, Layout.Of(_text, span, _unit)));
    }

    // How members stand in an object: each on a line of its own, or all on one; and what stands between name and value.
    private sealed record Layout(bool IsMultiline, string Indent, string Colon, string Separator)
    {
        public static Layout Of(string text, TextSpan container, string unit)
        {
            var isMultiline = text.AsSpan(container.Start, container.Length).Contains('\n');
            return new Layout(isMultiline, Indentation.At(text, container.Start) + unit, ": ", " ");
        }

        public Layout Inner(string unit) => this with { Indent = Indent + unit };
    }

    private string Object(DraftObject draft, Layout layout) => draft.IsNew || _sources.MembersAt(draft.Origin).Count == 0 ? NewObject(draft, layout) : Edited(draft, layout);

    private string Edited(DraftObject draft, Layout outer)
    {
        var span = _sources.ValueAt(draft.Origin)!.Value; // it has members
        var members = _sources.MembersAt(draft.Origin);
        if (members.Select(member => member.Name).Distinct(StringComparer.Ordinal).Count() != members.Count)
            throw new DialectFixException($"the object at '{draft.Origin}' has a name twice");
        var layout = LayoutOf(span, members, outer);
        var here = draft.Members.DistinctBy(member => member.Origin, StringComparer.Ordinal).ToDictionary(member => member.Origin, StringComparer.Ordinal);
        var lead = _text[(span.Start + 1)..members[0].NameSpan.Start];
        var result = new StringBuilder("{");
        var added = draft.Members.Where(member => !members.Any(old => member.Origin == JsonPointer.Append(draft.Origin, old.Name))).ToList();
        var count = 0;
        if (added.FindIndex(member => member.Name == "type") is >= 0 and var type)
        {
            // The type first, as everybody writes it.
            result.Append(lead).Append(Member(added[type], layout));
            added.RemoveAt(type);
            count++;
        }

        var end = span.Start + 1;
        for (var i = 0; i < members.Count; i++)
        {
            var (name, nameSpan, value) = members[i];
            var gap = i > 0 ? _text[end..nameSpan.Start] : Between(layout);
            end = value.End;
            if (!here.TryGetValue(JsonPointer.Append(draft.Origin, name), out var kept)) continue;
            if (count++ > 0) result.Append(gap);
            else result.Append(lead);
            result.Append(kept.Name == name ? _text[nameSpan.Start..nameSpan.End] : Quoted(kept.Name)).Append(_text, nameSpan.End, value.Start - nameSpan.End);
            result.Append(Value(kept, layout, isMoved: false));
        }

        foreach (var member in added)
        {
            result.Append(count++ > 0 ? Between(layout) : lead).Append(Member(member, layout));
        }

        return result.Append(_text, end, span.End - end).ToString();
    }

    private Layout LayoutOf(TextSpan span, IReadOnlyList<(string Name, TextSpan NameSpan, TextSpan Value)> members, Layout outer)
    {
        var lead = _text.AsSpan(span.Start + 1, members[0].NameSpan.Start - span.Start - 1);
        var colon = _text[members[0].NameSpan.End..members[0].Value.Start];
        if (colon.AsSpan().Trim() is not ":") colon = ": "; // a comment stands there
        var separator = members.Count > 1 ? _text[members[0].Value.End..members[1].NameSpan.Start].Replace(",", string.Empty, StringComparison.Ordinal) : lead.ToString();
        if (separator.AsSpan().Trim().Length > 0) separator = " ";
        return lead.Contains('\n')
            ? outer with { IsMultiline = true, Indent = Indentation.At(_text, members[0].NameSpan.Start), Colon = colon }
            : outer with { IsMultiline = false, Colon = colon, Separator = separator.Contains('\n', StringComparison.Ordinal) ? " " : separator };
    }

    private string Between(Layout layout) => layout.IsMultiline ? $",{_newLine}{layout.Indent}" : $",{layout.Separator}";

    private string Member(DraftMember member, Layout layout) => Quoted(member.Name) + layout.Colon + Value(member, layout, isMoved: true);

    private string Value(DraftMember member, Layout layout, bool isMoved)
    {
        if (member.Opened is { IsNew: true } made) return NewObject(made, layout.Inner(_unit));
        if (_sources.ValueAt(member.Origin) is not { } span) return New(member.Value, layout.Inner(_unit));
        string text;
        if (!IsChanged(member)) text = _text.Substring(span.Start, span.Length);
        else if (member.Opened is { } draft) text = Object(draft, layout.Inner(_unit));
        else return New(member.Value, layout.Inner(_unit));
        return isMoved ? Moved(text, span, layout) : text;
    }

    // The rest of a value that spans lines goes as far right or left as its first line did.
    private string Moved(string value, TextSpan span, Layout layout)
    {
        if (!value.Contains('\n', StringComparison.Ordinal) || !layout.IsMultiline) return value;
        var from = Indentation.At(_text, span.Start);
        return from == layout.Indent ? value : value.Replace("\n" + from, "\n" + layout.Indent, StringComparison.Ordinal);
    }

    private bool IsChanged(DraftMember member) => At(member.Origin) is not { } value || value != member.Value;

    private FlowValue? At(string pointer)
    {
        var at = _root;
        foreach (var name in JsonPointer.Segments(pointer))
        {
            if (at.AsArrayOrNull is { } array && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < array.Count) at = array[index];
            else if (!at.TryGetMember(name, out at)) return null;
        }

        return at;
    }

    private string NewObject(DraftObject draft, Layout layout) => Braces(draft.Members.Select(member => Member(member, layout)), layout);

    private string New(FlowValue value, Layout layout)
    {
        if (value.AsObjectOrNull is { } members) return Braces(members.Select(member => Quoted(member.Key) + layout.Colon + New(member.Value, layout.Inner(_unit))), layout);
        return value.AsArrayOrNull is { } items ? $"[{string.Join(", ", items.Select(item => New(item, layout with { IsMultiline = false })))}]" : value.ToJson();
    }

    private string Braces(IEnumerable<string> members, Layout layout)
    {
        var text = string.Join(Between(layout), members);
        if (text.Length == 0) return "{}";
        var outer = layout.Indent.EndsWith(_unit, StringComparison.Ordinal) ? layout.Indent[..^_unit.Length] : layout.Indent;
        return layout.IsMultiline ? $"{{{_newLine}{layout.Indent}{text}{_newLine}{outer}}}" : $"{{{text}}}";
    }

    private static string Quoted(string name) => FlowValue.String(name).ToJson();
}
