using System.Xml;
using System.Xml.Schema;
using FlowEngine.Expressions;

namespace FlowEngine.Actions;

/// <summary>XSD as actions use it: nothing that a schema includes or imports is fetched.</summary>
internal static class XmlSchemas
{
    private const int MaxErrors = 20;

    /// <summary>Reads and compiles a schema.</summary>
    /// <exception cref="TransformException">It is none.</exception>
    public static XmlSchemaSet Compile(string action, string text)
    {
        try
        {
            using var reader = new XmlNodeReader(SafeXml.Load(text.TrimStart('\uFEFF')));
            var schemas = new XmlSchemaSet { XmlResolver = null };
            schemas.Add(null, reader);
            schemas.Compile();
            return schemas;
        }
        catch (Exception failure) when (failure is XmlException or XmlSchemaException)
        {
            throw new TransformException("InvalidXmlSchema", $"The schema of action '{action}' can't be used: {failure.Message}");
        }
    }

    /// <summary>What is wrong with a document, in the order of the document; empty where it is valid. Its nodes know their types afterwards.</summary>
    public static IReadOnlyList<string> Validate(XmlDocument content, XmlSchemaSet schemas)
    {
        if (content.DocumentElement is not { } root || !schemas.GlobalElements.Contains(new XmlQualifiedName(root.LocalName, root.NamespaceURI)))
            return [$"The element '{content.DocumentElement?.Name}' of namespace '{content.DocumentElement?.NamespaceURI}' is not declared in the schema."];
        var errors = new List<string>();
        content.Schemas = schemas;
        content.Validate((_, error) =>
        {
            if (errors.Count < MaxErrors) errors.Add(error.Message);
        });
        return errors;
    }

    /// <summary>The elements that a type may hold, in the order of the schema.</summary>
    public static IReadOnlyList<XmlSchemaChild> ChildrenOf(XmlSchemaType? type)
    {
        var children = new List<XmlSchemaChild>();
        if (type is XmlSchemaComplexType complex) Add(complex.ContentTypeParticle, repeats: false);
        return children;

        void Add(XmlSchemaParticle particle, bool repeats)
        {
            repeats |= particle.MaxOccurs > 1;
            if (particle is XmlSchemaElement element)
            {
                var at = children.FindIndex(child => child.Declaration.QualifiedName == element.QualifiedName);
                // A name that stands twice in a type may come twice.
                if (at < 0) children.Add(new XmlSchemaChild(element, repeats));
                else children[at] = children[at] with { Repeats = true };
            }
            else if (particle is XmlSchemaGroupBase group)
            {
                foreach (XmlSchemaParticle item in group.Items) Add(item, repeats);
            }
        }
    }
}

/// <summary>An element that a type may hold.</summary>
/// <param name="Declaration">Its name and type.</param>
/// <param name="Repeats">Whether there may be several: then it is an array in JSON.</param>
internal sealed record XmlSchemaChild(XmlSchemaElement Declaration, bool Repeats);
