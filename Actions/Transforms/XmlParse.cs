using System.Globalization;
using System.Xml;
using System.Xml.Schema;

namespace FlowEngine.Actions;

/// <summary>XML as JSON by its schema: <c>{"body": {"json": …}}</c>.</summary>
/// <remarks>
/// The root element is the object itself; attributes are <c>:Attribute:NAME</c>; an element that may repeat is an array, and one that holds nothing
/// but such an element is that array (recorded in definitions). Numbers and Booleans are so by the schema's types. Text beside attributes or
/// elements is <c>:Text</c>; that and the code of failures are assumed.
/// </remarks>
internal static class XmlParse
{
    /// <summary>What names of attributes begin with.</summary>
    public const string Attribute = ":Attribute:";

    /// <summary>The text of an element that has attributes or elements too.</summary>
    public const string Text = ":Text";

    private const string Failure = "XmlParseFailed";

    public static FlowValue Run(RunScope scope, CancellationToken cancellation)
    {
        var schemas = XmlSchemas.Compile(scope.Action.Name, TransformInputs.Schema(scope));
        var content = TransformInputs.Xml(scope, Failure);
        var errors = XmlSchemas.Validate(content, schemas);
        cancellation.ThrowIfCancellationRequested();
        if (errors.Count > 0) throw new TransformException(Failure, $"The 'content' of action '{scope.Action.Name}' does not match the schema: {string.Join(' ', errors)}");
        var settings = scope.Inputs["jsonWriterSettings"]["ignoreAttributes"];
        var json = Value(content.DocumentElement!, ignoresAttributes: settings.IsBoolean && settings.AsBoolean); // A valid document has one.
        return FlowValue.Object(("body", FlowValue.Object(("json", json))));
    }

    private static FlowValue Value(XmlElement element, bool ignoresAttributes)
    {
        var info = element.SchemaInfo;
        if (info.IsNil) return FlowValue.Null;
        var type = info.SchemaType;
        XmlAttribute[] attributes = ignoresAttributes ? [] : [.. element.Attributes.Cast<XmlAttribute>().Where(IsData)];
        var complex = type as XmlSchemaComplexType;
        var isText = complex is null || complex.ContentType == XmlSchemaContentType.TextOnly;
        if (isText && attributes.Length == 0) return Scalar(element.InnerText, type?.Datatype);
        var children = XmlSchemas.ChildrenOf(type);
        if (complex is { AttributeUses.Count: 0, ContentType: XmlSchemaContentType.ElementOnly } && children is [{ Repeats: true }])
            return FlowArray.Create(element.ChildNodes.OfType<XmlElement>().Select(child => Value(child, ignoresAttributes)));
        var members = new FlowObjectBuilder();
        foreach (var attribute in attributes) members.Set(Attribute + attribute.LocalName, Scalar(attribute.Value, attribute.SchemaInfo.SchemaType?.Datatype));
        if (isText) return members.Set(Text, Scalar(element.InnerText, type?.Datatype)).ToValue();
        AddChildren(members, element, children, ignoresAttributes);
        if (complex!.ContentType == XmlSchemaContentType.Mixed && string.Concat(element.ChildNodes.OfType<XmlCharacterData>().Select(text => text.Value)) is { } text && !string.IsNullOrWhiteSpace(text))
            members.Set(Text, FlowValue.String(text));
        return members.ToValue();
    }

    private static void AddChildren(FlowObjectBuilder members, XmlElement element, IReadOnlyList<XmlSchemaChild> declared, bool ignoresAttributes)
    {
        // Grouped in the order of their first one: a choice that repeats mixes them.
        foreach (var group in element.ChildNodes.OfType<XmlElement>().GroupBy(child => (child.LocalName, child.NamespaceURI)))
        {
            var values = group.Select(child => Value(child, ignoresAttributes)).ToList();
            var repeats = declared.FirstOrDefault(child => child.Declaration.QualifiedName.Name == group.Key.LocalName && child.Declaration.QualifiedName.Namespace == group.Key.NamespaceURI)?.Repeats ?? values.Count > 1;
            members.Set(group.Key.LocalName, repeats ? FlowArray.Create(values) : values[0]);
        }
    }

    private static bool IsData(XmlAttribute attribute) =>
        attribute.NamespaceURI is not (XmlSchema.InstanceNamespace or "http://www.w3.org/2000/xmlns/");

    private static FlowValue Scalar(string text, XmlSchemaDatatype? type)
    {
        var trimmed = text.Trim();
        return type?.TypeCode switch
        {
            XmlTypeCode.Boolean => FlowValue.Boolean(trimmed is "true" or "1"),
            XmlTypeCode.Decimal or XmlTypeCode.Float or XmlTypeCode.Double
                when double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => FlowValue.Float(number),
            >= XmlTypeCode.Integer and <= XmlTypeCode.PositiveInteger
                when long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) => FlowValue.Integer(integer),
            _ => FlowValue.String(text),
        };
    }
}
