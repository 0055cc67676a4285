using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Schema;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>JSON as XML by a schema, the other way round than <see cref="XmlParse"/>: <c>{"body": {"xml": content object}}</c>.</summary>
/// <remarks>
/// Members stand in the order of the schema. A null is left out where the element may be missing, else it is nil or empty. Dates in other forms than
/// XML's are rewritten by <c>DateTimeFormat</c>. What comes out must be valid by the schema. Codes of failures are assumed.
/// </remarks>
internal static class XmlCompose
{
    private const string Failure = "XmlComposeFailed";
    private const string DefaultDateFormat = "yyyy-MM-ddTHH:mm:ss.fffK";

    public static FlowValue Run(RunScope scope, CancellationToken cancellation)
    {
        var name = scope.Action.Name;
        var schemas = XmlSchemas.Compile(name, TransformInputs.Schema(scope));
        var content = scope.Inputs["content"];
        var document = new XmlDocument { XmlResolver = null };
        var writer = new Writer(name, document, scope.Inputs["DateTimeFormat"].AsStringOrNull ?? DefaultDateFormat);
        document.AppendChild(writer.Element(Root(name, schemas, content), content, string.Empty));
        var errors = XmlSchemas.Validate(document, schemas);
        cancellation.ThrowIfCancellationRequested();
        if (errors.Count > 0) throw new TransformException(Failure, $"What the 'content' of action '{name}' makes does not match the schema: {string.Join(' ', errors)}");
        return FlowValue.Object(("body", FlowValue.Object(("xml", Bytes(name, document, scope.Inputs["xmlWriterSettings"])))));
    }

    // The root element does not stand in the content: of several it is the first that has a place for every member.
    private static XmlSchemaElement Root(string action, XmlSchemaSet schemas, FlowValue content)
    {
        XmlSchemaElement[] roots = [.. schemas.GlobalElements.Values.Cast<XmlSchemaElement>()];
        if (roots is [var only]) return only;
        return roots.FirstOrDefault(root => Fits(root.ElementSchemaType, content))
            ?? throw new TransformException(Failure, $"No element of the schema has a place for the 'content' of action '{action}'. The schema has: {string.Join(", ", roots.Select(root => root.Name))}.");
    }

    private static bool Fits(XmlSchemaType? type, FlowValue content)
    {
        if (content.AsObjectOrNull is not { } members) return false;
        var children = XmlSchemas.ChildrenOf(type);
        return members.Names.ToArray().All(name => name.StartsWith(':') || children.Any(child => child.Declaration.QualifiedName.Name == name));
    }

    private static FlowValue Bytes(string action, XmlDocument document, FlowValue settings)
    {
        var encoding = EncodingOf(action, settings["encoding"].AsStringOrNull);
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = encoding, Indent = IsTrue(settings["indent"]), OmitXmlDeclaration = IsTrue(settings["omitXmlDeclaration"]) }))
            document.Save(writer);
        return BinaryContent.FromBytes($"application/xml; charset={encoding.WebName}", bytes.ToArray()).ToValue();
    }

    private static bool IsTrue(FlowValue setting) => setting.IsBoolean && setting.AsBoolean;

    private static Encoding EncodingOf(string action, string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Equals("utf-8", StringComparison.OrdinalIgnoreCase)) return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            throw new TransformException(Failure, $"The encoding '{name}' in the 'xmlWriterSettings' of action '{action}' is not known here. Give utf-8, utf-16, utf-32, us-ascii or iso-8859-1.");
        }
    }

    private sealed class Writer(string action, XmlDocument document, string dateFormat)
    {
        public XmlElement Element(XmlSchemaElement declaration, FlowValue value, string path)
        {
            var element = document.CreateElement(declaration.QualifiedName.Name, declaration.QualifiedName.Namespace);
            path += "/" + element.LocalName;
            var type = declaration.ElementSchemaType;
            if (value.IsNull && declaration.IsNillable) element.SetAttribute("nil", XmlSchema.InstanceNamespace, "true");
            if (value.IsNull) return element;
            var children = XmlSchemas.ChildrenOf(type);
            if (value.AsArrayOrNull is { } items && children is [{ Repeats: true } item])
            {
                foreach (var one in (IEnumerable<FlowValue>)items) element.AppendChild(Element(item.Declaration, one, path));
            }
            else if (value.AsObjectOrNull is { } members)
            {
                Fill(element, type, members, children, path);
            }
            else if (value.IsArray || children.Count > 0)
            {
                throw Fault($"'{path}' is of type '{value.TypeName}', which has no place there; {(children.Count > 0 ? "an object" : "a single value")} was expected.");
            }
            else
            {
                element.InnerText = Text(value, type?.Datatype);
            }

            return element;
        }

        private void Fill(XmlElement element, XmlSchemaType? type, FlowObject members, IReadOnlyList<XmlSchemaChild> children, string path)
        {
            foreach (var (name, value) in members)
            {
                if (value.IsNull || !name.StartsWith(XmlParse.Attribute, StringComparison.Ordinal)) continue;
                var use = Uses(type).FirstOrDefault(use => use.QualifiedName.Name == name[XmlParse.Attribute.Length..])
                    ?? throw Fault($"'{path}' has no attribute '{name[XmlParse.Attribute.Length..]}' in the schema.");
                element.SetAttribute(use.QualifiedName.Name, use.QualifiedName.Namespace, Text(value, use.AttributeSchemaType?.Datatype));
            }

            if (!members[XmlParse.Text].IsNull) element.AppendChild(document.CreateTextNode(Text(members[XmlParse.Text], type?.Datatype)));
            foreach (var child in children)
            {
                if (!members.TryGetExact(child.Declaration.QualifiedName.Name, out var value)) continue;
                if (value.AsArrayOrNull is { } items && child.Repeats)
                {
                    foreach (var item in (IEnumerable<FlowValue>)items) element.AppendChild(Element(child.Declaration, item, path));
                }
                else if (!value.IsNull || child.Declaration.MinOccurs > 0)
                {
                    element.AppendChild(Element(child.Declaration, value, path));
                }
            }

            foreach (var name in members.Names)
            {
                if (name.StartsWith(':') || children.Any(child => child.Declaration.QualifiedName.Name == name)) continue;
                var nearest = NearestName.Find(name, children.Select(child => child.Declaration.QualifiedName.Name));
                throw Fault($"'{path}' has no element '{name}' in the schema.{(nearest is null ? string.Empty : $" Did you mean '{nearest}'?")}");
            }
        }

        private static IEnumerable<XmlSchemaAttribute> Uses(XmlSchemaType? type) => type is XmlSchemaComplexType complex ? complex.AttributeUses.Values.Cast<XmlSchemaAttribute>() : [];

        private string Text(FlowValue value, XmlSchemaDatatype? type)
        {
            var text = value.IsString ? value.AsString : value.ToJson(); // JSON's numbers and Booleans are XML's too.
            if (type?.TypeCode != XmlTypeCode.DateTime || IsXmlDate(text)) return text;
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? Format(date) : text;
        }

        private string Format(DateTimeOffset date)
        {
            try
            {
                return date.ToString(dateFormat, CultureInfo.InvariantCulture);
            }
            catch (FormatException)
            {
                throw Fault($"the 'DateTimeFormat' '{dateFormat}' is no format of dates.");
            }
        }

        private static bool IsXmlDate(string text) =>
            text.Length > 10 && text[4] == '-' && text[10] == 'T' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

        private TransformException Fault(string what) => new(Failure, $"The 'content' of action '{action}' can't be made XML: {what}");
    }
}
