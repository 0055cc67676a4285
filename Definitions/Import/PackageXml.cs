using System.Xml;
using FlowEngine.Expressions;

namespace FlowEngine.Definitions;

/// <summary>Reads the XML files of a package; a document type, and with it every entity, is refused.</summary>
internal static class PackageXml
{
    /// <summary>Reads one file.</summary>
    /// <exception cref="PackageFault">The file is no XML, or has a document type.</exception>
    public static XmlDocument Load(PackageFile file)
    {
        var text = file.ReadText();
        if (text.Fault is { } fault) throw new PackageFault(fault.Code, fault.Message, file.Location);
        try
        {
            return SafeXml.Load(text.Text);
        }
        catch (XmlException e)
        {
            throw new PackageFault(DiagnosticCodes.PackageXml, $"The XML can't be read: {e.Message}", file.Location);
        }
    }
}
