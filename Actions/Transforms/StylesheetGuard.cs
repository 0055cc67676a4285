using System.Runtime.CompilerServices;
using System.Xml;

namespace FlowEngine.Actions;

/// <summary>Ends a stylesheet that does not end by itself: its templates ask here on every call.</summary>
/// <remarks>The runtime has no limit of its own; a template that calls itself would end the process (measured).</remarks>
/// <param name="cancellation">Ends it early.</param>
internal sealed class StylesheetGuard(CancellationToken cancellation)
{
    internal const string Namespace = "urn:flowengine:stylesheet-guard";

    private const string Xsl = "http://www.w3.org/1999/XSL/Transform";
    private const long MaxMilliseconds = 10_000;

    // Wall time of the machine: a transform keeps a processor busy, whatever the run's clock says.
    private readonly long _end = Environment.TickCount64 + MaxMilliseconds;

    /// <summary>Called by the stylesheet.</summary>
    /// <returns>False.</returns>
    public bool Check()
    {
        cancellation.ThrowIfCancellationRequested();
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (Environment.TickCount64 > _end) throw new TimeoutException("The transform ran longer than 10 seconds.");
        return false;
    }

    /// <summary>Puts <c>&lt;xsl:if test="guard:Check()"/&gt;</c> at the start of every template and loop.</summary>
    internal static void Insert(XmlDocument stylesheet)
    {
        foreach (var name in new[] { "template", "for-each" })
        {
            foreach (var element in stylesheet.GetElementsByTagName(name, Xsl).Cast<XmlElement>().ToArray())
            {
                var check = stylesheet.CreateElement("guard-xsl", "if", Xsl);
                check.SetAttribute("test", "guard:Check()");
                check.SetAttribute("xmlns:guard", Namespace);
                // Parameters and sort keys come first in theirs.
                var last = element.ChildNodes.OfType<XmlElement>().LastOrDefault(child => child.NamespaceURI == Xsl && child.LocalName is "param" or "sort");
                if (last is null) element.PrependChild(check);
                else element.InsertAfter(check, last);
            }
        }
    }
}
